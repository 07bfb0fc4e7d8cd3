"""/receipt: read back or withdraw with a code. The code travels in the body only, never in an address."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from feedback.store import (
    drafts,
    guesses,
    receipt_code,
    recordings,
    removal,
    responses,
    surveys,
    theme_status,
    transcripts,
)
from feedback.store.drafts import FoundDraft
from feedback.store.responses import OwnResponse
from feedback.survey import routing
from feedback.survey.edition import Phrase
from feedback.web.access import public
from feedback.web.current import store
from feedback.web.headers import plays_sound
from feedback.web.languages import language
from feedback.web.posted import posted

from .recorded import heard_at
from .shown import ShownAnswer, readers_label, shown_answers
from .walk import Problem

receipt = Blueprint("receipt", __name__)
MOST_TYPED = 200
MOST_SHOWN_AGAIN = 40


@receipt.get("/receipt")
@public
def ask() -> ResponseReturnValue:
    return render_template("collect/receipt.html", problems=[])


@receipt.post("/receipt")
@public
def read_back() -> ResponseReturnValue:
    code = code_given()
    if code is None:
        return mistyped()
    found, unsent = look_up(code)
    if unsent:
        until = format_date(datetime.fromtimestamp(unsent.expires_at))
        return render_template("collect/unsent.html", code=code, until=until)
    if found is None:
        return not_found()
    survey = surveys.find_version(store(), found.version_id)
    sensitive = survey.definition.sensitive
    spoken = [] if sensitive else spoken_by(found)
    return render_template(
        "collect/receipt_found.html",
        code=code,
        sensitive=sensitive,
        shown=[] if sensitive else answers_of(found),
        spoken=spoken,
        readers=readers_label(survey.definition, found.reading_choice.answer),
        themes=None if sensitive else theme_status.own_themes(store(), survey, found.id),
        wrote=bool(found.words) or any(said.text for said in spoken),
    )


@receipt.post("/receipt/withdraw")
@public
def withdraw() -> ResponseReturnValue:
    code = code_given()
    if code is None:
        return mistyped()
    guard()
    if not removal.withdraw(store(), code, date.today()):
        guesses.missed(store(), request.remote_addr, time.time())
        return not_found()
    return redirect(url_for("receipt.withdrawn"), 303)


@receipt.get("/receipt/withdrawn")
@public
def withdrawn() -> ResponseReturnValue:
    """An address of its own, so that it can be read in another language and loaded again."""
    return render_template("collect/withdrawn.html")


def answers_of(found: OwnResponse) -> list[ShownAnswer]:
    survey = surveys.find_version(store(), found.version_id)
    answers = found.answers | found.words
    asked = {
        question.id: page
        for page in routing.path(survey.definition, answers)
        for question in page.questions
        if question.id in answers
    }
    return shown_answers(survey.definition, asked, survey.wording(language()), answers)


@dataclass(frozen=True)
class SpokenAnswer:
    label: Phrase
    heard_at: str
    text: str | None  # as staff wrote it down


def spoken_by(found: OwnResponse) -> list[SpokenAnswer]:
    held = recordings.of_response(store(), found.id)
    if not held:
        return []
    plays_sound()
    version = surveys.find_version(store(), found.version_id)
    survey, wording = version.definition, version.wording(language())
    urls, texts = heard_at(survey.slug, held), transcripts.of_response(store(), found.id)
    return [
        SpokenAnswer(
            wording(f"questions.{each.id}.label") or Phrase(each.label, survey.default_language),
            urls[each.id],
            texts.get(each.id),
        )
        for each in survey.questions
        if each.id in held
    ]


def code_given() -> str | None:
    return receipt_code.read(posted().fields.get("code", "")[:MOST_TYPED])


def look_up(code: str) -> tuple[OwnResponse | None, FoundDraft | None]:
    """What was sent with this code, and what was not yet. Both are looked for, whichever is found."""
    guard()
    found = responses.find_by_receipt(store(), code)
    unsent = drafts.find_by_receipt(store(), code, time.time())
    if found is None and unsent is None:
        guesses.missed(store(), request.remote_addr, time.time())
    return found, None if found else unsent


def unsent_draft() -> FoundDraft | Response:
    """The unsent draft of the code in the form, or the page that says why there is none."""
    code = code_given()
    return mistyped() if code is None else look_up(code)[1] or not_found()


def guard() -> None:
    if guesses.too_many(store(), request.remote_addr, time.time()):
        abort(429)


def mistyped() -> Response:
    """Said with what was typed, to be looked at again; more than that is no code."""
    typed = posted().fields.get("code", "")[:MOST_SHOWN_AGAIN]
    text = _("That code has a slip in it somewhere. It has 16 digits. Please look at it again.")
    return show_problem(text, 422, typed)


def not_found() -> Response:
    text = _(
        "We hold nothing under that code. Its words may have been taken back, or cleared after their time."
    )
    return show_problem(text, 200)  # as a found one: the status tells an onlooker nothing


def show_problem(text: str, status: int, typed: str = "") -> Response:
    problems = [Problem(text, "code")]
    return make_response(render_template("collect/receipt.html", problems=problems, typed=typed), status)

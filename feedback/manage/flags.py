"""What to read first: comments that sound like danger or another sensitive topic, for a person to look at.

A safeguarding reader opens words that their teller may have let nobody read, so a list shows none of them,
and each opening is recorded before the words are shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from feedback.store import comments, flags, surveys
from feedback.store.comments import ReadableComment
from feedback.store.flags import Flagged, Sees
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import Reader
from feedback.web.access import needs
from feedback.web.current import store

from .problem import Problem

pages = Blueprint("flags", __name__, url_prefix="/manage")
WHO_MAY = ("owner", "commissioner", "safeguarding")
LONGEST_NOTE = 2000
DONE_SHOWN = 50
AROUND = 120  # letters of a long comment that a list shows on each side of the clause


@dataclass(frozen=True)
class Row:
    """A line of the list; no words where opening them is recorded."""

    flagged: Flagged
    pieces: list[tuple[str, bool]]


@pages.get("/<slug>/read-first")
@needs(*WHO_MAY)
def index(slug: str) -> str:
    survey, who = asked(slug)
    done = sorted(flags.queue(store(), who, done=True), key=lambda each: each.received_on, reverse=True)
    return render_template(
        "manage/flags.html",
        survey=survey,
        slug=slug,
        rows=rows_of(flags.queue(store(), who)),
        done=done[:DONE_SHOWN],
        topic_name=topic_name,
        promise=survey.definition.safeguarding if who.promised else None,
    )


@pages.get("/<slug>/read-first/<comment_id>")
@needs(*WHO_MAY)
def show(slug: str, comment_id: str) -> str:
    survey, who = asked(slug)
    flagged = flags.find(store(), who, comment_id) or abort(404)
    return page(survey, slug, flagged, None if flagged.closed else words_of(who, flagged))


@pages.post("/<slug>/read-first/<comment_id>/open")
@needs(*WHO_MAY)
def open_words(slug: str, comment_id: str) -> str:
    survey, who = asked(slug)
    opened = flags.record_opening(store(), who, comment_id, current_user.id, date.today()) or abort(404)
    return page(survey, slug, opened, words_of(who, opened))


@pages.post("/<slug>/read-first/<comment_id>")
@needs(*WHO_MAY)
def settle(slug: str, comment_id: str) -> ResponseReturnValue:
    survey, who = asked(slug)
    flagged = flags.find(store(), who, comment_id) or abort(404)
    deed, note = request.form.get("deed", ""), request.form.get("note", "").strip()
    problems = []
    if deed not in flags.DEEDS:
        problems.append(Problem("deed-1", _("Please say what was done.")))
    if len(note) > LONGEST_NOTE:
        problems.append(
            Problem("note", _("This note is too long: at most %(num)s characters.", num=LONGEST_NOTE))
        )
    if problems:
        words = None if flagged.closed else words_of(who, flagged)
        return page(survey, slug, flagged, words, problems, deed, note), 400
    if not flags.settle(store(), who, comment_id, deed, note or None, current_user.id, date.today()):
        abort(404)
    flash(_("Kept. It does not wait any more."))
    return redirect(url_for("flags.index", slug=slug))


def asked(slug: str) -> tuple[PublishedSurvey, Sees]:
    survey = surveys.find(store(), slug) or abort(404)
    return survey, sees(survey.survey_id)


def sees(survey_id: int) -> Sees:
    return flags.sees(store(), survey_id, {role.name for role in current_user.roles})


def waiting(survey_ids: Collection[int]) -> dict[int, int]:
    """How many comments wait for whoever is signed in, by survey; none for those who may read none."""
    if not any(current_user.has_role(role) for role in WHO_MAY):
        return {}
    return {survey_id: flags.waiting(store(), sees(survey_id)) for survey_id in survey_ids}


def words_of(who: Sees, flagged: Flagged) -> ReadableComment:
    if flagged.closed:
        return comments.in_danger(store(), who.promised, flagged.comment_id) or abort(404)
    found = comments.readable(store(), Reader.COMMISSIONER, [flagged.comment_id])
    return found.get(flagged.comment_id) or abort(404)


def rows_of(queue: Collection[Flagged]) -> list[Row]:
    open_to_me = [each.comment_id for each in queue if not each.closed]
    words = comments.readable(store(), Reader.COMMISSIONER, open_to_me)
    return [
        Row(each, excerpt(words[each.comment_id].text, each.spans[0]) if not each.closed else [])
        for each in queue
        if each.closed or each.comment_id in words
    ]


def excerpt(text: str, span: tuple[int, int]) -> list[tuple[str, bool]]:
    """The clause and a little around it."""
    start, end = span
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before
    if end + AROUND < len(text):
        after += " …"
    return [
        (piece, marked)
        for piece, marked in ((before, False), (text[start:end], True), (after, False))
        if piece
    ]


def marked(text: str, spans: Collection[tuple[int, int]]) -> list[tuple[str, bool]]:
    """All of the text in pieces, with whether each is in a clause that sounded like a topic."""
    edges = sorted({0, len(text), *(edge for span in spans for edge in span if 0 <= edge <= len(text))})
    return [
        (text[start:end], any(span[0] <= start and end <= span[1] for span in spans))
        for start, end in itertools.pairwise(edges)
    ]


def page(
    survey: PublishedSurvey,
    slug: str,
    flagged: Flagged,
    words: ReadableComment | None,
    problems: Collection[Problem] = (),
    deed: str = "",
    note: str = "",
) -> str:
    return render_template(
        "manage/flag.html",
        survey=survey,
        slug=slug,
        flagged=flagged,
        words=words,
        pieces=marked(words.text, flagged.spans) if words else [],
        readings=flags.readings(store(), flagged),
        deeds=deed_names(),
        topic_name=topic_name,
        problems=problems,
        chosen=deed,
        note=note,
    )


def topic_name(topic: str) -> str:
    names: dict[str, str] = {
        "danger": _("Danger or violence"),
        "self_harm": _("Self-harm or suicide"),
        "children": _("A child at risk"),
        "position": _("Abuse of position by staff"),
        "whereabouts": _("Address or whereabouts given away"),
        "discrimination": _("Discrimination"),
        "interpreter": _("No interpreter, or the wrong one"),
    }
    return names.get(topic, topic)


def deed_names() -> dict[str, str]:
    return {
        flags.READ: _("Read, and something is being done here"),
        flags.PASSED_ON: _("Passed on to somebody who can act"),
        flags.NOTHING: _("Read, and there is nothing to do"),
        flags.OPENED: _("Opened"),
    }

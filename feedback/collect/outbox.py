"""Where a phone hands in what it kept: once, however often it tries, and never half."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import ValidationError
from werkzeug.wrappers import Response

from feedback.store import receipt_code, responses, surveys
from feedback.store.responses import Outcome
from feedback.store.surveys import PublishedSurvey
from feedback.survey import routing
from feedback.survey.reading_choice import ReadingChoice
from feedback.web import kiosk
from feedback.web.access import public
from feedback.web.current import store
from feedback.web.signing import Forged

from . import draft_cookie, outbox_token
from .queued import Expired, Queued, check
from .recorded import recorded
from .routes import gives_code_away
from .sending import FIRST_KEPT, note_on, submission
from .walk import KIOSK, MODE, READERS, Walk, find_survey, resume, speak

outbox = Blueprint("outbox", __name__)


@outbox.post("/s/<slug>/outbox-token")
@public
def exchange_token(slug: str) -> ResponseReturnValue:
    """For one that expired. Whether a shared screen made it is in the old one, signed, and nowhere else:
    this browser may have become one since, or be none any more."""
    find_survey(slug)
    try:
        old = Expired.model_validate_json(request.get_data() if request.is_json else b"")
        on_kiosk = outbox_token.read(slug, old.token).on_kiosk
    except (ValidationError, Forged):
        on_kiosk = False
    return jsonify(token=outbox_token.make(slug, on_kiosk))


@outbox.post("/s/<slug>/outbox-send")
@public
def take(slug: str) -> ResponseReturnValue:
    newest = surveys.find(store(), slug)
    if newest is None:
        return jsonify(closed=True), 404
    speak(newest)
    try:
        queued = Queued.model_validate_json(request.get_data() if request.is_json else b"")
    except ValidationError:  # never its text: it quotes what came
        return jsonify(problem=_("We could not understand that")), 400
    try:
        token = outbox_token.read(slug, queued.token)
    except Forged:
        token = None
    if token is None or token.expired:
        return jsonify(token_expired=True), 403
    walk = resume(version_of(newest, queued.version), queued.key)
    if walk.amends:
        return jsonify(problem=_("We could not understand that")), 400
    outcome = responses.became_of(store(), queued.key)
    if outcome is not None:
        return acknowledged(walk, outcome, note_on_retry(walk, queued, outcome))
    return commit(walk, queued, token.on_kiosk)


def commit(walk: Walk, queued: Queued, on_kiosk: bool) -> ResponseReturnValue:
    checked = check(walk, queued, gives_code_away)
    if checked.problems:
        return jsonify(problems=checked.problems), 422
    walk.answers = said(walk.answers | checked.answers)
    if on_kiosk and not walk.kept:  # a draft of ours knows itself where it was begun
        walk.answers[MODE] = KIOSK
    if not walk.on_path and not recorded(walk):
        return jsonify(problem=_("You have not answered anything yet, so there is nothing to send.")), 422
    outcome = responses.submit(store(), submission(walk))
    return acknowledged(walk, outcome, note_on(outcome))


def acknowledged(walk: Walk, outcome: Outcome, note: str) -> Response:
    """Only ever after the commit: the phone lets go of its copy when it reads this."""
    code = None if walk.sensitive or outcome.receipt is None else receipt_code.in_groups(outcome.receipt)
    offer = walk.token if walk.sensitive and outcome.receipt else None
    response = jsonify(kept=True, code=code, note=note, offer=offer)
    try:
        held = draft_cookie.read(walk.slug)
    except Forged:
        return response
    if held is not None and held.key == walk.key and kiosk.here() == walk.slug:
        return draft_cookie.let_go(response, walk.slug)  # its code is for the person in view alone
    if held is not None and held.key == walk.key:
        return draft_cookie.hold(response, walk.slug, walk.key, sent=True, note=note)
    return response


def note_on_retry(walk: Walk, queued: Queued, outcome: Outcome) -> str:
    """A retry says what was sent before; only other words are worth a word."""
    if outcome.receipt is None:
        return note_on(outcome)
    own = responses.find_by_receipt(store(), outcome.receipt)
    if own is None:  # withdrawn this moment
        return note_on(outcome)
    before: dict[str, Any] = own.answers | own.words
    late = said(before | check(walk, queued, gives_code_away).answers)
    readers = ReadingChoice.from_answer(late.pop(READERS, None))
    same = routing.on_path(walk.definition, late) == before
    return "" if same and readers == own.reading_choice else FIRST_KEPT


def said(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}


def version_of(newest: PublishedSurvey, version_id: int) -> PublishedSurvey:
    """The version that was answered; the newest where the phone names one we never had."""
    if version_id == newest.version_id:
        return newest
    return speak(surveys.find_version_of(store(), newest.definition.slug, version_id) or newest)

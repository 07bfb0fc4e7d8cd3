"""Spoken answers on their way in, and for their teller to hear again. The words of a page go by another form,
so that nothing that is wrong with a recording can cost them.
"""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from feedback.store import recordings, responses
from feedback.store.recordings import NoRoom, Sound
from feedback.store.surveys import PublishedSurvey
from feedback.survey.parts import Question
from feedback.web.access import public
from feedback.web.audio import measure
from feedback.web.current import store
from feedback.web.playing import play
from feedback.web.signing import Forged, read_for
from feedback.web.uploads import takes_file

from . import draft_cookie, form_token, pages
from .recorded import MOST_BYTES, MOST_SECONDS, PURPOSE
from .walk import Walk, find_survey, lifetime, not_ours, resume

voice = Blueprint("voice", __name__)
OTHER_CLOCK = 10  # seconds: a phone stops by its own clock, and a busy one late
HEARD_FOR = 3600  # seconds
BROUGHT_BY = "Heard-Token"  # the form's token: not in the address, and the body is the sound alone


@voice.post("/s/<slug>/voice/<question_id>")
@public
@takes_file(MOST_BYTES)
def keep(slug: str, question_id: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    try:
        walk, cleared = walk_of(survey)
    except Forged:
        return refuse(not_ours().text, 400)
    if not any(each.id == question_id and each.type == "long_text" for each in spoken_questions(walk)):
        abort(404)
    if walk.outcome:
        return refuse(too_late(), 409)
    try:
        audio = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return refuse(too_long(), 413)
    except ClientDisconnected:
        return refuse(_("Not all of it got through. Please try again."), 400)
    measured = measure(audio)
    if measured is None:
        return refuse(_("We could find no whole sound in this. Please record it again."), 422)
    if measured.seconds > MOST_SECONDS + OTHER_CLOCK:
        return refuse(too_long(), 413)
    walk.keep({})
    try:
        is_kept = recordings.keep(store(), walk.key, question_id, Sound(measured.media, audio))
    except NoRoom:
        return refuse(_("We can’t take recordings just now. Please write it instead."), 503)
    if not is_kept:  # sent or left on another page this very moment
        return refuse(too_late(), 409)
    note = pages.NOTES["cleared"]() if cleared else None
    return draft_cookie.hold(jsonify(token=walk.token, note=note), slug, walk.key)


@voice.get("/s/<slug>/voice/<signed>")
@public
def listen(slug: str, signed: str) -> ResponseReturnValue:
    try:
        (recording_id,), age = read_for(PURPOSE, slug, signed)
    except (Forged, ValueError):
        abort(404)
    sound = recordings.open_sound(store(), recording_id) if age < HEARD_FOR else None
    return play(sound or abort(404))


def walk_of(survey: PublishedSurvey) -> tuple[Walk, bool]:
    """Whose answer it is, and whether earlier ones of theirs are gone. Raises Forged."""
    token = form_token.read(survey.definition.slug, request.headers.get(BROUGHT_BY, ""))
    walk = resume(survey, token.key)
    if walk.kept:
        return walk, False
    walk.outcome = responses.became_of(store(), token.key)
    if token.age > lifetime(survey.definition):  # an old form opens no old draft
        walk.key = secrets.token_bytes(32)
    return walk, token.kept


def spoken_questions(walk: Walk) -> tuple[Question, ...]:
    return walk.definition.questions if walk.definition.voice else ()


def too_long() -> str:
    return str(_("This is longer than we can take. Please say it in less than 5 minutes."))


def too_late() -> str:
    return str(_("You had already sent your answers. We kept those. This recording was not kept."))


def refuse(problem: str, status: int) -> ResponseReturnValue:
    return jsonify(problem=problem), status

"""Questions read aloud, where the owner uploaded a sound. Without one, a phone's own voice may (speak.js)."""

from __future__ import annotations

import time

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from feedback.store import spoken_questions
from feedback.web.access import public
from feedback.web.current import store
from feedback.web.headers import plays_sound
from feedback.web.languages import language
from feedback.web.playing import play

from .walk import Walk, find_survey

aloud = Blueprint("aloud", __name__)


@aloud.get("/s/<slug>/aloud/<question_id>/<tag>")
@public
def hear(slug: str, question_id: str, tag: str) -> ResponseReturnValue:
    survey = find_survey(slug)
    sound = spoken_questions.sound(store(), survey.survey_id, question_id, tag)
    return play(sound or abort(404))


def read_aloud(walk: Walk) -> dict[str, str]:
    """By question, where it can be heard in the reader's language."""
    tag = language()
    there = spoken_questions.there_lately(store(), walk.survey, tag, int(time.time()) // 30)
    urls = {
        question: url_for("aloud.hear", slug=walk.slug, question_id=question, tag=tag)
        for question, is_current in there.items()
        if is_current
    }
    if urls:
        plays_sound()
    return urls

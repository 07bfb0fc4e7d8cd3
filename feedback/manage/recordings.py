"""Listening to what people said, where they let us, and writing it down so that it counts as their words."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from feedback.report import labels
from feedback.store import transcripts
from feedback.store.surveys import PublishedSurvey
from feedback.store.transcripts import Spoken
from feedback.survey.typed import clean
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.headers import plays_sound
from feedback.web.playing import play
from feedback.web.posted import posted

from .checking import WHO_MAY, not_found, survey_of
from .problem import Problem

pages = Blueprint("recordings", __name__, url_prefix="/manage/<slug>/recordings")
ON_A_PAGE, LONGEST = 50, 20_000


@pages.get("")
@needs(*WHO_MAY)
def index(slug: str) -> str:
    survey = survey_of(slug)
    return render_template(
        "manage/recordings.html",
        survey=survey,
        slug=slug,
        counts=transcripts.counts(store(), survey.survey_id),
        waiting=transcripts.waiting(store(), survey.survey_id, ON_A_PAGE),
        written=transcripts.written(store(), survey.survey_id, ON_A_PAGE),
        label=lambda spoken: labels.question_label(survey, spoken.question),
    )


@pages.get("/<recording_id>")
@needs(*WHO_MAY)
def one(slug: str, recording_id: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    spoken = spoken_of(survey, recording_id)
    return shown(survey, spoken, spoken.text)


@pages.get("/<recording_id>/sound")
@needs(*WHO_MAY)
def sound(slug: str, recording_id: str) -> ResponseReturnValue:
    return play(transcripts.sound(store(), survey_of(slug).survey_id, recording_id) or not_found())


@pages.post("/<recording_id>")
@needs(*WHO_MAY)
def write(slug: str, recording_id: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    spoken = spoken_of(survey, recording_id)
    text = clean(posted().fields.get("text", "")).strip()
    if not text:
        problem = _("Write down what you hear. If there are no words in it, write what there is instead.")
        return shown(survey, spoken, text, Problem("text", problem), 400)
    if len(text) > LONGEST:
        problem = _("This is longer than %(most)s letters.", most=LONGEST)
        return shown(survey, spoken, text, Problem("text", problem), 400)
    seen = posted().fields.get("seen", "")
    if seen != spoken.comment_id:
        return overtaken(survey, spoken, text)
    if spoken.text == text:
        return redirect(url_for("recordings.index", slug=slug))
    saved = transcripts.write(store(), survey.survey_id, spoken, text, current_user.id, date.today())
    if saved is None:
        not_found()
    if not saved:
        return overtaken(survey, spoken_of(survey, recording_id), text)
    flash(_("Saved. It is sorted with all other words from the next analysis on."))
    return redirect(url_for("recordings.index", slug=slug))


def overtaken(survey: PublishedSurvey, spoken: Spoken, text: str) -> ResponseReturnValue:
    problem = _("Somebody else wrote it down meanwhile. What you wrote is still in the box.")
    return shown(survey, spoken, text, Problem("text", problem), 409)


def shown(
    survey: PublishedSurvey, spoken: Spoken, text: str, problem: Problem | None = None, status: int = 200
) -> ResponseReturnValue:
    plays_sound()
    return render_template(
        "manage/recording.html",
        survey=survey,
        slug=survey.definition.slug,
        spoken=spoken,
        question=labels.question_label(survey, spoken.question),
        text=text,
        problems=[problem] if problem else [],
    ), status


def spoken_of(survey: PublishedSurvey, recording_id: str) -> Spoken:
    return transcripts.one(store(), survey.survey_id, recording_id) or abort(404)

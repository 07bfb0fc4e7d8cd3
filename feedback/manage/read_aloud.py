"""The owner's sound for each question and language, heard instead of the phone's own voice."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.store import spoken_questions
from feedback.store.recordings import Sound
from feedback.store.surveys import PublishedSurvey
from feedback.web.access import needs
from feedback.web.audio import media_of
from feedback.web.current import store
from feedback.web.headers import plays_sound
from feedback.web.languages import in_words_of
from feedback.web.playing import play
from feedback.web.uploads import takes_file

from .checking import not_found, survey_of
from .problem import Problem

pages = Blueprint("read_aloud", __name__, url_prefix="/manage/<slug>/read-aloud")
MOST_BYTES = 5 * 1024 * 1024


@pages.get("")
@needs("owner")
def index(slug: str) -> str:
    survey = survey_of(slug)
    asked = {each.id for each in survey.definition.all_questions}
    there = {tag: there_in(survey, tag) for tag in survey.languages}
    done = {
        tag: sum(is_current for question, is_current in found.items() if question in asked)
        for tag, found in there.items()
    }
    return render_template(
        "manage/read_aloud.html", survey=survey, slug=slug, done=done, all_of_them=len(asked)
    )


@pages.get("/<tag>")
@needs("owner")
def one(slug: str, tag: str) -> ResponseReturnValue:
    return shown(survey_of(slug), tag)


@pages.get("/<tag>/<question_id>")
@needs("owner")
def sound(slug: str, tag: str, question_id: str) -> ResponseReturnValue:
    found = spoken_questions.sound(store(), survey_of(slug).survey_id, question_id, tag)
    return play(found or not_found())


@pages.post("/<tag>/<question_id>")
@needs("owner")
@takes_file(MOST_BYTES)
def upload(slug: str, tag: str, question_id: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    check(survey, tag, question_id)
    file = request.files.get("sound")
    audio = file.read() if file else b""
    if not audio:
        return shown(survey, tag, Problem(f"sound-{question_id}", _("Choose a file with sound in it first.")))
    if len(audio) > MOST_BYTES:
        abort(413)
    media = media_of(audio)
    if media is None:
        problem = _(
            "This is no sound that phones can play, or not all of it is there. Use MP3, M4A, OGG or WAV."
        )
        return shown(survey, tag, Problem(f"sound-{question_id}", problem))
    with in_words_of(tag):
        spoken_questions.put(store(), survey, question_id, tag, Sound(media, audio), date.today())
    flash(_("Saved. People hear it from now on."))
    return redirect(url_for("read_aloud.one", slug=slug, tag=tag))


@pages.post("/<tag>/<question_id>/delete")
@needs("owner")
def delete(slug: str, tag: str, question_id: str) -> ResponseReturnValue:
    spoken_questions.take_out(store(), survey_of(slug).survey_id, question_id, tag)
    flash(_("Deleted."))
    return redirect(url_for("read_aloud.one", slug=slug, tag=tag))


def shown(survey: PublishedSurvey, tag: str, problem: Problem | None = None) -> ResponseReturnValue:
    if tag not in survey.languages:
        not_found()
    plays_sound()
    with in_words_of(tag):
        say = survey.wording(tag)
        asked = {each.id: say(f"questions.{each.id}.label") for each in survey.definition.all_questions}
    return render_template(
        "manage/read_aloud_language.html",
        slug=survey.definition.slug,
        tag=tag,
        asked=asked,
        there=there_in(survey, tag),
        most=MOST_BYTES // 1024**2,
        problems=[problem] if problem else [],
    ), 400 if problem else 200


def there_in(survey: PublishedSurvey, tag: str) -> dict[str, bool]:
    with in_words_of(tag):
        return spoken_questions.there(store(), survey, tag)


def check(survey: PublishedSurvey, tag: str, question_id: str) -> None:
    asked = {each.id for each in survey.definition.all_questions}
    if tag not in survey.languages or question_id not in asked:
        not_found()

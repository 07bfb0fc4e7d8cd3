"""A survey's translations: how far each is, files for translators there and back, and who read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.report.labels import language_name
from feedback.store import editions, surveys
from feedback.store.surveys import PublishedSurvey
from feedback.survey import texts_files
from feedback.survey.edition import LONGEST_NAME
from feedback.survey.loading import SurveyError
from feedback.survey.translating import checked, entries
from feedback.survey.typed import clean
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.languages import LANGUAGES, languages_of_the_site
from feedback.web.uploads import takes_file

from . import texts_language, translations
from .problem import Problem

pages = Blueprint("texts", __name__, url_prefix="/manage")
MOST_FAULTS = 50  # shown at once


@pages.get("/translations")
@needs("owner")
def pages_of_the_site() -> str:
    found = translations.of_pages(languages_of_the_site())
    return render_template("manage/translations.html", translations=found)


@pages.get("/<slug>/texts")
@needs("owner")
def show(slug: str) -> str:
    return texts_page(find(slug))


@pages.post("/<slug>/texts")
@needs("owner")
@takes_file(texts_files.MOST_BYTES)
def upload(slug: str) -> ResponseReturnValue:
    survey = find(slug)
    language, file = request.form.get("language", ""), request.files.get("file")
    if language not in may_be_translated_to(survey):
        return texts_page(survey, [Problem("language", _("Choose the language that the file is in."))]), 400
    kind = PurePath(file.filename or "").suffix.lower().removeprefix(".") if file else ""
    if file is None or kind not in texts_files.MEDIA:
        return texts_page(survey, [Problem("file", _("Choose a file that ends in .po, .xlsx or .csv."))]), 400
    try:
        read = texts_files.read(kind, file.read())
        if said := texts_language.another(language, read.language, file.filename or ""):
            return texts_page(survey, [Problem("language", is_in_another(said, language))]), 400
        texts = checked(survey.definition, read.rows)
    except SurveyError as error:
        problem = Problem("file", _("This file can't be used yet. Nothing was changed."))
        return texts_page(survey, [problem], error.faults), 400
    done = editions.bring_in(store(), survey, language, texts)
    if done.new or done.changed:
        flash(_("The translation is in. It is a draft until you note who read it."))
        flash(
            _(
                "New: %(new)s. Changed: %(changed)s. Left as they were: %(left)s.",
                new=done.new,
                changed=done.changed,
                left=done.left,
            )
        )
    else:
        flash(_("This says the same as before. Nothing was changed."))
    return redirect(url_for("texts.show", slug=slug))


@pages.get("/<slug>/texts/<language>/<kind>")
@needs("owner")
def download(slug: str, language: str, kind: str) -> Response:
    survey = find(slug)
    if language not in may_be_translated_to(survey) or kind not in texts_files.MEDIA:
        abort(404)
    response = Response(file_for_translators(survey, language, kind), content_type=texts_files.MEDIA[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{language}.{kind}"'
    return response


@pages.post("/<slug>/texts/<language>/read")
@needs("owner")
def note_review(slug: str, language: str) -> ResponseReturnValue:
    survey = find(slug)
    if language not in survey.editions:
        abort(404)
    who, number = clean(request.form.get("who", "")).strip(), request.form.get("number", "")
    problems = problems_of_review(who, day_in(request.form.get("on", "")))
    if problems:
        return texts_page(survey, problems, reviewing=language, who=who), 400
    on = date.fromisoformat(request.form["on"])
    if number.isdecimal() and editions.note_review(store(), survey, language, int(number), who, on):
        flash(_("Noted. People can read this translation now."))
    else:
        flash(_("The translation has changed since you looked. Nothing was noted."))
    return redirect(url_for("texts.show", slug=slug))


def is_in_another(said: str, language: str) -> str:
    names = {"said": language_name(said), "chosen": language_name(language)}
    return str(_("This file says it is %(said)s. You are at %(chosen)s. Nothing was changed.", **names))


def problems_of_review(who: str, on: date | None) -> list[Problem]:
    problems = []
    if not who or len(who) > LONGEST_NAME or "\n" in who:
        problems.append(
            Problem(
                "who", _("Write the name of who read it, in at most %(most)s letters.", most=LONGEST_NAME)
            )
        )
    if on is None or on > date.today():
        problems.append(Problem("on", _("Choose the day on which they read it.")))
    return problems


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def file_for_translators(survey: PublishedSurvey, language: str, kind: str) -> bytes:
    edition = survey.editions.get(language)
    texts = edition.texts if edition else {}
    earlier = editions.earlier(store(), survey).get(language, {})
    found = entries(survey.definition, texts, earlier)
    return texts_files.written(kind, found, language, survey.definition.title)


def texts_page(
    survey: PublishedSurvey,
    problems: Sequence[Problem] = (),
    faults: Sequence[str] = (),
    reviewing: str | None = None,
    who: str = "",
) -> str:
    return render_template(
        "manage/texts.html",
        slug=survey.definition.slug,
        survey=survey,
        translations=translations.of_survey(survey, editions.earlier(store(), survey)),
        languages_to_choose=may_be_translated_to(survey),
        language_name=language_name,
        kinds=tuple(texts_files.MEDIA),
        problems=problems,
        faults=faults[:MOST_FAULTS],
        more_faults=ngettext("and %(num)s more", "and %(num)s more", len(faults) - MOST_FAULTS)
        if len(faults) > MOST_FAULTS
        else "",
        drafts=[tag for tag, edition in survey.editions.items() if not edition.reviewed_by],
        reviewing=reviewing,
        who=who,
        today=date.today(),
        most_letters=LONGEST_NAME,
    )


def may_be_translated_to(survey: PublishedSurvey) -> list[str]:
    known = [tag for tag in LANGUAGES if tag != survey.definition.default_language]
    return known + sorted(set(survey.editions) - set(known))


def find(slug: str) -> PublishedSurvey:
    survey = surveys.find(store(), slug)
    if survey is None:
        abort(404)
    return survey

"""Saying what becomes of each theme, so that those who told can see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from feedback.report.names import Names
from feedback.store import report as reports
from feedback.store import theme_status
from feedback.store.report import StoredReport, tellers
from feedback.store.surveys import PublishedSurvey
from feedback.store.theme_status import STATUSES, Became
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.posted import posted

from .checking import WHO_MAY, not_found, number_in, survey_of
from .problem import Problem

pages = Blueprint("theme_status", __name__, url_prefix="/manage")
LONGEST = 600  # letters


@dataclass(frozen=True)
class Line:
    id: str
    name: Phrase
    became: Became
    told: bool  # whether those who told can see it under their code


@pages.get("/<slug>/what-changed")
@needs(*WHO_MAY)
def index(slug: str) -> str:
    survey = survey_of(slug)
    lines = lines_of(report_of(survey))
    return render_template("manage/what_changed.html", survey=survey, slug=slug, lines=lines)


@pages.get("/<slug>/what-changed/<theme_id>")
@needs(*WHO_MAY)
def theme(slug: str, theme_id: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    line = line_of(survey, theme_id)
    return shown(survey, line, line.became)


@pages.post("/<slug>/what-changed/<theme_id>")
@needs(*WHO_MAY)
def say(slug: str, theme_id: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    line = line_of(survey, theme_id)
    said = typed(survey)
    if problems := faults(said, survey.definition.default_language):
        return shown(survey, line, said, problems, 400)
    if not theme_status.say(store(), survey.survey_id, theme_id, said, current_user.id):
        text = _("Somebody else said something meanwhile. What you wrote is still in the boxes.")
        overtaken = replace(said, seen=line.became.seen)
        return shown(survey, line, overtaken, [Problem(None, text)], 409)
    flash(_("Saved."))
    return redirect(url_for("theme_status.index", slug=slug))


def typed(survey: PublishedSurvey) -> Became:
    fields = posted().fields
    words = {tag: " ".join(fields.get(f"words-{tag}", "").split()) for tag in survey.languages}
    status = fields.get("status", "none")
    status = "" if status == "none" else status
    return Became(number_in("seen"), status, {tag: text for tag, text in words.items() if text}, date.today())


def faults(said: Became, own_language: str) -> list[Problem]:
    found = []
    if said.status not in ("", *STATUSES):
        found.append(Problem("status-none", _("Choose one of these.")))
    if said.words and not said.status:
        found.append(Problem("status-none", _("Choose what fits what you wrote.")))
    if said.status == "cannot" and not said.words:
        found.append(
            Problem(f"words-{own_language}", _("Say why. People can live with a no that has a reason."))
        )
    for tag, text in said.words.items():
        if len(text) > LONGEST:
            found.append(Problem(f"words-{tag}", _("This is longer than %(most)s letters.", most=LONGEST)))
    return found


def shown(
    survey: PublishedSurvey,
    line: Line,
    said: Became,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    return render_template(
        "manage/what_changed_theme.html",
        survey=survey,
        slug=survey.definition.slug,
        line=line,
        said=said,
        problems=problems or [],
        statuses=("none", *STATUSES),
        most=LONGEST,
    ), status


def report_of(survey: PublishedSurvey) -> StoredReport:
    return reports.find(store(), survey) or not_found()


def line_of(survey: PublishedSurvey, theme_id: str) -> Line:
    return next((line for line in lines_of(report_of(survey)) if line.id == theme_id), None) or not_found()


def lines_of(report: StoredReport) -> list[Line]:
    """The themes that the report's readers see, the most often told first as there."""
    names = Names(store(), report, Reader.COMMISSIONER, tellers(store(), report.run_id))
    return [
        Line(
            theme.id,
            names.of(theme.id),
            report.became.get(theme.id, Became()),
            told=theme.kind != "few" and bool(theme.names_by_people),
        )
        for theme in report.themes
        if not theme.decided.is_out
    ]

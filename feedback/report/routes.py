"""Pages of those who read: the reports, one report, one theme, the tables to take away."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, Response, abort, render_template, request
from flask_security import current_user

from feedback.store import report as reports
from feedback.store import runs, surveys
from feedback.store.report import StoredReport
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import Reader
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.detail_names import mark

from . import downloads, labels, taken_out
from .changes import changes_page
from .overview import Overview, overview
from .theme_page import theme_page

pages = Blueprint("report", __name__, url_prefix="/report")
pages.app_context_processor(
    lambda: {
        "language_name": labels.language_name,
        "in_a_row": labels.in_a_row,
        "taken_out": mark,
    }
)
EVERY_ROLE = ("owner", "commissioner", "worker")


@pages.get("")
@needs(*EVERY_ROLE)
def index() -> str:
    return render_template("report/index.html", listed=reports.listed(store()))


@pages.get("/<slug>", endpoint="overview")
@needs(*EVERY_ROLE)
def report(slug: str) -> str:
    survey = find_survey(slug)
    found, run = reports.find(store(), survey), runs.newest(store(), survey.survey_id)
    template = "report/report.html" if found else "report/none.html"
    return render_template(
        template,
        survey=survey,
        run=run,
        may_run=reader() == Reader.COMMISSIONER,
        overview=overview(store(), found, reader()) if found else None,
        unread=taken_out.waiting(store(), survey),
    )


@pages.get("/<slug>/themes/<theme_id>")
@needs(*EVERY_ROLE)
def theme(slug: str, theme_id: str) -> str:
    survey = find_survey(slug)
    page = theme_page(store(), find_report(survey), reader(), theme_id, page_number())
    if page is None:
        not_found()
    return render_template(
        "report/theme.html",
        survey=survey,
        theme=page,
        reader=reader(),
        may_check=reader() == Reader.COMMISSIONER,
    )


@pages.get("/<slug>/changes")
@needs(*EVERY_ROLE)
def changes(slug: str) -> str:
    survey = find_survey(slug)
    page = changes_page(store(), find_report(survey), reader(), page_number())
    if page is None:
        not_found()
    return render_template("report/changes.html", survey=survey, changes=page)


@pages.get("/<slug>/download.csv")
@needs(*EVERY_ROLE)
def themes_table(slug: str) -> Response:
    return table(f"{slug}-themes.csv", downloads.themes_csv(find_overview(slug)))


@pages.get("/<slug>/quotes.csv")
@needs(*EVERY_ROLE)
def quotes_table(slug: str) -> Response:
    return table(f"{slug}-quotes.csv", downloads.quotes_csv(store(), find_overview(slug)))


def reader() -> Reader:
    """Who is asking: a worker belongs to the service, and reads what people let the service read."""
    reads_all = current_user.has_role("owner") or current_user.has_role("commissioner")
    return Reader.COMMISSIONER if reads_all else Reader.SERVICE


def find_survey(slug: str) -> PublishedSurvey:
    return surveys.find(store(), slug) or not_found()


def find_report(survey: PublishedSurvey) -> StoredReport:
    return reports.find(store(), survey) or not_found()


def find_overview(slug: str) -> Overview:
    return overview(store(), find_report(find_survey(slug)), reader())


def page_number() -> int:
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else not_found()


def not_found() -> NoReturn:
    abort(404)


def table(name: str, content: str) -> Response:
    response = Response(content.encode(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

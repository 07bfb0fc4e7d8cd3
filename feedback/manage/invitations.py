"""Codes for one answer each: made here, shown once, handed out on cards or from a table."""

from __future__ import annotations

import csv
import io
from datetime import date

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.report.small_numbers import Count, count
from feedback.store import invitations, plain_codes, short_links
from feedback.store.invitations import MOST_AT_ONCE
from feedback.store.surveys import PublishedSurvey
from feedback.web import addresses
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.languages import offer_languages, ui_language
from feedback.web.posted import posted

from . import qr
from .checking import survey_of
from .problem import Problem
from .reach import chosen, faults, languages_of

pages = Blueprint("invitations", __name__, url_prefix="/manage")


@pages.get("/<slug>/invitations")
@needs("owner")
def index(slug: str) -> str:
    return show(survey_of(slug))


@pages.post("/<slug>/invitations")
@needs("owner")
def make(slug: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    service, language, number = chosen("service"), chosen("language"), number_asked()
    problems = faults(survey, None, language)
    if service and survey.definition.service(service) is None:
        problems.append(Problem("service", _("Choose one of the survey’s services.")))
    if number is None:
        text = _("Give a whole number from 1 to %(most)s.", most=MOST_AT_ONCE)
        problems.append(Problem("number", text))
    if problems or number is None:
        return show(survey, problems), 422
    codes = invitations.make(store(), survey.survey_id, service, number)
    if posted().fields.get("as") == "table":
        return table(survey, service, codes)
    return cards(survey, service, language, codes)


def show(survey: PublishedSurvey, problems: list[Problem] | None = None) -> str:
    return render_template(
        "manage/invitations.html",
        survey=survey,
        slug=survey.definition.slug,
        problems=problems or [],
        typed=posted().fields,
        languages=languages_of(survey),
        most=MOST_AT_ONCE,
        tallies=[
            (service_name(survey, tally.service), tally.made, used(tally.used))
            for tally in invitations.tallies(store(), survey.survey_id)
        ],
    )


def used(number: int) -> Count:
    """By the report's rule: who was handed a code and who answered is close together with a few."""
    return count(number)


def cards(survey: PublishedSurvey, service: str | None, language: str | None, codes: list[str]) -> str:
    once = _("These codes are shown this once. Print them now: nobody can show them again, not even we.")
    in_staffs_words = {"text": once, "language": ui_language()}
    tag = language or survey.definition.default_language
    link = short_links.make(store(), survey.survey_id, None, language, date.today())
    offer_languages([tag], tag)
    address = addresses.whole(url_for("short_links.go", code=link.lower(), lang=None))
    return render_template(
        "manage/invitation_cards.html",
        survey=survey,
        slug=survey.definition.slug,
        once=in_staffs_words,
        say=survey.wording(tag),
        service=service_name(survey, service) if service and not survey.definition.sensitive else None,
        spoken=addresses.spoken(address),
        cards=[(plain_codes.in_groups(code), qr.draw(with_code(address, code))) for code in codes],
    )


def table(survey: PublishedSurvey, service: str | None, codes: list[str]) -> Response:
    start = addresses.whole(url_for("collect.start", slug=survey.definition.slug, lang=None))
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["code", "service", "address"])
    rows.writerows([plain_codes.in_groups(code), service or "", with_code(start, code)] for code in codes)
    response = Response(written.getvalue().encode(), mimetype="text/csv")
    name = f"{survey.definition.slug}-invitations.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def with_code(address: str, code: str) -> str:
    """Behind the #, which browsers send to nobody: no server's log ever holds a code."""
    return f"{address}#i={code}"


def service_name(survey: PublishedSurvey, service_id: str | None) -> str | None:
    service = survey.definition.service(service_id) if service_id else None
    return service.name if service else service_id


def number_asked() -> int | None:
    typed = posted().fields.get("number", "").strip()
    if not (typed.isdecimal() and len(typed) < 6):
        return None
    return int(typed) if 1 <= int(typed) <= MOST_AT_ONCE else None

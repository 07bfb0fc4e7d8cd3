"""How people get to a survey: its short links, who may print and share what, a shared screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user, logout_user

from feedback.store import framing_sites, short_links
from feedback.store.short_links import Link
from feedback.store.surveys import PublishedSurvey
from feedback.web import addresses, kiosk
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.languages import in_the_pickers_order
from feedback.web.posted import posted

from .checking import not_found, survey_of
from .problem import Problem

pages = Blueprint("reach", __name__, url_prefix="/manage")
WHO_MAY = ("owner", "commissioner", "worker")


@dataclass(frozen=True)
class ShownLink:
    link: Link
    address: str
    spoken: str
    service: str | None

    @property
    def code(self) -> str:
        return self.link.shown


@pages.get("/<slug>/reach")
@needs(*WHO_MAY)
def index(slug: str) -> str:
    return show(survey_of(slug))


@pages.post("/<slug>/reach/link")
@needs("owner")
def make_link(slug: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    service, language = chosen("service"), chosen("language")
    problems = faults(survey, service, language)
    if problems:
        return show(survey, problems), 422
    short_links.make(store(), survey.survey_id, service, language, date.today())
    flash(_("The short link is there."))
    return redirect(url_for("reach.index", slug=slug))


@pages.post("/<slug>/reach/kiosk")
@needs("owner", "worker")
def start_kiosk(slug: str) -> ResponseReturnValue:
    """Whoever starts it is signed out first: no page of theirs is left on this screen."""
    survey = survey_of(slug)
    if survey.definition.sensitive:
        not_found()
    logout_user()
    return kiosk.start(redirect(url_for("kiosk.anew", slug=slug, lang=None), 303), slug)


@pages.post("/<slug>/reach/kiosk-off")
@needs(*WHO_MAY)
def stop_kiosk(slug: str) -> ResponseReturnValue:
    survey_of(slug)
    flash(_("This screen is no kiosk any more."))
    return kiosk.stop(redirect(url_for("reach.index", slug=slug)))


def show(survey: PublishedSurvey, problems: list[Problem] | None = None, sites: str | None = None) -> str:
    slug = survey.definition.slug
    framed_by = framing_sites.of_survey(store(), survey.survey_id)
    return render_template(
        "manage/reach.html",
        survey=survey,
        slug=slug,
        problems=problems or [],
        links=[shown(survey, link) for link in short_links.of_survey(store(), survey.survey_id)],
        languages=languages_of(survey),
        address=addresses.whole(url_for("collect.start", slug=slug, lang=None)),
        framed_by=framed_by,
        sites="\n".join(framed_by) if sites is None else sites,
        is_owner=current_user.has_role("owner"),
        may_start_kiosk=current_user.has_role("owner") or current_user.has_role("worker"),
    )


def shown(survey: PublishedSurvey, link: Link) -> ShownLink:
    address = addresses.whole(url_for("short_links.go", code=link.shown, lang=None))
    service = survey.definition.service(link.service) if link.service else None
    return ShownLink(link, address, addresses.spoken(address), service.name if service else None)


def languages_of(survey: PublishedSurvey) -> list[str]:
    return in_the_pickers_order(survey.languages)


def chosen(name: str) -> str | None:
    return posted().fields.get(name) or None


def faults(survey: PublishedSurvey, service: str | None, language: str | None) -> list[Problem]:
    """A sensitive survey's links name no service: the address of a page stays in the phone's history."""
    found = []
    if service and (survey.definition.sensitive or survey.definition.service(service) is None):
        found.append(Problem("service", _("Choose one of the survey’s services.")))
    if language and language not in languages_of(survey):
        found.append(Problem("language", _("Choose one of the survey’s languages.")))
    return found

"""What things are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_interval, format_skeleton
from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.store.report import ReportTheme
from feedback.store.surveys import PublishedSurvey
from feedback.survey.edition import Phrase
from feedback.web.languages import DEFAULT, ui_language

UNSORTED = "unsorted"


def language_name(tag: str) -> str:
    """In the reader's language: a commissioner may not know an autonym."""
    # Babel would take the undetermined language for the likeliest one, American English.
    if tag == "und":
        return str(_("Language not known"))
    try:
        name = Locale.parse(tag, sep="-").get_display_name(get_locale())
    except (ValueError, UnknownLocaleError):
        name = None
    return str(name or tag)


def in_a_row(names: Sequence[str]) -> str:
    return str(format_list(list(names), locale=get_locale()))


def mode_name(mode: str) -> str:
    names = {
        "self": _("On their own"),
        "assisted": _("With a worker beside them"),
        "paper": _("On paper"),
        "kiosk": _("On a shared screen"),
        "imported": _("Collected before, and brought in"),
    }
    return str(names.get(mode, mode))


def service_name(survey: PublishedSurvey, service_id: str) -> str:
    service = survey.definition.service(service_id)
    return service.name if service else service_id


def question_label(survey: PublishedSurvey, question_id: str) -> Phrase | None:
    return survey.wording(ui_language())(f"questions.{question_id}.label")


def month_name(month: str) -> str:
    return str(format_skeleton("yMMMM", first_day(month), locale=get_locale()))


def months_between(first: str, last: str) -> str:
    return str(format_interval(first_day(first), first_day(last), "yMMMM", locale=get_locale()))


def first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def theme_name(theme: ReportTheme, may_learn: bool) -> Phrase | None:
    """Ours in the reader's language where we have it; the machine's where this reader may see it."""
    if theme.ours:
        names = theme.ours.get("names", {})
        if ui_language() in names:
            return Phrase(names[ui_language()], ui_language())
        return Phrase(theme.ours["name"], DEFAULT)
    if may_learn and theme.learned.name:
        return Phrase(theme.learned.name, "")
    return None


def stand_in(kind: str, position: int) -> str:
    """For a theme without a name that this reader may see; the number stays the same on every page."""
    if kind == "few":
        return str(_("From a few people (%(number)s)", number=position))
    return str(_("Suggested theme (%(number)s)", number=position))


def unsorted() -> str:
    return str(_("Not yet sorted"))


def theme_meaning(theme: ReportTheme) -> Phrase | None:
    """Only what we wrote: the machine's meaning of a theme is one person's sentence."""
    written = theme.ours.get("definition")
    return Phrase(written, DEFAULT) if written else None


def theme_limits(theme: ReportTheme) -> Phrase | None:
    """What does not belong to the theme."""
    written = theme.ours.get("not")
    return Phrase(written, DEFAULT) if written else None

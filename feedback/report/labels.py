"""What things are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_interval, format_skeleton
from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.store.report_themes import ReportTheme
from feedback.store.surveys import PublishedSurvey
from feedback.survey.edition import Phrase
from feedback.web.languages import DEFAULT, autonym, ui_language
from feedback.web.lists import joined

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
    return str(name or autonym(tag))  # easy read is no language of Babel's


def in_a_row(names: Sequence[str]) -> str:
    return joined(names, ui_language())


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


def theme_name(theme: ReportTheme, may_learn: Sequence[str]) -> Phrase | None:
    """What people called it; ours in the reader's language where we have it; else the
    machine's in one of the languages that this reader may learn it in, theirs first.
    """
    if theme.decided.name:
        return Phrase(theme.decided.name, theme.language)
    if theme.ours:
        names = theme.ours.get("names", {})
        if ui_language() in names:
            return Phrase(names[ui_language()], ui_language())
        return Phrase(theme.ours["name"], DEFAULT)
    return next(
        (Phrase(theme.learned.names[tag], tag) for tag in own_first(may_learn) if tag in theme.learned.names),
        None,
    )


@dataclass(frozen=True)
class Keywords:
    """What people often say about a theme in one language."""

    language: str
    name: str
    words: list[str]


def keywords(theme: ReportTheme, may_learn: Sequence[str]) -> list[Keywords]:
    """In each of the languages that this reader may learn them in, theirs first."""
    learned = theme.learned.keywords
    return [Keywords(tag, language_name(tag), learned[tag]) for tag in own_first(may_learn) if tag in learned]


def own_first(languages: Sequence[str]) -> list[str]:
    """The reader's own language before the others."""
    return sorted(languages, key=lambda tag: tag != ui_language())


def stand_in(kind: str, position: int) -> str:
    """For a theme without a name that this reader may see; the number stays the same on every page."""
    if kind == "few":
        return str(_("From a few people (%(number)s)", number=position))
    return str(_("Suggested theme (%(number)s)", number=position))


def unsorted() -> str:
    return str(_("Not yet sorted"))


def theme_meaning(theme: ReportTheme) -> Phrase | None:
    """Only what people wrote for it, or we: the machine's meaning of a theme is one teller's sentence."""
    if theme.decided.meaning:
        return Phrase(theme.decided.meaning, theme.language)
    written = theme.ours.get("definition")
    return Phrase(written, DEFAULT) if written else None


def theme_limits(theme: ReportTheme) -> Phrase | None:
    """What does not belong to the theme."""
    written = theme.ours.get("not")
    return Phrase(written, DEFAULT) if written else None

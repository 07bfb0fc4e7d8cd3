"""Which languages the site's own words are whole in: measured in what is compiled, never declared."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from .message_faults import faults_of_forms, same_plurals

log = logging.getLogger("heard.languages")

TEMPLATE = "messages.pot"
# Only staff meet these. A language is offered once people who answer read nothing else on their way.
FOR_STAFF = (
    "feedback/manage/", "feedback/report/", "templates/manage/", "templates/report/", "templates/staff.html",
)  # fmt: skip
MISSING = "\0"
COUNTS = (0, 1, 2, 3, 6, 11, 100)  # with these, every plural form of every language is met


class Gap(NullTranslations):
    """Answers where a catalogue has nothing: tells a gap from a word that is the same as in English."""

    def gettext(self, message: str) -> str:
        return MISSING

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return MISSING

    def pgettext(self, context: str, message: str) -> str:
        return MISSING


def is_whole(folder: Path, babel: str, plurals: str) -> bool:
    """Whether all that people who answer can meet is there in this language, and no text breaks a page."""
    compiled, template = folder / babel / "LC_MESSAGES" / "messages.mo", folder / TEMPLATE
    if not compiled.exists() or not template.exists():
        return False
    return measured(compiled, compiled.stat().st_mtime_ns, template, template.stat().st_mtime_ns, plurals)


@lru_cache(maxsize=256)
def measured(compiled: Path, _compiled_at: int, template: Path, written_at: int, plurals: str) -> bool:
    try:
        with compiled.open("rb") as file:
            translations = GNUTranslations(file)
    except (OSError, UnicodeDecodeError, ValueError, IndexError):  # cut short, or no catalogue at all
        return False
    if fault := next(faults(translations, texts(template, written_at), plurals), None):
        log.warning("%s is not offered: %s (see: flask translations check)", compiled, fault)
        return False
    translations.add_fallback(Gap())
    return not any(
        MISSING in said(translations, message)
        for message in texts(template, written_at)
        if not is_for_staff(message)
    )


def faults(translations: GNUTranslations, messages: tuple[Message, ...], plurals: str) -> Iterator[str]:
    """Also of what only staff read: they are people too. A text that isn't there reads as ours."""
    if not same_plurals(translations.info().get("plural-forms", ""), plurals):
        yield f"the header must say “Plural-Forms: {plurals}”"
    for message in messages:
        source = [message.id] if isinstance(message.id, str) else list(message.id)
        for fault in faults_of_forms(source, said(translations, message)):
            yield f"“{source[0]}”: {fault}"


def said(translations: NullTranslations, message: Message) -> set[str]:
    """Every form of it."""
    if not isinstance(message.id, str):
        one, many = message.id
        return {translations.ngettext(one, many, count) for count in COUNTS}
    if message.context:
        return {translations.pgettext(message.context, message.id)}
    return {translations.gettext(message.id)}


def is_for_staff(message: Message) -> bool:
    return all(place.startswith(FOR_STAFF) for place, _line in message.locations)


@lru_cache(maxsize=8)
def texts(template: Path, _written_at: int) -> tuple[Message, ...]:
    with template.open("rb") as file:
        return tuple(message for message in read_po(file) if message.id)

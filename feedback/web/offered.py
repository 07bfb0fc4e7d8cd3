"""Which languages the site's own words are whole in: measured in what is compiled, never declared."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

TEMPLATE = "messages.pot"
# Only staff meet these. A language is offered once people who answer read nothing else on their way.
FOR_STAFF = (
    "feedback/manage/", "feedback/report/", "templates/manage/", "templates/report/", "templates/staff.html",
)  # fmt: skip
MISSING = "\0"


class Gap(NullTranslations):
    """Answers where a catalogue has nothing: tells a gap from a word that is the same as in English."""

    def gettext(self, message: str) -> str:
        return MISSING

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return MISSING

    def pgettext(self, context: str, message: str) -> str:
        return MISSING


def is_whole(folder: Path, babel: str) -> bool:
    """Whether everything that people who answer can meet is there in this language."""
    compiled, template = folder / babel / "LC_MESSAGES" / "messages.mo", folder / TEMPLATE
    if not compiled.exists() or not template.exists():
        return False
    return gaps(compiled, compiled.stat().st_mtime_ns, template, template.stat().st_mtime_ns) == 0


@lru_cache(maxsize=256)
def gaps(compiled: Path, _compiled_at: int, template: Path, written_at: int) -> int:
    try:
        with compiled.open("rb") as file:
            translations = GNUTranslations(file)
    except (OSError, UnicodeDecodeError, ValueError):  # cut short, or no catalogue at all
        return len(for_everybody(template, written_at))
    translations.add_fallback(Gap())
    return sum(said(translations, message) == MISSING for message in for_everybody(template, written_at))


def said(translations: NullTranslations, message: Message) -> str:
    if not isinstance(message.id, str):
        return translations.ngettext(message.id[0], message.id[1], 1)
    if message.context:
        return translations.pgettext(message.context, message.id)
    return translations.gettext(message.id)


@lru_cache(maxsize=8)
def for_everybody(template: Path, _written_at: int) -> tuple[Message, ...]:
    """Each text that is not for staff alone."""
    with template.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return tuple(
        message
        for message in messages
        if not all(place.startswith(FOR_STAFF) for place, _line in message.locations)
    )

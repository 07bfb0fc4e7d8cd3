"""What stands where a personal detail was taken out, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from feedback.store import redactions
from feedback.store.database import Store
from feedback.store.redactions import Piece
from feedback.store.surveys import PublishedSurvey

from .small_numbers import may_quote


def mark(kind: str) -> str:
    """Within the words: it must not pass for something that the person wrote."""
    names: dict[str, str] = {
        "name": _("[name taken out]"),
        "phone": _("[phone number taken out]"),
        "email": _("[e-mail taken out]"),
        "url": _("[web address taken out]"),
        "postcode": _("[postcode taken out]"),
        "address": _("[address taken out]"),
        "birth": _("[date of birth taken out]"),
        "nhs": _("[NHS number taken out]"),
        "ni": _("[National Insurance number taken out]"),
        "reference": _("[number taken out]"),
        "role": _("[job taken out]"),
    }
    return names.get(kind) or str(_("[words taken out]"))


def kind_name(kind: str) -> str:
    names: dict[str, str] = {
        "name": _("a name"),
        "phone": _("a phone number"),
        "email": _("an e-mail address"),
        "url": _("a web address"),
        "postcode": _("a postcode"),
        "address": _("an address"),
        "birth": _("a date of birth"),
        "nhs": _("an NHS number"),
        "ni": _("a National Insurance number"),
        "reference": _("a number that stands for something"),
        "role": _("a job that one person has"),
    }
    return names.get(kind) or str(_("other words"))


def plain(pieces: Iterable[Piece]) -> str:
    """The words with their marks, for a table."""
    return "".join(mark(piece.kind) if piece.kind else piece.text for piece in pieces)


def spoken(store: Store, survey: PublishedSurvey) -> list[str]:
    """The languages whose words may be shown: so many wrote in them that these alone show nobody."""
    found = redactions.languages(store, survey.survey_id)
    return [language for language, number in found.items() if may_quote(number)]


def waiting(store: Store, survey: PublishedSurvey) -> int:
    """How many comments a person must still read before they are passed on."""
    return redactions.waiting(store, survey.survey_id, spoken(store, survey))

"""Words whose personal details were taken out, and how many still wait for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterable

from feedback.store import redactions
from feedback.store.database import Store
from feedback.store.redactions import Piece
from feedback.store.surveys import PublishedSurvey
from feedback.web.detail_names import mark

from .small_numbers import may_quote


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

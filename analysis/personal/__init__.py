"""Finds what in a text may point at a person, so that somebody can decide to take it out.

from analysis.personal import find
find("Ring Nurse Sarah on 07700 900123", "en")

Plain rules in twenty languages, no numpy, no network: the same for a commissioner's page, an export and the
person who is still writing. They only propose; a person confirms.
"""

from __future__ import annotations

from analysis.personal import addresses, numbers
from analysis.personal.cues import cues as cues_of
from analysis.personal.details import KINDS, Detail, Kind, apart
from analysis.personal.folded import fold, words
from analysis.personal.forms import form
from analysis.personal.named import names

__all__ = ["KINDS", "Detail", "Kind", "find", "places_of"]


def find(text: str, language: str | None = None) -> list[Detail]:
    """Details in the order of the text, none over another; spans in code points of `text`.

    `language` is the BCP-47 tag of most of the text, None where unknown. Time grows with the length of
    the text. Measured in tests/analysis/test_personal_found.py.
    """
    folded = fold(text)
    found, cues = words(text, folded), cues_of(language)
    beside = list(cues.within(text, found))

    def spans(use: str) -> list[numbers.Span]:
        return sorted([*numbers.spans(beside, found, use), *numbers.chinese_spans(text, use)])

    details = [
        *form(text, folded),
        *numbers.dates(folded, cues, spans("birth"), found),
        *numbers.digits_in(folded, spans("phone"), spans("reference")),
        *numbers.spelled_out(found, cues),
        *addresses.addresses(
            folded,
            numbers.spans(beside, found, "street"),
            numbers.spans(beside, found, "house"),
            found,
            cues,
        ),
        *names(text, found, beside, cues),
        *(Detail("role", *span, text[slice(*span)]) for span in spans("posts")),
    ]
    return apart(details)


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Every place (start, end) of `words` in `text`, whatever the case, accents and kind of digits."""
    wanted, within = fold(words), fold(text)
    found: list[tuple[int, int]] = []
    at = within.find(wanted) if wanted else -1
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = within.find(wanted, at + len(wanted))
    return found

"""The one small-number rule: every table, chart, quote and download goes through here.

Reasons and limits: docs/decisions/0004-small-numbers.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _

FEWEST = 5  # a count of 1 to 4 is hidden
STEP = 5  # any other is rounded to the nearest of these
BASE = 10  # fewer responses than this are not divided: no shares, no breakdown, nothing beside a quote

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Count:
    """A number that may be shown, or one that is hidden: never 0 instead."""

    value: int | None

    @property
    def hidden(self) -> bool:
        return self.value is None

    @property
    def text(self) -> str:
        return _("hidden") if self.value is None else str(format_decimal(self.value))

    @property
    def csv(self) -> str:
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Share:
    """A percentage that may be shown, or one that is hidden."""

    percent: int | None

    @property
    def hidden(self) -> bool:
        return self.percent is None

    @property
    def text(self) -> str:
        return _("hidden") if self.percent is None else str(format_percent(self.percent / 100))

    @property
    def csv(self) -> str:
        return "" if self.percent is None else str(self.percent)


@dataclass(frozen=True)
class Part:
    """One part of a whole: its number and its share."""

    count: Count
    share: Share


HIDDEN = Part(Count(None), Share(None))


def count(number: int) -> Count:
    return Count(None if 0 < number < FEWEST else rounded(number))


def share(part: int, whole: int) -> Share:
    """How much of `whole` is `part`; reckoned from the rounded numbers, so that it tells no more."""
    if whole < BASE or 0 < part < FEWEST or 0 < whole - part < FEWEST:
        return Share(None)
    return Share((200 * rounded(part) + rounded(whole)) // (2 * rounded(whole)))


def breakdown(parts: Mapping[Key, int]) -> dict[Key, Part]:
    """A whole divided into parts that exclude each other; empty where the whole is too small.

    Rounding alone can give a hidden part away: 8 + 8 + 1 would show as 10 + 10 + hidden = 15, which only
    1 fits. Then no part is shown at all; hiding just one more could be worked out backwards.
    """
    whole = sum(parts.values())
    if whole < BASE:
        return {}
    hidden = [number for number in parts.values() if 0 < number < FEWEST]
    shown = [number for number in parts.values() if number >= FEWEST]
    if hidden and gives_away(whole, shown, len(hidden)):
        return dict.fromkeys(parts, HIDDEN)
    # The share of a part that shows alone would say how few the hidden ones are together.
    alone = bool(hidden) and len(shown) == 1
    return {
        key: Part(count(number), Share(None) if alone and number else share(number, whole))
        for key, number in parts.items()
    }


def gives_away(whole: int, shown: Iterable[int], hidden: int) -> bool:
    """Could a reader rule out any of 1 to 4 for one of the `hidden` parts from the rounded numbers?"""
    least, most = could_be(whole, BASE)
    for number in shown:
        low, high = could_be(number, FEWEST)
        least, most = least - high, most - low
    others, highest = hidden - 1, FEWEST - 1
    return least - others * highest > 1 or most - others < highest


def could_be(number: int, least: int) -> tuple[int, int]:
    """What a reader knows of a number from the rounded one: its lowest and highest."""
    return max(least, rounded(number) - STEP // 2), rounded(number) + STEP // 2


def may_quote(same_language: int) -> bool:
    """Words show the language they are in: at least this many must have written in it."""
    return same_language >= FEWEST


def may_show(same_attribute: int) -> bool:
    """May a quote carry an attribute that this many responses in its language share?"""
    return same_attribute >= BASE


def rounded(number: int) -> int:
    return STEP * ((2 * number + STEP) // (2 * STEP))

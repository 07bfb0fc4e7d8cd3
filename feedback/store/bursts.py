"""Open answers that may come from one hand: very many on one day, or nearly the same words again and again.

It only ever says so. An open link can be used by anybody, a waiting room can be full, and a group may have
agreed on its words: nothing is left out for it.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from statistics import median
from typing import Any

FEWEST_ON_A_DAY = 20
TIMES_THE_USUAL = 5  # the median of the other days on which an open answer came
MOST_OF_IT = 0.8  # from here on, a day's burst is told as the one service's that it is about
FEWEST_ALIKE = 5

NO_SPACES = "\u3040-\u30ff\u3400-\u9fff"  # kana and Han signs: each counts as a word
WORD = re.compile(f"[{NO_SPACES}]|[^\\W{NO_SPACES}]+")
IN_A_ROW = 3
FEWEST_ROWS = 6  # shorter texts are alike by chance
ALIKE = 0.6  # of all their rows of three words, as Jaccard's share
BINS = 8


@dataclass(frozen=True)
class OpenAnswer:
    """An answer that anybody with the link could give, on a phone or a computer of their own."""

    id: str
    day: date
    service: str | None


@dataclass(frozen=True)
class Burst:
    day: str
    service: str | None  # none: whichever
    number: int
    all: int


def find(answers: Collection[OpenAnswer], texts: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """As frozen into a run's figures; true counts. `texts` are the words of each answer, by its id."""
    by_service: dict[str, list[date]] = defaultdict(list)
    for each in answers:
        if each.service:
            by_service[each.service].append(each.day)
    of_services = [burst for service, when in sorted(by_service.items()) for burst in of_days(service, when)]
    of_all = [
        burst
        for burst in of_days(None, [each.day for each in answers])
        if not any(one.day == burst.day and one.number >= MOST_OF_IT * burst.number for one in of_services)
    ]
    return {
        "days": [asdict(burst) for burst in (*of_all, *of_services)],
        "alike": number_alike(texts),
        "open": len(answers),
    }


def of_days(service: str | None, when: list[date]) -> Iterator[Burst]:
    counted = Counter(when)
    for day, number in sorted(counted.items()):
        others = [count for other, count in counted.items() if other != day]
        if number >= FEWEST_ON_A_DAY and others and number >= TIMES_THE_USUAL * median(others):
            yield Burst(day.isoformat(), service, number, len(when))


def number_alike(texts: Mapping[str, Iterable[str]]) -> int:
    """How many answers share nearly all their words with at least four others."""
    rows = {(id, place): rows_of(text) for id, said in texts.items() for place, text in enumerate(said)}
    groups = Groups()
    first_with: dict[tuple[int, ...], tuple[str, int]] = {}
    for where, own in rows.items():
        if len(own) < FEWEST_ROWS:
            continue
        for sketch in sketches(own):
            other = first_with.setdefault(sketch, where)
            if other != where and len(own & rows[other]) >= ALIKE * len(own | rows[other]):
                groups.join(where[0], other[0])
    return sum(size for size in groups.sizes() if size >= FEWEST_ALIKE)


def sketches(rows: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Texts that share most of their rows most likely share one of these: of rows dealt into bins at random,
    the smallest of each two neighbouring bins (one-permutation min-hashing, Li, Owen and Zhang 2012).
    """
    smallest = {row % BINS: row for row in sorted(rows, reverse=True)}
    for each in range(BINS):
        pair = (smallest.get(each, -1), smallest.get((each + 1) % BINS, -1))
        if max(pair) >= 0:
            yield (each, *pair)


def rows_of(text: str) -> frozenset[int]:
    """Every three words in a row, as numbers."""
    words = WORD.findall(text.casefold())
    return frozenset(
        zlib.crc32(" ".join(words[at : at + IN_A_ROW]).encode()) for at in range(len(words) - IN_A_ROW + 1)
    )


class Groups:
    """Who belongs together, by whoever was joined with whom (union-find)."""

    def __init__(self) -> None:
        self.towards: dict[str, str] = {}

    def root(self, each: str) -> str:
        self.towards.setdefault(each, each)
        while self.towards[each] != each:
            self.towards[each] = each = self.towards[self.towards[each]]
        return each

    def join(self, one: str, other: str) -> None:
        self.towards[self.root(one)] = self.root(other)

    def sizes(self) -> list[int]:
        return list(Counter(self.root(each) for each in list(self.towards)).values())

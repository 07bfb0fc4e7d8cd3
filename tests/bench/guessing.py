"""What a guesser could tell by the clock: a right code against a wrong one, by turns in one run.

Past the limit both are refused, and in the same time. Before it whoever is right gets the words, so that no
clock tells them more; still the looking takes about as long, found or not.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from feedback.store import drafts, guesses, responses
from tests.support.guessing import made_up
from tests.support.load import Hurried

from .sites import Site, site

HERE = "127.0.0.1"
LEAST, MOST = 0.8, 1.25
REFUSALS, LOOKS = 400, 1500  # of each: of a right code, and of a wrong one
WORDS = "They listened and called me back the next day."


@dataclass(frozen=True)
class Compared:
    database: str
    what: str
    right: float  # milliseconds, the median
    wrong: float

    @property
    def ratio(self) -> float:
        return self.right / self.wrong

    @property
    def is_met(self) -> bool:
        return LEAST <= self.ratio <= MOST


def compare_all() -> Iterator[Compared]:
    for name in ("SQLite", "PostgreSQL"):
        with site(name) as here, Hurried(here.server.port) as guesser:
            guesser.walks_to_check(WORDS)
            right = guesser.sends()
            refused = by_turns(REFUSALS, right, partial(refuse, here, guesser))
            yield Compared(name, "refused past the limit", *refused)
            yield Compared(name, "looked for", *by_turns(LOOKS, right, partial(look, here)))


def by_turns(times: int, right: str, ask: Callable[[str], object]) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = [], []
    for number in range(2 * times):
        wrong = number % 2
        code = made_up(number) if wrong else right
        start = time.perf_counter()
        ask(code)
        took[wrong].append(1000 * (time.perf_counter() - start))
    return statistics.median(took[0]), statistics.median(took[1])


def refuse(here: Site, guesser: Hurried, code: str) -> None:
    status, _headers, _page = guesser.ask("POST", "/receipt", {"code": code})
    if status != 429:  # nobody has guessed yet in this hour
        for _guess in range(guesses.MOST_AN_HOUR):
            guesses.missed(here.store, HERE, time.time())


def look(here: Site, code: str) -> None:
    responses.find_by_receipt(here.store, code)
    drafts.find_by_receipt(here.store, code, time.time())

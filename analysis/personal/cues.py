"""The words beside which personal details stand, by language: cues.json, names.json, words.json and,
for "my worker ...", workers.json.

cues.json is plain data, so that a page can be handed the part for its own language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.personal.folded import Word, key, words
from analysis.personal.folded import fold as folded

HERE = Path(__file__).parent
# How a word list says what its words are for; the other lists of cues.json are no cues.
_NO_CUES = frozenset({"stops", "months", "digits"})
# Beside which names stand; their first words are no names themselves.
BESIDE_NAMES = ("own", "titles", "roles", "after", "called_after")
_BETWEEN = frozenset(" -.'\t\n\u200c،")
# "wa-", "fa-", "bi-", "li-", "ka-": written in one with the next word.
_ARABIC_PREFIXES = frozenset("وفبلک")


@dataclass(frozen=True, slots=True)
class Cue:
    """words[first:after] of a text are a cue for `use`, a list's name in cues.json."""

    use: str
    first: int
    after: int


@dataclass(frozen=True)
class Cues:
    """All that is known for a language; where it isn't known, for all of them."""

    tails: dict[str, list[tuple[tuple[str, ...], str]]]  # first word -> (the other words, use)
    stops: frozenset[str]
    months: frozenset[str]
    digits: dict[str, str]
    starts: frozenset[str] = frozenset()  # first words of BESIDE_NAMES
    # Of "my worker ...", see analysis.personal.workers.
    between: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    finals: frozenset[str] = frozenset()
    closes: frozenset[str] = frozenset()
    shapes: tuple[re.Pattern[str], ...] = ()
    second: tuple[re.Pattern[str], ...] = ()
    sure: tuple[re.Pattern[str], ...] = ()

    def within(self, text: str, found: Sequence[Word]) -> Iterator[Cue]:
        """Every cue, in the order of the text; of two for the same use at one place the longer."""
        for first, word in enumerate(found):
            longest: dict[str, int] = {}
            for tail, use in self._tails(word.key):
                after = first + 1 + len(tail)
                if after > longest.get(use, first) and self._follow(text, found, first, tail):
                    longest[use] = after
            yield from (Cue(use, first, after) for use, after in longest.items())

    def _tails(self, word: str) -> list[tuple[tuple[str, ...], str]]:
        exact = self.tails.get(word)
        if exact is None and word[0] in _ARABIC_PREFIXES and len(word) > 3:
            exact = self.tails.get(word[1:])
            if exact is None and word[1] == "ل":  # "lil-" swallows the article's alif
                exact = self.tails.get("ا" + word[1:])
        if exact is None and "'" in word:  # "l'infirmière", "d'infirmier"
            exact = self.tails.get(word.partition("'")[2])
        return exact or []

    @staticmethod
    def _follow(text: str, found: Sequence[Word], first: int, tail: tuple[str, ...]) -> bool:
        if first + len(tail) >= len(found):
            return False
        for place, expected in enumerate(tail, first + 1):
            gap = text[found[place - 1].end : found[place].start]
            if found[place].key != expected or len(gap) > 3 or not _BETWEEN.issuperset(gap):
                return False
        return True


@lru_cache(maxsize=64)
def cues(language: str | None) -> Cues:
    """For a BCP-47 tag: a cue of one word counts in its own language and in English only, for "z" is a
    gentleman in one language and "from" in the next. None: all cues.
    """
    everything = _read("cues.json")
    own = (
        None if language is None else {name for name in everything if _main(name) == _main(language)} | {"en"}
    )
    tails: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stops: set[str] = set()
    months: set[str] = set()
    digits: dict[str, str] = {}
    starts: set[str] = set()
    for name, lists in everything.items():
        here = own is None or name in own
        if here:
            stops |= {key(word) for word in lists["stops"]}
            digits |= {key(word): str(place) for place, word in enumerate(lists["digits"])}
        months |= {key(word) for word in lists["months"]}
        for use, phrases in lists.items():
            for phrase in phrases if use not in _NO_CUES else []:
                first, *tail = (word.key for word in words(phrase, folded(phrase)))
                if here or tail:
                    tails.setdefault(first, []).append((tuple(tail), use))
                if here and use in BESIDE_NAMES:
                    starts.add(first)
    said = [workers(name) for name in everything if own is None or name in own]
    for each in said:
        for phrase, use in each.phrases():
            first, *tail = (word.key for word in words(phrase, folded(phrase)))
            tails.setdefault(first, []).append((tuple(tail), use))
    return Cues(
        tails,
        frozenset(stops),
        frozenset(months),
        digits,
        frozenset(starts),
        frozenset(word for each in said for word in each.between),
        frozenset(word for each in said for word in each.plain),
        frozenset(word for each in said for word in each.finals),
        frozenset(word for each in said for word in each.closes),
        tuple(re.compile(each.shape) for each in said if each.shape),
        tuple(re.compile(each.second) for each in said if each.second),
        tuple(re.compile(each.sure) for each in said if each.sure),
    )


@dataclass(frozen=True)
class Workers:
    """What workers.json holds for one language."""

    my: list[str]  # before the role, where it must be there
    who: list[str]
    between: frozenset[str]  # may stand between the role and the name
    plain: list[str]  # as keys; no names (in Chinese: patterns of what looks like a surname)
    finals: frozenset[str]  # a name never stands straight before them: verbs at the end
    closes: frozenset[str]  # a name of two words stands straight before them
    follows: list[str]  # Chinese: patterns of words that end a name
    shape: str  # what verbs look like
    second: str  # what a second word of a name looks like
    sure: str  # what is a name whatever follows

    named: list[str]  # what makes of each role a cue as sure as "my name is"

    def phrases(self) -> Iterator[tuple[str, str]]:
        """Each as it is looked for, and what for."""
        for who in self.who:
            yield from ((f"{my} {who}".strip(), "workers") for my in self.my or [""])
            yield from ((named.replace("{}", who), "own") for named in self.named)


@lru_cache(maxsize=32)
def workers(language: str) -> Workers:
    """For a BCP-47 tag; nothing where the language isn't known."""
    listed: dict[str, Any] = next(
        (one for name, one in _read("workers.json").items() if _main(name) == _main(language)), {}
    )

    def keys(name: str) -> list[str]:
        return [key(word) for word in listed.get(name, "").split()]

    han = _main(language) == "zh"
    return Workers(
        my=listed.get("my", []) if han else listed.get("my", "").split(),
        who=listed.get("who", []),
        between=frozenset(keys("between")),
        plain=listed.get("plain", "").split() if han else keys("plain"),
        finals=frozenset(keys("finals")),
        closes=frozenset(keys("closes")),
        follows=listed.get("follows", "").split(),
        shape=listed.get("shape", ""),
        second=listed.get("second", ""),
        sure=listed.get("sure", ""),
        named=listed.get("named", []),
    )


def cue_lists(language: str) -> dict[str, list[str]]:
    """The lists of cues.json for one BCP-47 tag, as written there; none where the language isn't known."""
    found: dict[str, dict[str, list[str]]] = _read("cues.json")
    return next((lists for name, lists in found.items() if _main(name) == _main(language)), {})


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names of all scripts but Chinese, as keys; words of the language ("Grace", "May") left out."""
    listed = _read("names.json")
    return frozenset(
        key(name)
        for script, lines in listed.items()
        if script not in ("Hans", "surnames")
        for line in lines
        for name in line.split()
    )


@lru_cache(maxsize=1)
def known_names() -> frozenset[str]:
    """Given names and common surnames: what counts as a name without a capital, next to a cue."""
    return given_names() | {key(name) for line in _read("names.json")["surnames"] for name in line.split()}


@lru_cache(maxsize=1)
def chinese_surnames() -> str:
    """The commonest, one character each."""
    return str(_read("names.json")["Hans"])


@lru_cache(maxsize=1)
def chinese() -> dict[str, list[str]]:
    """The lists for Chinese, which has no spaces: looked for as written."""
    found: dict[str, list[str]] = _read("cues.json")["zh-Hans"]
    return found


@lru_cache(maxsize=16)
def word_list(name: str) -> frozenset[str]:
    """One of the lists of words.json."""
    return frozenset(word for line in _read("words.json")[name] for word in line.split())


def phrases(name: str) -> list[list[str]]:
    """One of the lists of words.json that holds phrases, each as the keys of its words."""
    return [[word.key for word in words(phrase, folded(phrase))] for phrase in _read("words.json")[name]]


@lru_cache(maxsize=4)
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / name).read_text(encoding="utf-8"))
    return found


def _main(tag: str) -> str:
    return tag.split("-")[0].lower()

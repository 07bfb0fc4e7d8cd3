"""A text in words with its cues, and what is asked of a word before it is taken for a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.personal.cues import Cues, known_names, phrases, word_list
from analysis.personal.folded import Word

MOST = 4  # words of one name
_OPEN = frozenset(" \t\n\u00a0:,(-\"'“‘«\u200c،.")
JOINS = frozenset({"", " ", "-", ". ", "\u00a0", "\u200c"})


@dataclass(frozen=True)
class Passage:
    text: str
    words: Sequence[Word]
    cues: Cues

    def gap(self, place: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.words[place - 1].end : self.words[place].start]

    def reaches(self, first: int, *, dot: bool = False) -> bool:
        """No sentence ends between a cue and its name, but "Dr. Ali" and "My name is: Ali" do no harm."""
        gap = self.gap(first)
        if len(gap) > 4 or not _OPEN.issuperset(gap) or gap.count("\n") > 1:
            return False
        return "." not in gap or dot

    def may_be_name(self, word: Word) -> bool:
        if self.is_stopped(word) or any(character.isdigit() for character in word.key):
            return False
        return len(word.key) > 1 and not (word.shouted and word.capital and len(word.key) <= 5)

    def is_stopped(self, word: Word) -> bool:
        """Whether it is an ordinary word; in Turkish with what an apostrophe hangs on: "NHS'e"."""
        return word.key in self.cues.stops or bare(word.key) in self.cues.stops

    def end(self, first: int, *, free: bool = False) -> int:
        """Where the name that starts at `first` ends; `free`: it may go on without a capital."""
        last = first
        start = self.words[first]
        for place in range(first + 1, min(first + MOST, len(self.words))):
            word = self.words[place]
            initial_before = len(self.words[place - 1].key) == 1
            if self.gap(place) not in JOINS or (self.gap(place) == ". " and not initial_before):
                break
            if (
                word.key in word_list("small_in_names")
                and place + 1 < len(self.words)
                and self.words[place + 1].capital
            ):
                continue
            initial = len(word.key) == 1 and word.capital and word.key != "i"
            if not initial and not self.may_be_name(word):
                break
            lower = free and not start.capital and place == first + 1 and word.key not in ("who", "from")
            conjoined = word.key[0] == "و" and word.key not in known_names()
            if conjoined or not (word.capital or word.key in known_names() or lower):
                break
            last = place
        return self.words[last].end

    def is_place(self, place: int) -> bool:
        """ "Victoria Hospital", "St Thomas", "King George Ward", "Citizens Advice"."""
        before = self.words[place - 1].key if place else ""
        after = [word.key for word in self.words[place + 1 : place + 3]]
        more = place + 2 < len(self.words) and self.words[place + 1].capital
        return (
            before in word_list("before_a_place")
            or not word_list("places").isdisjoint(after[: 2 if more else 1])
            or self._is_organisation(place)
        )

    def _is_organisation(self, place: int) -> bool:
        keys = [word.key for word in self.words[place : place + MOST]]
        first = bare(keys[0])
        return any([first, *keys[1 : len(rest)]] == rest for rest in _organisations().get(first, ()))


@lru_cache(maxsize=1)
def _organisations() -> dict[str, list[list[str]]]:
    """By their first word."""
    found: dict[str, list[list[str]]] = {}
    for name in phrases("organisations"):
        found.setdefault(name[0], []).append(name)
    return found


def bare(word: str) -> str:
    """Without what an apostrophe hangs on: "Cardiff'te"; "O'Brien" stays."""
    before = word.partition("'")[0]
    return before if len(before) > 2 else word


def is_cased(word: str) -> bool:
    return word.upper() != word

"""Names of people: beside a cue such as "my name is", "nurse" or "called", or known as a given name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.personal.chinese_names import chinese_names
from analysis.personal.cues import Cue, Cues, given_names, known_names
from analysis.personal.details import Detail
from analysis.personal.folded import Word
from analysis.personal.passage import JOINS, Passage, is_cased
from analysis.personal.workers import after_worker

LONGEST_SHORT = 4  # letters of a title that is written with a dot: "Prof."


def names(text: str, found: Sequence[Word], all_cues: Sequence[Cue], cues: Cues) -> Iterator[Detail]:
    here = Passage(text, found, cues)
    roles = {cue.first for cue in all_cues if cue.use in ("roles", "titles", "posts")}
    for cue in all_cues:
        because = text[found[cue.first].start : found[cue.after - 1].end]
        if cue.use in ("own", "titles", "roles", "known"):
            span = _after(here, cue)
        elif cue.use == "workers":
            span = after_worker(here, cue)
        elif cue.use in ("after", "called_after"):
            span = _before(here, cue)
        elif cue.use == "before_role" and cue.after in roles:
            span = _beside_a_role(here, cue)
        else:
            span = None
        if span:
            yield Detail("name", *span, because)
    yield from _known_alone(here)
    yield from chinese_names(text)


def _after(here: Passage, cue: Cue) -> tuple[int, int] | None:
    """The name after a cue; how much is asked of it depends on how sure the cue is."""
    first = cue.after
    if first >= len(here.words):
        return None
    word, last = here.words[first], here.words[first - 1]
    shortened = cue.use == "titles" and len(last.key) <= LONGEST_SHORT
    if not here.reaches(first, dot=shortened):
        return None
    if not here.may_be_name(word):
        return None
    known, cased = word.key in known_names(), is_cased(word.key)
    # "z" and "m" are titles with their dot only.
    if cue.use == "titles" and len(last.key) == 1 and not here.gap(first).startswith("."):
        return None
    enough = {
        "own": True,
        "titles": word.capital or known or not cased,
        "roles": word.capital or known,
        "known": word.key in given_names(),
    }[cue.use]
    if not enough or here.is_place(first):
        return None
    return word.start, here.end(first, free=cue.use == "own")


def _before(here: Passage, cue: Cue) -> tuple[int, int] | None:
    """ "Ayşe Hanım", "গুরপ্রীত জি": the name stands before."""
    place = cue.first - 1
    if place < 0 or here.gap(cue.first) not in JOINS:
        return None
    word = here.words[place]
    known = word.key in known_names()
    if not here.may_be_name(word) or not (word.capital or known or cue.use == "called_after"):
        return None
    start = place
    while start and start > place - 2 and here.gap(start) == " ":
        before = here.words[start - 1]
        if not here.may_be_name(before) or not (before.capital or before.key in known_names()):
            break
        start -= 1
    return here.words[start].start, word.end


def _beside_a_role(here: Passage, cue: Cue) -> tuple[int, int] | None:
    """ "... and Siobhan, my support worker": not where a sentence starts, for there all words are tall."""
    place = cue.first - 1
    if place < 1 or here.gap(cue.first) not in (" ", ", ", " (", " - "):
        return None
    word = here.words[place]
    if not word.capital or not here.may_be_name(word) or here.is_place(place):
        return None
    if set(here.gap(place)) & set(".!?\n:;"):
        return None
    return word.start, word.end


def _known_alone(here: Passage) -> Iterator[Detail]:
    """A given name with its capital needs no cue; where a script has no capitals it would be any word."""
    for place, word in enumerate(here.words):
        if not word.capital or word.key not in given_names() or word.key in here.cues.stops:
            continue
        if not here.is_place(place):
            if word.shouted and len(word.key) <= 4:
                continue
            yield Detail("name", word.start, here.end(place), "a given name")

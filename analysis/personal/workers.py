"""The name in "my worker Oduya": behind a role that somebody has for the person who writes.

A script with capitals shows the name itself. Where there are none, any word could stand there ("my worker
laughed"), so a word is taken only if it is none of the commonest that follow, is not made like a verb, and,
where the verb ends the sentence, is followed as a name is: by a particle, another such word or a pause,
never by the verb at once ("my worker ill was", "my worker papers lost"). workers.json holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.personal.cues import Cue, known_names
from analysis.personal.passage import Passage, is_cased

BETWEEN = 3  # words as "was", "mea", "sociale" between the role and the name
_JOINED = (" ", "\u200c", "\u00a0")


def after_worker(here: Passage, cue: Cue) -> tuple[int, int] | None:
    first = cue.after
    for _ in range(min(BETWEEN, len(here.words) - cue.after)):
        if here.gap(first) in (" ", ", ") and _key(here, first) in here.cues.between:
            first += 1
    if first >= len(here.words) or not here.reaches(first):
        return None
    word = here.words[first]
    if not here.may_be_name(word) or here.is_place(first):
        return None
    if any(_key(here, first) in words for words in (here.cues.plain, here.cues.starts)):
        return None
    if is_cased(word.key):
        named = word.capital or word.key in known_names()
        return (word.start, here.end(first)) if named else None
    if word.key not in known_names() and _matches(here, first, here.cues.shapes):
        return None
    last = _last(here, first)
    return None if last is None else (word.start, max(here.words[last].end, here.end(first)))


def _last(here: Passage, first: int) -> int | None:
    """The last word of the name that starts at `first`; None where what follows shows that it is none."""
    if not here.cues.finals:
        second = _goes_on(here, first + 1) and _matches(here, first + 1, here.cues.second)
        return first + (second and _may_follow(here, first + 1))
    if not _goes_on(here, first + 1) or _matches(here, first, here.cues.sure):
        return first
    following = _key(here, first + 1)
    if following in here.cues.finals:
        return None
    if not _may_follow(here, first + 1):
        return first
    closed = _goes_on(here, first + 2) and _key(here, first + 2) in here.cues.closes
    return first + 1 if closed else None


def _may_follow(here: Passage, place: int) -> bool:
    """Whether a word could be the second of a name: nothing else is known of it."""
    word = here.words[place]
    known = (here.cues.plain, here.cues.starts)
    return here.may_be_name(word) and not any(word.key in words for words in known)


def _goes_on(here: Passage, place: int) -> bool:
    return place < len(here.words) and here.gap(place) in _JOINED


def _matches(here: Passage, place: int, patterns: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.fullmatch(_key(here, place)) for pattern in patterns)


def _key(here: Passage, place: int) -> str:
    return here.words[place].key

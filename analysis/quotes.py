"""Which words stand for a theme: its most typical sentence, then central ones that differ, across languages,
and one that says otherwise. Always verbatim, never the same words or person twice.

Maximal marginal relevance (Carbonell and Goldstein 1998) over excerpts of a readable length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.centre import unit
from analysis.encode import Vectors

CENTRAL = 0.6
COUNT = 3
MOST = 8
SHORTEST, LONGEST = 25, 220
# What stands below a heading is read at a glance.
LONGEST_SUBTITLE = 120
# A tone nearer to 0 than this is not sure enough to call words another view ...
SURE = 0.6
# ... nor is there another one where fewer people, or a smaller share of those who are sure, agree.
LEAST_AGREED, SHARE_AGREED = 3, 2 / 3


@dataclass(frozen=True)
class Excerpt:
    """A span of a readable comment; `score` is how surely it belongs to the theme."""

    comment_id: str
    person: str
    start: int
    end: int
    text: str
    language: str | None
    score: float


def typical(excerpts: Sequence[Excerpt], vectors: Vectors) -> Excerpt | None:
    """The excerpt most like all the others (the medoid) that can be read at a glance, in the language that
    most people wrote in; None of none.

    `vectors` (len(excerpts), dim) are unit rows. Ties go to the lower comment id and language tag.
    """
    if not excerpts:
        return None
    people: dict[str, set[str]] = defaultdict(set)
    for excerpt in excerpts:
        people[excerpt.language or ""].add(excerpt.person)
    most = min(people, key=lambda tag: (-len(people[tag]), tag))
    # Alone under a heading, words must belong there more surely than among others.
    value = [v * e.score for v, e in zip(_values(excerpts, vectors, LONGEST_SUBTITLE), excerpts, strict=True)]
    order = _order(excerpts, value)
    return next(excerpts[place] for place in order if (excerpts[place].language or "") == most)


def choose(
    excerpts: Sequence[Excerpt], vectors: Vectors, count: int = COUNT, most: int = MOST,
    beside: Sequence[Excerpt] = (),
) -> list[Excerpt]:  # fmt: skip
    """`count` excerpts, then the best of each language not yet heard, `most` in all; no text and no person
    twice, nor one that is quoted `beside` them.

    `vectors` (len(excerpts), dim) are unit rows. Ties go to the lower comment id.
    """
    if not excerpts:
        return []
    value = _values(excerpts, vectors, LONGEST)
    order = _order(excerpts, value)
    chosen = [excerpts.index(excerpt) for excerpt in beside]
    taken = len(chosen)
    while len(chosen) < taken + count and (left := _unused(order, chosen, excerpts)):
        chosen.append(max(left, key=lambda i: _marginal(i, chosen, value, vectors)))
    for language in sorted({e.language for e in excerpts if e.language}):
        if len(chosen) < taken + most and language not in {excerpts[i].language for i in chosen}:
            chosen += [i for i in _unused(order, chosen, excerpts) if excerpts[i].language == language][:1]
    return [excerpts[i] for i in chosen[taken:]]


def other_view(
    excerpts: Sequence[Excerpt], vectors: Vectors, tone_scores: Mapping[str, float]
) -> Excerpt | None:
    """The surest excerpt of a tone opposite to that of most people, where both tones are sure.

    `tone_scores` gives comment ids a tone from -1 (negative) to 1 (positive); one without has none. None
    where too few are sure, or people are divided. `vectors` (len(excerpts), dim) are unit rows.
    """
    tone = [tone_scores.get(excerpt.comment_id, 0.0) for excerpt in excerpts]
    people: dict[bool, set[str]] = defaultdict(set)
    for excerpt, score in zip(excerpts, tone, strict=True):
        if abs(score) >= SURE:
            people[score > 0].add(excerpt.person)
    agreed = max((False, True), key=lambda positive: len(people[positive]))
    sure = len(people[True] | people[False])
    if len(people[agreed]) < LEAST_AGREED or len(people[agreed]) < SHARE_AGREED * sure:
        return None
    value = _values(excerpts, vectors, LONGEST)
    others = [
        place
        for place in _order(excerpts, [abs(t) * v for t, v in zip(tone, value, strict=True)])
        if abs(tone[place]) >= SURE
        and (tone[place] > 0) is not agreed
        and excerpts[place].person not in people[agreed]
        # A few words alone, such as a list of what was good, sound like a tone they don't have.
        and excerpts[place].end - excerpts[place].start >= SHORTEST
    ]
    return excerpts[others[0]] if others else None


def _values(excerpts: Sequence[Excerpt], vectors: Vectors, longest: int) -> list[float]:
    middle = unit(vectors.mean(axis=0, keepdims=True))[0]
    return [round(float(v @ middle) * _fit(e, longest), 4) for e, v in zip(excerpts, vectors, strict=True)]


def _order(excerpts: Sequence[Excerpt], value: Sequence[float]) -> list[int]:
    return sorted(range(len(excerpts)), key=lambda i: (-value[i], excerpts[i].comment_id, excerpts[i].start))


def _fit(excerpt: Excerpt, longest: int) -> float:
    """How well an excerpt can be read alone: too short says little, too long isn't read."""
    length = excerpt.end - excerpt.start
    sure = 0.5 + 0.5 * excerpt.score
    if length < SHORTEST:
        return sure * (0.5 + 0.5 * length / SHORTEST)
    return sure * (1.0 if length <= longest else longest / length)


def _unused(order: Sequence[int], chosen: Sequence[int], excerpts: Sequence[Excerpt]) -> list[int]:
    people = {excerpts[i].person for i in chosen}
    texts = {excerpts[i].text.casefold() for i in chosen}
    return [i for i in order if excerpts[i].person not in people and excerpts[i].text.casefold() not in texts]


def _marginal(i: int, chosen: Sequence[int], value: Sequence[float], vectors: Vectors) -> float:
    nearest = max((float(vectors[i] @ vectors[j]) for j in chosen), default=0.0)
    return float(np.round(CENTRAL * value[i] - (1 - CENTRAL) * nearest, 4))

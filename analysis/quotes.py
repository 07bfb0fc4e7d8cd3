"""Which words stand for a theme: central first, then different from those chosen, across languages. Always
verbatim.

Maximal marginal relevance (Carbonell and Goldstein 1998) over excerpts of a readable length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.centre import unit
from analysis.encode import Vectors

CENTRAL = 0.6
COUNT = 3
MOST = 8
SHORTEST, LONGEST = 25, 220


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


def choose(
    excerpts: Sequence[Excerpt], vectors: Vectors, count: int = COUNT, most: int = MOST
) -> list[Excerpt]:
    """`count` excerpts, then the best of each language not yet heard, `most` in all; no text and no person
    twice.

    `vectors` (len(excerpts), dim) are unit rows. Ties go to the lower comment id.
    """
    if not excerpts:
        return []
    middle = unit(vectors.mean(axis=0, keepdims=True))[0]
    value = [round(float(v @ middle) * _fit(e), 4) for e, v in zip(excerpts, vectors, strict=True)]
    order = sorted(range(len(excerpts)), key=lambda i: (-value[i], excerpts[i].comment_id, excerpts[i].start))
    chosen: list[int] = []
    while len(chosen) < count and (left := _unused(order, chosen, excerpts)):
        chosen.append(max(left, key=lambda i: _marginal(i, chosen, value, vectors)))
    for language in sorted({e.language for e in excerpts if e.language}):
        if len(chosen) < most and language not in {excerpts[i].language for i in chosen}:
            chosen += [i for i in _unused(order, chosen, excerpts) if excerpts[i].language == language][:1]
    return [excerpts[i] for i in chosen]


def _fit(excerpt: Excerpt) -> float:
    """How well an excerpt can be read alone: too short says little, too long isn't read."""
    length = excerpt.end - excerpt.start
    sure = 0.5 + 0.5 * excerpt.score
    if length < SHORTEST:
        return sure * (0.5 + 0.5 * length / SHORTEST)
    return sure * (1.0 if length <= LONGEST else LONGEST / length)


def _unused(order: Sequence[int], chosen: Sequence[int], excerpts: Sequence[Excerpt]) -> list[int]:
    people = {excerpts[i].person for i in chosen}
    texts = {excerpts[i].text.casefold() for i in chosen}
    return [i for i in order if excerpts[i].person not in people and excerpts[i].text.casefold() not in texts]


def _marginal(i: int, chosen: Sequence[int], value: Sequence[float], vectors: Vectors) -> float:
    nearest = max((float(vectors[i] @ vectors[j]) for j in chosen), default=0.0)
    return float(np.round(CENTRAL * value[i] - (1 - CENTRAL) * nearest, 4))

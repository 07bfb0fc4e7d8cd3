"""Whether another way to compute vectors may stand in for ours: the same neighbours, and faster here.

Cosines mislead (vectors of e5 crowd together), so what counts is who lies next to whom. A way whose vectors
depend on the texts beside them is refused: dynamic int8, say, has the same nearest neighbour for .80 only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.encode import Encoder, Vectors

NEAREST, TEN_NEAREST = 0.98, 0.99
# One step of the fourth decimal, to which vectors are rounded.
APART = 1.5e-4
FASTER = 1.1
TEN = 10
ALONE = 12


@dataclass(frozen=True)
class Gate:
    """`nearest`, `ten_nearest` shares of texts and neighbours that stay; `apart` the most a number of a
    vector moved with the texts beside it; `faster` how many times as many texts a second.
    """

    name: str
    nearest: float
    ten_nearest: float
    apart: float
    faster: float

    @property
    def refusal(self) -> str | None:
        """Why this way is not taken, in one sentence; None where it may be."""
        if self.nearest < NEAREST:
            return f"{self.name} is not used: the nearest text stays the same for only {self.nearest:.1%}."
        if self.ten_nearest < TEN_NEAREST:
            return f"{self.name} is not used: of the ten nearest texts only {self.ten_nearest:.1%} stay."
        if self.apart > APART:
            return f"{self.name} is not used: a text's vector depends on the texts beside it."
        if self.faster < FASTER:
            return f"{self.name} is not used: here it is {self.faster:.2f} times as fast as our own way."
        return None


def prove(
    candidate: Encoder,
    reference: Encoder,
    texts: Sequence[str],
    clock: Callable[[], float] = time.perf_counter,
) -> Gate:
    """Measures `candidate` against `reference` on at least 20 different texts; `clock` tells seconds."""
    half = len(texts) // 2
    candidate.encode(texts[:ALONE])
    reference.encode(texts[:ALONE])
    # By turns, so that a machine that slows down slows both.
    theirs, ours, seconds, our_seconds = [], [], 0.0, 0.0
    for part in (texts[:half], texts[half:]):
        start = clock()
        theirs.append(candidate.encode(part))
        between = clock()
        ours.append(reference.encode(part))
        seconds += between - start
        our_seconds += clock() - between
    vectors = np.concatenate(theirs)
    alone = np.concatenate([candidate.encode([text]) for text in texts[:ALONE]])
    same = _neighbours(np.concatenate(ours), TEN), _neighbours(vectors, TEN)
    kept = [len(set(a) & set(b)) / TEN for a, b in zip(*same, strict=True)]
    return Gate(
        candidate.name,
        float((same[0][:, 0] == same[1][:, 0]).mean()),
        float(np.mean(kept)),
        float(np.abs(vectors[: len(alone)] - alone).max()),
        our_seconds / seconds,
    )


def _neighbours(vectors: Vectors, count: int) -> np.ndarray:
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1)
    return np.argsort(-near, axis=1, kind="stable")[:, :count]

"""Comments to themes of a codebook, and what is left to groups of its own.

A logistic model over the codebook's examples scores the whole comment and each clause; half of each counts.
Scores are then averaged with those of neighbours, which helps while no person has checked any. A comment
may have several themes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.centre import Offsets, unit
from analysis.codebook import Codebook
from analysis.encode import Encoder, Vectors
from analysis.logistic import Logistic, fit
from analysis.neighbours import graph, smooth

_remembered: dict[tuple[str, str, str], tuple[Logistic, Vectors]] = {}

Scores = npt.NDArray[np.float64]

# A theme beyond the first needs ASSIGN; the first needs ENOUGH, or the comment is not sorted yet.
ASSIGN = 0.35
ENOUGH = 0.2
SMOOTHED = 0.5


@dataclass(frozen=True)
class Pieces:
    """All texts of an analysis as vectors: one row per comment, and the clauses where there are several.

    `whole` (n, dim); `clauses` (m, dim); `owner` (m,) the row of each clause's comment; `spans` (m) its
    place there.
    """

    whole: Vectors
    clauses: Vectors
    owner: npt.NDArray[np.int64]
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Scored:
    """`scores` (n, themes) after smoothing; `best` (n, themes) each theme's best clause, -1 the whole."""

    scores: Scores
    best: npt.NDArray[np.int64]


def train(codebook: Codebook, encoder: Encoder, offsets: Offsets) -> tuple[Logistic, Vectors]:
    """The model of a codebook's examples and their middle, language offsets taken away.

    Remembered for the codebook and encoder of last time, where the encoder has a hash to be known by.
    """
    key = (encoder.name, encoder.sha256, codebook.sha256)
    if encoder.sha256 and key in _remembered:
        return _remembered[key]
    _remembered.clear()
    _remembered[key] = _train(codebook, encoder, offsets)
    return _remembered[key]


def _train(codebook: Codebook, encoder: Encoder, offsets: Offsets) -> tuple[Logistic, Vectors]:
    examples = [
        (number, example) for number, theme in enumerate(codebook.themes) for example in theme.examples
    ]
    vectors = encoder.encode([example.text for _, example in examples])
    vectors = vectors - np.stack([offsets.get(example.language) for _, example in examples])
    middle = vectors.mean(axis=0)
    members = np.zeros((len(examples), len(codebook.themes)), dtype=bool)
    members[np.arange(len(examples)), [number for number, _ in examples]] = True
    return fit(unit(vectors - middle), members), middle


def score(model: Logistic, pieces: Pieces) -> Scored:
    """How much of each theme each comment holds: its whole, its best clause and its neighbours."""
    scores = model.scores(pieces.whole)
    best = np.full(scores.shape, -1, dtype=np.int64)
    by_clause = model.scores(pieces.clauses)
    for row in np.unique(pieces.owner):
        mine = np.flatnonzero(pieces.owner == row)
        best[row] = mine[by_clause[mine].argmax(axis=0)]
        scores[row] = (scores[row] + by_clause[mine].max(axis=0)) / 2
    if len(scores):
        scores = (1 - SMOOTHED) * scores + SMOOTHED * smooth(graph(pieces.whole), scores)
    return Scored(scores.round(4), best)


def assign(scores: Scores) -> list[list[int]]:
    """The themes of each row, surest first; [] where none is sure enough. Ties go to the earlier one."""
    assigned: list[list[int]] = []
    for row in scores:
        order = [int(theme) for theme in np.argsort(-row, kind="stable")]
        first = [theme for theme in order[:1] if row[theme] >= ENOUGH]
        assigned.append(first + [theme for theme in order[1:] if first and row[theme] >= ASSIGN])
    return assigned

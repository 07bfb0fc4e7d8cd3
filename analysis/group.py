"""How much of each theme a comment holds: half by the whole of it, half by its best clause."""

from __future__ import annotations

import numpy as np

from analysis.calibrate import Scores
from analysis.features import Features
from analysis.logistic import Logistic
from analysis.texts import Rows


def score(model: Logistic, texts: Features) -> tuple[Scores, Rows]:
    """Scores (n, themes), and the clause (n, themes) that says most for each; -1 is the whole comment."""
    scores = model.scores(texts.whole)
    best = np.full(scores.shape, -1, dtype=np.int64)
    if not len(texts.owner):
        return scores, best
    by_clause = model.scores(texts.clauses)
    rows, starts = np.unique(texts.owner, return_index=True)
    highest = np.maximum.reduceat(by_clause, starts, axis=0)
    scores[rows] = (scores[rows] + highest) / 2
    number = np.arange(len(by_clause))[:, None]
    wins = by_clause == highest[np.searchsorted(rows, texts.owner)]
    best[rows] = np.minimum.reduceat(np.where(wins, number, len(by_clause)), starts, axis=0)
    return scores, best

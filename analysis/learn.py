"""Themes learnt from a codebook's examples and from what people checked, in one model.

Comments that people checked are drawn from what is being sorted, so once a theme has many of them its
examples count half. While few are checked, scores are averaged with those of neighbours. What a model says of
checked comments it had not seen chooses the edges and shows how well it does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from analysis.calibrate import DEFAULT, Edges, Scores, calibrated
from analysis.checking import Told
from analysis.encode import Vectors
from analysis.features import Features
from analysis.group import score
from analysis.logistic import MARGIN_STRENGTH, Logistic, fit
from analysis.neighbours import STEPS, graph, smooth
from analysis.texts import Examples, Flags, Rows

FOLDS = 4
# From so many checked comments of a theme on its examples count half.
EXAMPLES_HALVED_FROM = 30
# Neighbours count until so many comments are checked; how much: nothing checked, and something.
UNSMOOTHED_FROM = 200
NEIGHBOURS = (0.5, 0.3)


@dataclass(frozen=True)
class Learnt:
    """`scores` (n, themes) and the clause that says most (n, themes; -1 the whole comment).

    `unseen` (c, themes): the scores of the checked rows by models that had not seen them.
    """

    scores: Scores
    best: Rows
    unseen: Scores
    edges: Edges


def learn(texts: Features, examples: Examples, told: Told, seed: int) -> Learnt:
    """One model over the examples (the rows of `texts.examples`) and the checked comments.

    What people said of a comment stands for its neighbours too, but `scores` holds the machine's own view.
    """
    weight = _neighbours_count(len(told.rows))
    near = graph(texts.meaning) if weight else None
    everyone = np.ones(len(told.rows), dtype=bool)
    scores, best = score(_fit(texts, examples, told, everyone), texts)
    if near is not None:
        scores = _smoothed(scores, near, told, everyone, weight)
    unseen = _unseen(texts, examples, told, near, seed)
    edges = calibrated(unseen, told.members) if len(told.rows) else DEFAULT
    return Learnt(scores.round(4), best, unseen, edges)


def _neighbours_count(checked: int) -> float:
    if checked >= UNSMOOTHED_FROM:
        return 0.0
    return NEIGHBOURS[checked > 0]


def _fit(texts: Features, examples: Examples, told: Told, seen: Flags) -> Logistic:
    """The model of the examples and of the checked rows that are `seen` (c,)."""
    rows = np.vstack([texts.examples, texts.whole[told.rows[seen]]])
    members = np.vstack([examples.members, told.members[seen]])
    known = told.members.sum(axis=0) >= EXAMPLES_HALVED_FROM
    halved = np.where((examples.members & ~known).any(axis=1), 1.0, 0.5)
    weights = np.concatenate([halved * examples.weights, np.ones(int(seen.sum()))])
    return themes_model(rows, members, weights)


def themes_model(rows: Vectors, members: Flags, weights: npt.NDArray[np.float64] | None = None) -> Logistic:
    """The model of `members` (n, themes) by feature rows (n, f), `weights` (n,) saying what a row counts."""
    return fit(rows, members, MARGIN_STRENGTH, weights=weights, loss="margin")


def _smoothed(scores: Scores, near: csr_matrix, told: Told, seen: Flags, weight: float) -> Scores:
    known = scores.copy()
    known[told.rows[seen]] = told.members[seen]
    return (1 - weight) * scores + weight * smooth(near, known)


def _unseen(texts: Features, examples: Examples, told: Told, near: csr_matrix | None, seed: int) -> Scores:
    """Each fold of the checked rows as the model of the others sees it."""
    found = np.zeros(told.members.shape)
    # By chance: the queue's order says why a comment was checked.
    fold = np.random.default_rng(seed).permutation(len(told.rows)) % FOLDS
    weight = _neighbours_count(len(told.rows))
    for apart in [fold == number for number in range(min(FOLDS, len(told.rows)))]:
        mine = told.rows[apart]
        used = _around(near, mine) if near is not None else mine
        part = texts.of(used)
        scores, _ = score(_fit(texts, examples, told, ~apart), part)
        if near is not None:
            inside = np.isin(told.rows, used) & ~apart
            local = Told(np.searchsorted(used, told.rows), told.members, told.random)
            scores = _smoothed(scores, near[used][:, used], local, inside, weight)
        found[apart] = scores[np.searchsorted(used, mine)]
    return found


def _around(near: csr_matrix, rows: Rows) -> Rows:
    """The rows that smoothing these ones reaches, ascending."""
    for _ in range(STEPS):
        rows = np.unique(np.concatenate([rows, near[rows].indices]))
    return rows

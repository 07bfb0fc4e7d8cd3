"""Themes from checked comments: a logistic model, its threshold chosen on the checked comments."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.encode import Vectors
from analysis.logistic import fit

FOLDS = 4
THRESHOLDS = tuple(round(0.2 + 0.05 * step, 2) for step in range(9))
Flags = npt.NDArray[np.bool_]


def cross_checked(checked: Vectors, members: Flags, asked: Vectors) -> Flags:
    """The labels (m, labels) of `asked` (m, dim), learnt from `checked` (n, dim) with `members` (n, labels).

    The threshold is the one of the best micro-F1 when each quarter of the checked rows is predicted from
    the others.
    """
    folds = np.arange(len(checked)) % FOLDS
    scores = np.zeros(members.shape)
    for fold in range(FOLDS):
        apart = folds == fold
        if apart.any() and not apart.all():
            scores[apart] = fit(checked[~apart], members[~apart]).scores(checked[apart])
    best = max(THRESHOLDS, key=lambda edge: (_agreement(members, labelled(scores, edge)), -edge))
    return labelled(fit(checked, members).scores(asked), best)


def labelled(scores: npt.NDArray[np.float64], edge: float) -> Flags:
    """Each label over the edge, and the likeliest label of each row in any case."""
    chosen = scores >= edge
    if scores.shape[1]:
        chosen[np.arange(len(scores)), scores.argmax(axis=1)] = True
    return chosen


def _agreement(truth: Flags, predicted: Flags) -> float:
    return float(2 * (truth & predicted).sum() / max(truth.sum() + predicted.sum(), 1))

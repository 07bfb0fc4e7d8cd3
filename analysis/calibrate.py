"""From scores to themes: how sure is sure enough, chosen on what people checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.texts import Flags

Scores = npt.NDArray[np.float64]

# Fewer checked comments say too little to choose by.
LEAST_CHECKED = 30
ENOUGH = tuple(round(0.02 * step, 2) for step in range(2, 31))
MORE = tuple(round(0.02 * step, 2) for step in range(5, 36))


@dataclass(frozen=True)
class Edges:
    """The likeliest theme needs `enough`, or the comment has no theme yet; each further one needs `more`."""

    enough: float
    more: float


# With our services codebook and nothing checked, 4 % of comments stay under the first, and 16 % have a second
# theme over the other.
DEFAULT = Edges(0.28, 0.4)


def chosen(scores: Scores, edges: Edges) -> Flags:
    """(n, themes): the themes of each row. Of equally likely first themes the earlier one counts."""
    if not scores.size:
        return np.zeros(scores.shape, dtype=bool)
    rows, first = np.arange(len(scores)), scores.argmax(axis=1)
    found = scores >= max(edges.more, edges.enough)
    found[rows, first] = scores[rows, first] >= edges.enough
    return np.asarray(found & (scores[rows, first] >= edges.enough)[:, None])


def calibrated(scores: Scores, truth: Flags) -> Edges:
    """The edges of the best micro-F1 of `scores` (c, themes) that the checked rows had no part in.

    `DEFAULT` for fewer than `LEAST_CHECKED`. Of equal ones those nearest to `DEFAULT` are taken.
    """
    if len(scores) < LEAST_CHECKED:
        return DEFAULT
    tried = [Edges(enough, more) for more in MORE for enough in ENOUGH if enough <= more]
    away = {edges: abs(edges.enough - DEFAULT.enough) + abs(edges.more - DEFAULT.more) for edges in tried}
    return max(tried, key=lambda edges: (round(micro_f1(truth, chosen(scores, edges)), 4), -away[edges]))


def micro_f1(truth: Flags, predicted: Flags) -> float:
    """F1 over all (comment, theme) pairs together; both arrays (n, themes)."""
    return float(2 * (truth & predicted).sum() / max(truth.sum() + predicted.sum(), 1))

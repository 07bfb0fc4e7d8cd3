"""From scores to themes: how sure is sure enough, chosen on what people checked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analysis.texts import Flags

Scores = npt.NDArray[np.float64]

# Fewer checked comments say too little to choose by.
LEAST_CHECKED = 30
ENOUGH = tuple(round(0.02 * step, 2) for step in range(2, 31))
MORE = tuple(round(0.02 * step, 2) for step in range(5, 36))


# Themes that fewer checked comments have share one edge of their own, where together they have enough: each
# alone has too few to choose by, and the edge of the common ones would pass them over.
RARE = 50
LEAST_SHARED = 10


@dataclass(frozen=True)
class Edges:
    """A theme needs `more`, or what `by_theme` says of it; where none has it the likeliest needs `enough`, or
    the comment has no theme yet.
    """

    enough: float
    more: float
    by_theme: tuple[float, ...] = ()

    def each(self, themes: int) -> Scores:
        """(themes,)"""
        return np.array(self.by_theme or (self.more,) * themes)


# With our services codebook and nothing checked, 4 % of comments stay under the first, and 16 % have a second
# theme over the other.
DEFAULT = Edges(0.28, 0.4)


def chosen(scores: Scores, edges: Edges) -> Flags:
    """(n, themes): the themes of each row. Of equally likely first themes the earlier one counts."""
    if not scores.size:
        return np.zeros(scores.shape, dtype=bool)
    rows, first = np.arange(len(scores)), scores.argmax(axis=1)
    found = scores >= edges.each(scores.shape[1])
    found[rows, first] |= scores[rows, first] >= edges.enough
    return np.asarray(found)


def calibrated(scores: Scores, truth: Flags) -> Edges:
    """The edges that suit best the `scores` (c, themes) that the checked rows had no part in.

    By micro-F1 and the mean F1 of comments together: the first counts themes, the second comments, and would
    rather have a theme for each. `DEFAULT` for fewer than `LEAST_CHECKED`. Of equal ones those nearest to
    `DEFAULT` are taken.
    """
    if len(scores) < LEAST_CHECKED:
        return DEFAULT
    tried = [Edges(enough, more) for more in MORE for enough in ENOUGH if enough <= more]
    away = {edges: abs(edges.enough - DEFAULT.enough) + abs(edges.more - DEFAULT.more) for edges in tried}
    best = max(tried, key=lambda edges: (round(_worth(truth, chosen(scores, edges)), 4), -away[edges]))
    rare = truth.sum(axis=0) < RARE
    if truth[:, rare].sum() < LEAST_SHARED:
        return best
    each = np.where(rare, _shared(scores[:, rare], truth[:, rare], best.more), best.more)
    return replace(best, by_theme=tuple(each.tolist()))


def _worth(truth: Flags, predicted: Flags) -> float:
    both, total = (truth & predicted).sum(axis=1), truth.sum(axis=1) + predicted.sum(axis=1)
    # Of a comment that fits no theme, none is right.
    each = np.where(total > 0, 2 * both / np.maximum(total, 1), 1.0)
    return micro_f1(truth, predicted) + float(each.mean())


def _shared(scores: Scores, truth: Flags, more: float) -> float:
    """The edge of the best micro-F1 over these themes together; of equal ones the nearest to `more`."""
    return max(MORE, key=lambda edge: (round(micro_f1(truth, scores >= edge), 4), -abs(edge - more)))


def micro_f1(truth: Flags, predicted: Flags) -> float:
    """F1 over all (comment, theme) pairs together; both arrays (n, themes)."""
    return float(2 * (truth & predicted).sum() / max(truth.sum() + predicted.sum(), 1))

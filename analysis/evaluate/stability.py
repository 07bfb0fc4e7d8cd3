"""Are suggested themes the same when other comments are read, and do they bring back what a codebook lacks?

Without a codebook: the whole search, number of groups and all, on two random 80 % of the comments; the
adjusted Rand index of the two over the comments that both hold. Beside a codebook: themes are taken out of
it, and what it leaves is searched in the same way.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from analysis.codebook import Codebook
from analysis.evaluate.figure import Figure, Rows, bootstrap
from analysis.evaluate.labelled import Labelled
from analysis.pipeline import analyse
from analysis.records import UNSORTED

RUNS = 4
SUBSAMPLE = 0.8
TAKEN_OUT = 4
LEAST_COMMENTS = 200

Names = npt.NDArray[np.str_]


def figures(data: Labelled) -> list[Figure]:
    """Stability without a codebook; with one, what suggestions do where themes are missing from it."""
    if len(data.comments) < LEAST_COMMENTS:
        return []
    alike = [_alike(data, turn) for turn in range(RUNS)]
    found = [
        _mean(
            "themes without a codebook, two 80 % of the comments (ARI)", alike, data.seed, reach=0.75,
            note=f"{RUNS} pairs, all steps done anew in each",
        )
    ]  # fmt: skip
    return found + (_taken_out(data, data.codebook) if data.codebook else [])


def _alike(data: Labelled, turn: int) -> float:
    random = np.random.default_rng([data.seed, turn])
    size = int(len(data.comments) * SUBSAMPLE)
    halves = [np.sort(random.permutation(len(data.comments))[:size]) for _ in range(2)]
    both = np.intersect1d(halves[0], halves[1])
    first, second = (_themes(data, rows, None)[np.searchsorted(rows, both)] for rows in halves)
    return float(adjusted_rand_score(first, second))


def _taken_out(data: Labelled, codebook: Codebook) -> list[Figure]:
    """The comments that the whole codebook gives to the largest themes, once those are gone from it."""
    everything = np.arange(len(data.comments))
    whole = _themes(data, everything, codebook)
    own = {theme.id for theme in codebook.themes}
    names, counts = np.unique(whole[np.isin(whole, list(own))], return_counts=True)
    gone = set(names[np.argsort(-counts)][1 : 1 + TAKEN_OUT].tolist())
    less = replace(codebook, themes=tuple(theme for theme in codebook.themes if theme.id not in gone))
    now = _themes(data, everything, less)
    kept = {theme.id for theme in less.themes}
    left = np.flatnonzero(np.isin(whole, list(gone)) & ~np.isin(now, list(kept)))
    suggested = np.flatnonzero(~np.isin(now, [*kept, UNSORTED]))
    again = np.intersect1d(left, suggested)
    return [
        bootstrap(
            f"{TAKEN_OUT} themes taken out: their comments left over that a suggestion brings back, share",
            len(left), data.seed, lambda at: float(np.isin(left[at], suggested).mean()),
        ),
        bootstrap(
            f"{TAKEN_OUT} themes taken out: suggestions and what was taken out (AMI)", len(again), data.seed,
            lambda at: float(adjusted_mutual_info_score(whole[again[at]], now[again[at]])),
        ),
    ]  # fmt: skip


def _themes(data: Labelled, rows: Rows, codebook: Codebook | None) -> Names:
    comments = [data.comments[row] for row in rows]
    found = analyse(
        comments, codebook=codebook, encoder=data.encoder, seed=data.seed, cache=data.cache, watchlist=None
    )
    primary = {coding.comment_id: coding.theme_id for coding in found.codings if coding.primary}
    return np.array([primary[comment.id] for comment in comments])


def _mean(name: str, values: list[float], seed: int, *, reach: float, note: str) -> Figure:
    return bootstrap(
        name, len(values), seed, lambda at: float(np.array(values)[at].mean()), reach=reach, note=note
    )

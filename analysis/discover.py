"""Themes that no codebook names: groups among comments, their number chosen by stability.

Without a codebook: k-means over neighbour-smoothed vectors beside neighbour-smoothed words, for each number
of groups from 6 to 15 (fewer for few comments); the largest number whose groups come back in random 80 % of
the data wins. Beside a codebook: tight groups among what it leaves.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score

from analysis.centre import unit
from analysis.encode import Vectors
from analysis.few import distinctness, tight_groups
from analysis.neighbours import graph, smooth
from analysis.words import word_vectors

Labels = npt.NDArray[np.int64]

NUMBERS = range(6, 16)
STABLE = 0.70
TRIALS = 3
SUBSAMPLE = 0.8
LEAST = 5
LEFTOVER_CUT = 0.6
WORDS_WEIGHT = 1.5
WORDS_DIM = 100


def features(vectors: Vectors, texts: Sequence[str]) -> Vectors:
    """float32 (n, dim + words) for grouping: meaning beside words, both smoothed over neighbours."""
    near = graph(vectors)
    meaning = unit(smooth(near, vectors.astype(np.float64)).astype(np.float32))
    words = unit(smooth(near, word_vectors(texts, WORDS_DIM).astype(np.float64)).astype(np.float32))
    return np.hstack([meaning, np.float32(WORDS_WEIGHT) * words])


def suggest(vectors: Vectors, people: Sequence[str], seed: int) -> list[list[int]]:
    """Groups among what no theme of the codebook covers: tight ones of at least 5 people, or none at all.

    A comment that fits nowhere is better left unsorted, in plain sight, than put with others by force.
    """
    return [
        rows
        for rows in tight_groups(vectors, seed, LEFTOVER_CUT)
        if len({people[row] for row in rows}) >= LEAST and distinctness(vectors, rows) >= 0
    ]


def discover(vectors: Vectors, texts: Sequence[str], seed: int) -> list[list[int]]:
    """All rows parted into groups, for when there is no codebook; a group under 5 rows is left out."""
    if len(vectors) < 2 * LEAST:
        return []
    points = features(vectors, texts).round(4)
    labels = _kmeans(points, _number(points, seed), seed)
    groups = [np.flatnonzero(labels == label).tolist() for label in dict.fromkeys(labels.tolist())]
    return [rows for rows in groups if len(rows) >= LEAST]


def stability(points: Vectors, number: int, seed: int) -> float:
    """Mean adjusted Rand index between groupings of two random 80 % of the rows, on the rows both hold."""
    random = np.random.default_rng(seed)
    size = int(len(points) * SUBSAMPLE)
    found = []
    for trial in range(TRIALS):
        first, second = (np.sort(random.permutation(len(points))[:size]) for _ in range(2))
        labels = np.full((2, len(points)), -1)
        labels[0, first] = _kmeans(points[first], number, seed + trial)
        labels[1, second] = _kmeans(points[second], number, seed + trial + TRIALS)
        both = (labels >= 0).all(axis=0)
        found.append(adjusted_rand_score(labels[0, both], labels[1, both]))
    return float(np.mean(found))


def _number(points: Vectors, seed: int) -> int:
    """The largest number of groups that is stable; else the most stable one."""
    highest = min(NUMBERS[-1], len(points) // (2 * LEAST))
    tried = {
        k: round(stability(points, k, seed), 4)
        for k in range(min(NUMBERS[0], highest, 2 + len(points) // 40), highest + 1)
    }
    stable = [k for k, value in tried.items() if value >= STABLE and k > 1]
    return max(stable) if stable else max(tried, key=lambda k: (tried[k], k))


def _kmeans(points: Vectors, number: int, seed: int) -> Labels:
    with warnings.catch_warnings():
        # Fewer distinct texts than groups is no fault here: the empty groups fall away.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = KMeans(max(1, min(number, len(points))), n_init=4, random_state=seed % (1 << 32))
        return np.asarray(model.fit_predict(points), dtype=np.int64)

"""Themes that no codebook names: groups among comments, their number chosen by stability.

k-means over neighbour-smoothed vectors beside neighbour-smoothed words, for each number of groups from 6 to
15 (fewer for few comments); the largest number whose groups come back in random halves of the data wins.
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
from analysis.neighbours import graph, smooth
from analysis.words import word_vectors

Labels = npt.NDArray[np.int64]

NUMBERS = range(6, 16)
STABLE = 0.70
TRIALS = 3
SUBSAMPLE = 0.8
LEAST = 5
WORDS_WEIGHT = 1.5
WORDS_DIM = 100


def features(vectors: Vectors, texts: Sequence[str]) -> Vectors:
    """float32 (n, dim + words) for grouping: smoothed meaning beside smoothed words, neighbours by meaning."""
    near = graph(vectors)
    meaning = unit(smooth(near, vectors.astype(np.float64)).astype(np.float32))
    words = unit(smooth(near, word_vectors(texts, WORDS_DIM).astype(np.float64)).astype(np.float32))
    return np.hstack([meaning, np.float32(WORDS_WEIGHT) * words])


def discover(vectors: Vectors, texts: Sequence[str], seed: int) -> Labels:
    """A group number for each row, -1 for rows in no group; groups hold at least 5 rows, numbered by their
    first row.
    """
    rows = len(vectors)
    if rows < 2 * LEAST:
        return np.full(rows, -1, dtype=np.int64)
    points = features(vectors, texts).round(4)
    labels = _kmeans(points, _number(points, seed), seed)
    sizes = np.bincount(labels)
    labels = np.where(sizes[labels] >= LEAST, labels, -1)
    names = {group: number for number, group in enumerate(dict.fromkeys(labels[labels >= 0].tolist()))}
    return np.array([names.get(int(group), -1) for group in labels], dtype=np.int64)


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
        return model.fit_predict(points).astype(np.int64)

"""Themes that no codebook names: groups among comments, their number chosen by stability.

Without a codebook: k-means over neighbour-smoothed vectors beside neighbour-smoothed words; the largest of
a few numbers of groups that come back in random 80 % of the data wins. Where languages are mixed, words count
less, and a comment's group is settled together with its nearest neighbours, so that the same thing said in
two languages lies in one group. Beside a codebook: tight groups among what it leaves.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score

from analysis.centre import unit
from analysis.encode import Vectors
from analysis.few import distinctness, tight_groups
from analysis.language import base
from analysis.neighbours import graph, smooth
from analysis.words import word_vectors

NUMBERS = (4, 6, 8, 10, 12)
STABLE = 0.80
TRIALS = 4
SUBSAMPLE = 0.8
# More rows tell no more about how many groups there are.
TRIED = 4_000
LEAST = 5
LEFTOVER_CUT = 0.6
WORDS_WEIGHT = 1.0
WORDS_DIM = 100
# Neighbours to smooth over, and the few that a group is settled with.
WIDE, CLOSE = 20, 5
DIM = 50


def features(vectors: Vectors, texts: Sequence[str], weight: float = WORDS_WEIGHT) -> Vectors:
    """float32 (n, at most DIM) for grouping: meaning beside words, both smoothed over neighbours.

    `weight` of the words; the directions that tell comments apart least are dropped.
    """
    near = graph(vectors, WIDE)
    meaning = unit(smooth(near, vectors.astype(np.float64)).astype(np.float32))
    words = unit(smooth(near, word_vectors(texts, WORDS_DIM).astype(np.float64)).astype(np.float32))
    both = np.hstack([meaning, np.float32(weight) * words]).astype(np.float64)
    both -= both.mean(axis=0)
    _, axes = np.linalg.eigh(both.T @ both)
    return np.asarray(both @ axes[:, ::-1][:, :DIM], dtype=np.float32)


def suggest(vectors: Vectors, people: Sequence[str], seed: int) -> list[list[int]]:
    """Groups among what no theme of the codebook covers: tight ones of at least 5 people, or none at all.

    A comment that fits nowhere is better left unsorted, in plain sight, than put with others by force.
    """
    return [
        rows
        for rows in tight_groups(vectors, seed, LEFTOVER_CUT)
        if len({people[row] for row in rows}) >= LEAST and distinctness(vectors, rows) >= 0
    ]


def discover(
    vectors: Vectors, texts: Sequence[str], languages: Sequence[str | None], seed: int
) -> list[list[int]]:
    """All rows parted into groups, for when there is no codebook; a group under 5 rows is left out.

    `vectors` (n, dim) unit rows, languages taken away.
    """
    if len(vectors) < 2 * LEAST:
        return []
    alike = _same_language(languages)
    points = features(vectors, texts, WORDS_WEIGHT * alike).round(4)
    model = _kmeans(points, _number(points, seed), seed)
    far = model.transform(points).astype(np.float64) ** 2
    # The same thing said in two languages has one group, however its translation fell.
    if alike < 1:
        far = alike * far + (1 - alike) * smooth(graph(vectors, CLOSE), far)
    labels = far.round(6).argmin(axis=1)
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
        labels[0, first] = _kmeans(points[first], number, seed + trial).labels_
        labels[1, second] = _kmeans(points[second], number, seed + trial + TRIALS).labels_
        both = (labels >= 0).all(axis=0)
        found.append(adjusted_rand_score(labels[0, both], labels[1, both]))
    return float(np.mean(found))


def _same_language(languages: Sequence[str | None]) -> float:
    """How likely two random comments have the same language."""
    counts = np.array(list(Counter(base(tag) if tag else "" for tag in languages).values()))
    return float(((counts / counts.sum()) ** 2).sum())


def _number(points: Vectors, seed: int) -> int:
    """The largest number of groups that is stable; else the most stable one."""
    points = points[np.random.default_rng(seed).permutation(len(points))[:TRIED]]
    highest = len(points) // (2 * LEAST)
    numbers = [number for number in (2, 3, *NUMBERS) if number <= highest]
    if len(points) >= LEAST * NUMBERS[-1]:
        numbers = list(NUMBERS)
    tried = {number: round(stability(points, number, seed), 4) for number in numbers}
    stable = [number for number, value in tried.items() if value >= STABLE]
    return max(stable) if stable else max(tried, key=lambda number: (tried[number], number), default=1)


def _kmeans(points: Vectors, number: int, seed: int) -> KMeans:
    with warnings.catch_warnings():
        # Fewer distinct texts than groups is no fault here: the empty groups fall away.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return KMeans(max(1, min(number, len(points))), n_init=6, random_state=seed % (1 << 32)).fit(points)

"""What only a handful said: small groups that belong together and to nothing else, never dissolved into big
themes.

Average-link groups cut at a cosine distance of .55, on vectors with the shipped language offsets only:
centring on few texts would pull one community's complaint apart. Ranked by how far a group stands from all
other comments and how little the codebook has to say about it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import MiniBatchKMeans

from analysis.encode import Vectors

CUT = 0.55
LEAST, MOST = 3, 30
LEAST_PEOPLE = 3
SHOWN = 10
OUTSIDE = 5
# Nearer to each other than to anything else by this much, or it is a corner of something larger: a language,
# say. Planted groups stand at .15 to .30, the Somali corner of six mixed languages at .01.
APART = 0.1
# "Fine", "Dobrze" and a thumb up lie close together, and nobody is helped by reading them as a theme.
LEAST_WORDS = 3
# Distances take n * n numbers, so beyond this the rows are parted first.
WHOLE, CELL = 8_000, 2_000


def few_people(
    vectors: Vectors,
    texts: Sequence[str],
    people: Sequence[str],
    known: npt.NDArray[np.float64],
    seed: int,
    shown: int = SHOWN,
) -> list[list[int]]:
    """The rows of each small group, the most worth reading first, at most `shown` groups.

    `vectors` (n, dim) unit rows centred by the shipped offsets; `known` (n,) how well a theme already
    covers each row.
    """
    groups = [rows for rows in tight_groups(vectors, seed) if _counts(rows, texts, people)]
    groups = [rows for rows in groups if distinctness(vectors, rows) >= APART]
    if not groups:
        return []
    distinct = np.array([distinctness(vectors, rows) for rows in groups])
    novel = np.array([1 - known[rows].mean() for rows in groups])
    worth = (_standard(distinct) + _standard(novel)).round(4)
    order = sorted(range(len(groups)), key=lambda g: (-worth[g], groups[g]))
    return [groups[g] for g in order[:shown]]


def _counts(rows: Sequence[int], texts: Sequence[str], people: Sequence[str]) -> bool:
    different = len({texts[row].casefold() for row in rows if len(texts[row].split()) >= LEAST_WORDS})
    return (
        LEAST <= len(rows) <= MOST
        and different >= LEAST
        and len({people[row] for row in rows}) >= LEAST_PEOPLE
    )


def tight_groups(vectors: Vectors, seed: int, cut: float = CUT) -> list[list[int]]:
    """Average-link groups of the rows of `vectors` (n, dim), cut at a cosine distance of `cut`."""
    if len(vectors) < LEAST:
        return []
    cells = np.zeros(len(vectors), dtype=np.int64)
    if len(vectors) > WHOLE:
        cells = MiniBatchKMeans(len(vectors) // CELL, n_init=3, random_state=seed % (1 << 32)).fit_predict(
            vectors
        )
    found: list[list[int]] = []
    for cell in np.unique(cells):
        rows = np.flatnonzero(cells == cell)
        if len(rows) >= LEAST:
            labels = fcluster(linkage(_distances(vectors[rows]), "average"), cut, "distance")
            found += [rows[labels == label].tolist() for label in np.unique(labels)]
    return found


def _distances(vectors: Vectors) -> npt.NDArray[np.float64]:
    far = 1 - (vectors @ vectors.T).astype(np.float64).round(5)
    far = np.maximum((far + far.T) / 2, 0)
    np.fill_diagonal(far, 0)
    return np.asarray(squareform(far, checks=False))


def distinctness(vectors: Vectors, rows: Sequence[int]) -> float:
    """How much nearer the rows are to each other than to the five comments nearest from outside."""
    near = vectors[rows] @ vectors.T
    inner = near[:, rows]
    within = (inner.sum() - np.trace(inner)) / (len(rows) * (len(rows) - 1))
    outside = np.delete(near, rows, axis=1)
    if outside.shape[1] == 0:
        return float(within)
    nearest = np.sort(outside, axis=1)[:, -OUTSIDE:]
    return float(within - nearest.mean())


def _standard(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)

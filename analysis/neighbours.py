"""Who lies next to whom, and averages over neighbours."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from analysis.encode import Vectors

NEIGHBOURS = 10
STEPS = 2
BLOCK = 1024


def graph(vectors: Vectors, count: int = NEIGHBOURS) -> csr_matrix:
    """(n, n) row-normalised: each row's `count` nearest by cosine and itself, alike. Ties go to the earlier
    row.
    """
    rows = len(vectors)
    keep = min(count + 1, rows)
    columns = np.empty((rows, keep), dtype=np.int64)
    for start in range(0, rows, BLOCK):
        near = vectors[start : start + BLOCK] @ vectors.T
        # Each row belongs to its own neighbourhood, even where many others are equal to it.
        near[np.arange(len(near)), np.arange(start, start + len(near))] = 2
        columns[start : start + BLOCK] = _largest(near, keep)
    values = np.full(rows * keep, 1 / keep) if rows else np.zeros(0)
    return csr_matrix((values, columns.ravel(), np.arange(rows + 1) * keep), shape=(rows, rows))


def smooth(near: csr_matrix, values: npt.NDArray[np.float64], steps: int = STEPS) -> npt.NDArray[np.float64]:
    """`values` (n, k) averaged over the graph `steps` times."""
    for _ in range(steps):
        values = near @ values
    return values


def _largest(near: Vectors, keep: int) -> npt.NDArray[np.int64]:
    if keep == near.shape[1]:
        return np.tile(np.arange(keep), (len(near), 1))
    # Rounded, so that equal texts tie exactly and the order of rows decides.
    near = near.round(5)
    edge = -np.partition(-near, keep - 1, axis=1)[:, keep - 1 : keep]
    order = np.empty((len(near), keep), dtype=np.int64)
    for row, (values, least) in enumerate(zip(near, edge[:, 0], strict=True)):
        above = np.flatnonzero(values > least)
        order[row] = np.concatenate([above, np.flatnonzero(values == least)[: keep - len(above)]])
    return order

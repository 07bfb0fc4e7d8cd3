from __future__ import annotations

import numpy as np

from analysis.centre import unit
from analysis.neighbours import graph, smooth

CIRCLE = np.array([[np.cos(a), np.sin(a)] for a in (0, 0.1, 0.2, 3.0, 3.1)], dtype=np.float32)


def neighbours(row: int, vectors: np.ndarray, count: int) -> set[int]:
    return set(graph(vectors, count)[[row]].indices.tolist())


def test_the_nearest_are_found_and_oneself_is_among_them() -> None:
    assert neighbours(0, CIRCLE, 2) == {0, 1, 2}
    assert neighbours(4, CIRCLE, 1) == {3, 4}


def test_among_equals_the_earlier_ones_count_and_oneself_always() -> None:
    same = np.repeat(CIRCLE[:1], 20, axis=0)
    assert neighbours(15, same, 3) == {0, 1, 2, 15}


def test_an_average_over_neighbours_stays_between_them() -> None:
    random = unit(np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32))
    values = np.random.default_rng(1).random((50, 3))
    found = smooth(graph(random), values)
    assert values.min() <= found.min()
    assert found.max() <= values.max()
    assert found.std() < values.std()
    np.testing.assert_allclose(smooth(graph(random), np.ones((50, 1))), 1)


def test_one_row_and_no_row() -> None:
    assert graph(CIRCLE[:1]).toarray().tolist() == [[1.0]]
    assert graph(CIRCLE[:0]).shape == (0, 0)

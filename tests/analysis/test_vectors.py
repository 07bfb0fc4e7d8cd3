from __future__ import annotations

import numpy as np

from analysis.vectors import Item, embed
from analysis.words import WordEncoder

TEXTS = ["the wait was long", "the staff were kind", "the wait was long", "kind staff and a long wait"]
ITEMS: list[Item] = [(f"c{n}", text) for n, text in enumerate(TEXTS)]
ENCODER = WordEncoder(TEXTS)


def test_each_item_has_the_vector_of_its_text() -> None:
    assert np.array_equal(embed(ENCODER, ITEMS), ENCODER.encode(TEXTS))


def test_equal_texts_are_encoded_once_and_progress_counts_texts() -> None:
    steps: list[tuple[int, int]] = []
    embed(ENCODER, ITEMS * 300, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(3, 3)]


def test_nothing_to_encode() -> None:
    assert embed(ENCODER, []).shape == (0, ENCODER.dim)


def test_words_know_only_words() -> None:
    rows = ENCODER.encode(["the wait was long", "the wait was long", "zażółć"])
    assert np.array_equal(rows[0], rows[1])
    assert not rows[2].any()
    np.testing.assert_allclose(np.linalg.norm(rows[:2], axis=1), 1, atol=1e-3)


def test_words_that_nobody_repeats_are_vectors_of_nothing() -> None:
    assert not WordEncoder(["one", "two"]).encode(["one"]).any()

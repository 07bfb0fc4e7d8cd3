"""The fast arithmetic against the plain one, on a model small enough to follow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import erf, softmax
from threadpoolctl import threadpool_limits

from analysis.e5file import E5File
from analysis.transformer import Transformer

from .tiny import HEADS, HIDDEN, small_model, weights_file

Doubles = npt.NDArray[np.float64]
MODEL = {name: tensor.astype(np.float64) for name, tensor in small_model().items()}
TEXTS = [[0, 5, 8, 2], [0, 2], [0, 6, 7, 9, 10, 10, 4, 3, 2], [0, 8, 5, 2]]


def normal(x: Doubles, name: str) -> Doubles:
    x = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + 1e-12)
    return x * MODEL[f"{name}.w"] + MODEL[f"{name}.b"]


def product(x: Doubles, name: str) -> Doubles:
    return x @ MODEL[f"l0.{name}.w"].T + MODEL[f"l0.{name}.b"]


def by_the_book(ids: Sequence[int]) -> Doubles:
    """One text alone, in double precision, with the exact error function."""
    x = normal(MODEL["emb.word"][ids] + MODEL["emb.pos"][: len(ids)] + MODEL["emb.type"][0], "emb.ln")
    query, key, value = (np.split(product(x, part), HEADS, axis=1) for part in "qkv")
    heads = [
        softmax(q @ k.T / np.sqrt(HIDDEN // HEADS), axis=1) @ v
        for q, k, v in zip(query, key, value, strict=True)
    ]
    x = normal(x + product(np.hstack(heads), "ao"), "l0.aln")
    up = product(x, "fi")
    x = normal(x + product(up * (1 + erf(up / np.sqrt(2))) / 2, "fo"), "l0.oln")
    mean: Doubles = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_it_computes_what_the_book_says() -> None:
    found = Transformer(E5File(weights_file(small_model()))).pool(TEXTS)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [by_the_book(ids) for ids in TEXTS], atol=2e-3)


def test_a_text_is_the_same_to_the_last_bit_alone_and_in_company() -> None:
    model = Transformer(E5File(weights_file(small_model())))
    with threadpool_limits(1):
        alone = np.vstack([model.pool([ids]) for ids in TEXTS])
        assert np.array_equal(model.pool(TEXTS), alone)
        assert np.array_equal(model.pool(TEXTS[::-1])[::-1], alone)
        assert np.array_equal(model.pool([*TEXTS * 30])[:: -len(TEXTS)], alone[[-1] * 30])

from __future__ import annotations

import numpy as np
import pytest

from analysis.e5file import E5File, WeightsBroken

from .tiny import HIDDEN, PIECES, q4, small_model, weights_file

LOW, HIGH = list(range(-8, 8)), list(range(7, -9, -1))


def test_what_was_written_is_read() -> None:
    model = small_model()
    file = E5File(weights_file(model))
    assert (file.sizes.hidden, file.sizes.layers, file.sizes.heads) == (32, 1, 2)
    assert file.vocabulary.pieces == list(PIECES)
    assert np.array_equal(file.tensor("emb.word", -1, HIDDEN), model["emb.word"])
    assert np.array_equal(file.rows("emb.word", np.array([5, 0]), HIDDEN), model["emb.word"][[5, 0]])


def test_packed_numbers_come_out_as_they_went_in() -> None:
    blocks = q4(0.5, LOW, HIGH) + q4(2.0, HIGH, LOW)
    expected = np.array([LOW + HIGH, HIGH + LOW]) * [[0.5], [2.0]]
    file = E5File(weights_file({"emb.word": blocks}))
    assert np.array_equal(file.tensor("emb.word", 2, HIDDEN), expected)
    assert np.array_equal(file.rows("emb.word", np.array([1, 1, 0]), HIDDEN), expected[[1, 1, 0]])


@pytest.mark.parametrize("kept", [0, 3, 4, 20, 60, 120, -1])
def test_a_file_that_ends_too_early_is_refused(kept: int) -> None:
    with pytest.raises(WeightsBroken):
        E5File(weights_file(small_model())[:kept])


@pytest.mark.parametrize("at", [0, 4, 40])
def test_another_magic_version_or_block_is_refused(at: int) -> None:
    data = bytearray(weights_file(small_model()))
    data[at] ^= 0xFF
    with pytest.raises(WeightsBroken):
        E5File(bytes(data))

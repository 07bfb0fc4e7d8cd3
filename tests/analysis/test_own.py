"""The vectors of our own sentences: kept, exact, and never anybody's words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.encode import E5Encoder
from analysis.own import SHIPPED, OwnVectors

from .tiny import HIDDEN, small_model, weights_file

OURS = json.loads((SHIPPED / "codebooks" / "services.json").read_text("utf-8"))["themes"][0]["examples"][0][
    "text"
]
THEIRS = "Nobody called Zephyrine was ever told"
DATA = weights_file(small_model())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own.bin"


def test_kept_vectors_are_the_computed_ones_to_the_last_bit(path: Path) -> None:
    computed = E5Encoder(DATA).encode([OURS, THEIRS])
    for _ in range(2):
        assert np.array_equal(E5Encoder(DATA, own=path).encode([OURS, THEIRS]), computed)
    known = OwnVectors(path, f"{E5Encoder.revision}:{E5Encoder.sha256}", HIDDEN).known([THEIRS, OURS])
    assert np.array_equal(known[1], computed[0])


def test_only_what_ships_is_kept(path: Path) -> None:
    own = OwnVectors(path, "model", HIDDEN)
    own.learn([THEIRS], np.ones((1, HIDDEN), dtype=np.float32))
    assert not path.exists()
    own.learn([OURS, THEIRS], np.ones((2, HIDDEN), dtype=np.float32))
    assert list(OwnVectors(path, "model", HIDDEN).known([THEIRS, OURS])) == [1]
    assert len(path.read_bytes()) == 32 + 16 + 2 * HIDDEN


def test_another_model_has_other_vectors(path: Path) -> None:
    OwnVectors(path, "model", HIDDEN).learn([OURS], np.ones((1, HIDDEN), dtype=np.float32))
    assert not OwnVectors(path, "another", HIDDEN).known([OURS])


@pytest.mark.parametrize(
    "spoil", [lambda raw: raw[:-1], lambda raw: raw[:40] + b"\x00" + raw[41:], lambda _: b""]
)
def test_a_file_that_was_spoilt_is_done_without(path: Path, spoil) -> None:
    OwnVectors(path, "model", HIDDEN).learn([OURS], np.ones((1, HIDDEN), dtype=np.float32))
    path.write_bytes(spoil(path.read_bytes()))
    assert not OwnVectors(path, "model", HIDDEN).known([OURS])


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    own = OwnVectors(tmp_path / "file" / "own.bin", "model", HIDDEN)
    own.learn([OURS], np.ones((1, HIDDEN), dtype=np.float32))
    assert list(own.known([OURS])) == [0]

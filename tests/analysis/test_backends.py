"""Other ways to a vector: measured before they are trusted, refused in a sentence."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from analysis.backends.choose import load
from analysis.backends.gate import prove
from analysis.backends.local_model import LocalModel
from analysis.encode import EncoderUnavailable, Vectors

TEXTS = [f"text number {number}" for number in range(200)]


class Hands:
    """Vectors by hand: each text its own, from its number, spoilt as asked."""

    revision = sha256 = ""
    dim = 24
    clock = 0.0

    def __init__(
        self, name: str = "By hand", noise: float = 0, company: float = 0, seconds: float = 1
    ) -> None:
        self.name = name
        self.noise, self.company, self.seconds = noise, company, seconds

    def encode(self, texts: Sequence[str]) -> Vectors:
        Hands.clock += self.seconds * len(texts)
        rows = []
        for text in texts:
            number = int(text.rsplit(" ", 1)[1])
            row = np.random.default_rng(number).standard_normal(self.dim)
            row += self.noise * np.random.default_rng(1000 + number).standard_normal(self.dim)
            rows.append(row + self.company * len(texts))
        vectors = np.array(rows, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


OURS = Hands(seconds=3)


def test_a_faster_way_with_the_same_neighbours_is_taken() -> None:
    gate = prove(Hands("Quick"), OURS, TEXTS, lambda: Hands.clock)
    assert gate.refusal is None
    assert (gate.nearest, gate.ten_nearest, gate.apart) == (1, 1, 0)
    assert gate.faster == 3


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Hands("Coarse", noise=0.5), "nearest text stays the same"),
        (Hands("Rough", noise=0.01), "ten nearest texts only"),
        (Hands("Sociable", company=1e-4), "depends on the texts beside it"),
        (Hands("Slow", seconds=3), "1.00 times as fast as our own way"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_every_other_way_is_refused_with_its_reason(other: Hands, why: str) -> None:
    refusal = prove(other, OURS, TEXTS, lambda: Hands.clock).refusal
    assert refusal is not None and why in refusal and refusal.startswith(f"{other.name} is not used")


def test_a_library_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderUnavailable, match="install the package sentence-transformers"):
        load(model_folder=tmp_path)


def test_a_model_that_could_run_code_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(EncoderUnavailable, match=r"pytorch_model\.bin, which could run code"):
        LocalModel(tmp_path)


def test_a_model_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="There is no model folder"):
        LocalModel(tmp_path / "none")


@pytest.mark.weights
def test_torch_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(EncoderUnavailable, match="PyTorch is not installed"):
        load(backend="torch")

"""Which encoder a command uses: ours, the same weights through PyTorch, an owner's model, or words alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from analysis.backends.gate import prove
from analysis.backends.local_model import LocalModel
from analysis.codebook import load_codebook
from analysis.encode import WORKERS, E5Encoder, Encoder, EncoderUnavailable, load_encoder
from analysis.weights import WeightsUnavailable, read_checked, weights_path

BACKENDS = ("auto", "numpy", "torch")
# Texts that a faster way is proven on: enough for ten neighbours each, and for a clock.
PROOF = 240


def load(
    *,
    weights: Path | None = None,
    model_folder: Path | None = None,
    backend: str = "numpy",
    workers: int = WORKERS,
    say: Callable[[str], None] | None = None,
) -> Encoder:
    """The encoder that was asked for. "auto" takes PyTorch where it is installed and proves itself here.

    `say` is told why a way was not taken. Raises EncoderUnavailable, also for a "torch" that fails its proof.
    """
    if model_folder is not None:
        return LocalModel(model_folder)
    path = weights or weights_path()
    ours = load_encoder(path, workers=workers)
    if backend == "numpy" or (backend == "auto" and find_spec("torch") is None):
        return ours
    from analysis.backends.with_torch import TorchE5

    data = _checked(path)
    theirs = TorchE5(data, min(workers, os.cpu_count() or 1))
    # Without the kept vectors of our own sentences, or the clock would see them.
    refusal = prove(theirs, E5Encoder(data, workers), _proof()).refusal
    if refusal is None:
        return theirs
    if backend == "torch":
        raise EncoderUnavailable(refusal)
    if say:
        say(refusal)
    return ours


def _checked(path: Path) -> bytes:
    try:
        return read_checked(path)
    except WeightsUnavailable as error:
        raise EncoderUnavailable(str(error)) from None


def _proof() -> list[str]:
    """Invented comments of different lengths and languages."""
    said = [example.text for theme in load_codebook().themes for example in theme.examples]
    step = max(1, len(said) // PROOF)
    return [" ".join(said[at : at + 1 + at % 3]) for at in range(0, len(said), step)][:PROOF]

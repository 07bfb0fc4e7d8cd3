"""The model of a worker: loaded once, and it remembers the codebook's own sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from analysis import Encoder

Vectors = npt.NDArray[np.float32]


class RememberingEncoder:
    """Encodes `texts` once for as long as the process lives: they are ours, not anybody's words."""

    def __init__(self, encoder: Encoder, texts: Collection[str]) -> None:
        self._encoder = encoder
        self._ours = frozenset(texts)
        self._known: dict[str, Vectors] = {}
        self.name, self.revision = encoder.name, encoder.revision
        self.sha256, self.dim = encoder.sha256, encoder.dim

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not self._ours.issuperset(texts):
            return self._encoder.encode(texts)
        new = sorted(set(texts) - set(self._known))
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])

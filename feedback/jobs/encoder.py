"""The model of a worker: loaded once, and it remembers the sentences of the codebooks it meets."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from analysis import Encoder

Vectors = npt.NDArray[np.float32]
CODEBOOKS = 8  # remembered at once: some 12 MB of vectors at most for each


class RememberingEncoder:
    """Encodes the sentences of the last codebooks once; comments never stay in it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._sentences: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._known: dict[str, Vectors] = {}
        self.name, self.revision = encoder.name, encoder.revision
        self.sha256, self.dim = encoder.sha256, encoder.dim

    def remember(self, codebook: str, sentences: Collection[str]) -> None:
        """Keep the vectors of these, under the hash of their codebook, until others were asked for since."""
        self._sentences[codebook] = frozenset(sentences)
        self._sentences.move_to_end(codebook)
        if len(self._sentences) > CODEBOOKS:
            self._sentences.popitem(last=False)
            wanted = frozenset().union(*self._sentences.values())
            self._known = {text: vector for text, vector in self._known.items() if text in wanted}

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not any(sentences.issuperset(texts) for sentences in self._sentences.values()):
            return self._encoder.encode(texts)
        new = sorted(set(texts) - set(self._known))
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])

"""Texts to vectors: multilingual-e5-small in numpy, and what any other encoder must offer.

Wang et al. 2024, "Multilingual E5 Text Embeddings" (arXiv 2402.05672): "query: " before the text, mean over
all tokens, length 1. The tokens of many texts are packed without padding, and on one machine a text's vector
is the same to the last bit whichever texts stand beside it (`analysis.placing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from analysis.e5file import E5File, WeightsBroken
from analysis.own import OwnVectors
from analysis.tokenize import QUERY, Tokenizer
from analysis.transformer import Transformer
from analysis.weights import REQUIREMENT, WEIGHTS_SHA256, WeightsUnavailable, read_checked, weights_path

Vectors = npt.NDArray[np.float32]

# Where the products come nearest to the machine's peak (docs/performance/0001); just under whole blocks.
BATCH_TOKENS = 936
DECIMALS = 4
WORKERS = 2
OWN = "own-vectors.bin"


class EncoderUnavailable(RuntimeError):
    """No encoder can be had; the message is one plain sentence. Grouping by words alone still works."""


class Encoder(Protocol):
    """What the analysis asks of a model; name, revision and hash go into every report."""

    name: str
    revision: str
    sha256: str
    dim: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 (len(texts), dim) rows of length 1, rounded to 4 decimals; equal texts, equal rows."""
        ...


class E5Encoder:
    """multilingual-e5-small from the bytes of a weights file (`weights.read_checked`).

    `workers` threads each run whole batches with one BLAS thread; `own` is the file where the vectors of our
    own sentences are kept. Raises WeightsBroken on other bytes.
    """

    name = "multilingual-e5-small"
    revision = REQUIREMENT
    sha256 = WEIGHTS_SHA256

    def __init__(self, data: bytes, workers: int = WORKERS, own: Path | None = None) -> None:
        file = E5File(data)
        self.dim = file.sizes.hidden
        self.workers = workers
        self.tokenizer = Tokenizer(file.vocabulary, file.sizes.positions)
        self._model = Transformer(file)
        self._own = OwnVectors(own, f"{self.revision}:{self.sha256}", self.dim) if own else None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 (len(texts), 384) unit rows rounded to 4 decimals; beyond 512 tokens a text is cut."""
        if self._own is None:
            return self._computed(texts)
        known = self._own.known(texts)
        rest = [place for place in range(len(texts)) if place not in known]
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        for place, vector in known.items():
            vectors[place] = vector
        if rest:
            asked = [texts[place] for place in rest]
            vectors[rest] = self._computed(asked)
            self._own.learn(asked, vectors[rest])
        return vectors

    def _computed(self, texts: Sequence[str]) -> Vectors:
        tokens = [self.tokenizer.ids(QUERY + text) for text in texts]
        self.tokenizer.forget()
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        batches = pack([len(ids) for ids in tokens], BATCH_TOKENS)
        # BLAS threads of our own choosing: two whole batches side by side beat one batch on two threads.
        with threadpool_limits(1), ThreadPoolExecutor(self.workers) as pool:
            for batch, rows in zip(
                batches, pool.map(lambda b: self._model.pool([tokens[i] for i in b]), batches), strict=True
            ):
                vectors[batch] = rows
        # BLAS kernels differ in the last digits from machine to machine; what is compared or hashed is
        # rounded.
        return vectors.round(DECIMALS)


def pack(lengths: Sequence[int], limit: int) -> list[list[int]]:
    """Indices, longest first, in batches of at most `limit` tokens; a longer text stands alone."""
    batches: list[list[int]] = []
    filled = limit + 1
    for index in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if filled + lengths[index] > limit:
            batches.append([])
            filled = 0
        batches[-1].append(index)
        filled += lengths[index]
    return batches


def load_encoder(path: Path | None = None, *, workers: int = WORKERS) -> E5Encoder:
    """The encoder from the weights at `path` (default: `weights.weights_path()`), their SHA-256 checked.

    The vectors of our own sentences are kept beside the weights. For other models and libraries see
    `analysis.backends.choose`. Raises EncoderUnavailable with a sentence to show.
    """
    path = path or weights_path()
    try:
        return E5Encoder(read_checked(path), workers, path.with_name(OWN))
    except (WeightsUnavailable, WeightsBroken) as error:
        raise EncoderUnavailable(str(error)) from error

"""Every text of an analysis as a vector, each different text once, known ones from the cache that was
handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from analysis.encode import Encoder, Vectors

Item = tuple[str, str]

# So many texts between two steps of the progress bar.
CHUNK = 256


class VectorCache(Protocol):
    """Where vectors may be kept between runs; they are as secret as the words they come from."""

    def load(self, model: str, items: Sequence[Item]) -> dict[int, Vectors]:
        """The vectors known for `items` (comment id, text), by their place in `items`."""
        ...

    def save(self, model: str, items: Sequence[Item], vectors: Vectors) -> None:
        """Keeps one vector (a row of `vectors`) for each item."""
        ...


def model_key(encoder: Encoder) -> str:
    """Names the model in a cache: another name or hash is another vector."""
    return f"{encoder.name}:{encoder.sha256}"


def embed(
    encoder: Encoder,
    items: Sequence[Item],
    cache: VectorCache | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Vectors:
    """float32 (len(items), dim). What the cache has not is encoded, saved there and reported as it goes."""
    vectors = np.zeros((len(items), encoder.dim), dtype=np.float32)
    known = cache.load(model_key(encoder), items) if cache and items else {}
    for index, vector in known.items():
        vectors[index] = vector
    places: dict[str, list[int]] = {}
    for index, (_, text) in enumerate(items):
        if index not in known:
            places.setdefault(text, []).append(index)
    # By length, so that the texts of one step fill their batches well.
    texts = sorted(places, key=lambda text: (len(text), text))
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        rows = encoder.encode(chunk)
        indices = [index for text in chunk for index in places[text]]
        vectors[indices] = np.repeat(rows, [len(places[text]) for text in chunk], axis=0)
        if cache:
            cache.save(model_key(encoder), [items[index] for index in indices], vectors[indices])
        if progress:
            progress(start + len(chunk), len(texts))
    return vectors

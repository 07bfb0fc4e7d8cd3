"""Takes the language out of vectors, gently.

Vectors of one language lie together whatever they say. Each language therefore has an offset: the shipped
one (the mean of the same service sentences in that language, less their English mean) counts as `SHRINK`
comments, and the data's own mean as many as there are comments. Full centring would erase what only one
community talks about.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.encode import Encoder, Vectors
from analysis.language import base

PARALLEL = Path(__file__).parent / "codebooks" / "parallel.json"
PIVOT = "en"
SHRINK = 60

_remembered: dict[tuple[str, str], Offsets] = {}


@dataclass(frozen=True)
class Parallel:
    """What the parallel sentences tell about this encoder's languages, (m, dim) each with a mean of 0:
    `between` the offsets of the languages, `within` how each sentence strays from its language's offset,
    `said` what the English sentences are about.
    """

    between: Vectors
    within: Vectors
    said: Vectors


@dataclass(frozen=True)
class Offsets:
    """Per primary language float32 (dim,) offsets from English, and the middle of the English sentences."""

    of: dict[str, Vectors]
    middle: Vectors
    parallel: Parallel | None = None

    def get(self, language: str | None) -> Vectors:
        """The offset of a language; nothing is taken away where none is known."""
        found = self.of.get(base(language)) if language else None
        return found if found is not None else np.zeros_like(self.middle)


def shipped_offsets(encoder: Encoder) -> Offsets:
    """The offsets of this encoder from the shipped parallel sentences; computed once per process."""
    key = (encoder.name, encoder.sha256)
    if key not in _remembered:
        sentences: list[dict[str, str]] = json.loads(PARALLEL.read_text("utf-8"))["sentences"]
        _remembered[key] = estimate(encoder, sentences)
    return _remembered[key]


def no_offsets(dim: int) -> Offsets:
    """Takes nothing away: for vectors that know nothing of languages."""
    return Offsets({}, np.zeros(dim, dtype=np.float32))


def estimate(encoder: Encoder, sentences: Sequence[dict[str, str]]) -> Offsets:
    """Offsets from the same sentences in several languages, each a dict of language tag to text."""
    pairs = [
        (row, base(tag), text) for row, sentence in enumerate(sentences) for tag, text in sentence.items()
    ]
    vectors = dict(
        zip([pair[:2] for pair in pairs], encoder.encode([text for *_, text in pairs]), strict=True)
    )
    offsets: dict[str, Vectors] = {}
    strays: list[Vectors] = []
    for language in dict.fromkeys(language for _, language, _ in pairs):
        # Only sentences that this language has are compared, or the subject would pass for language.
        shared = [
            row for row in range(len(sentences)) if (row, language) in vectors and (row, PIVOT) in vectors
        ]
        if shared:
            apart = np.stack([vectors[row, language] - vectors[row, PIVOT] for row in shared])
            offsets[language] = apart.mean(axis=0)
            strays += [] if language == PIVOT else [apart - offsets[language]]
    said = np.stack([vector for (_, language), vector in vectors.items() if language == PIVOT])
    middle = said.mean(axis=0)
    if not strays:
        return Offsets(offsets, middle)
    between = np.stack(list(offsets.values()))
    return Offsets(
        offsets, middle, Parallel(between - between.mean(axis=0), np.vstack(strays), said - middle)
    )


def centre(
    vectors: Vectors, languages: Sequence[str | None], offsets: Offsets, shrink: float = SHRINK
) -> Vectors:
    """float32 (n, dim) unit rows with the shrunk offset of each row's language and the common middle taken
    away.

    `shrink` infinite uses the shipped offsets alone.
    """
    tags = np.array([base(language) if language else "" for language in languages], dtype=object)
    shifted = vectors - np.stack([offsets.get(tag) for tag in tags]) if len(vectors) else vectors.copy()
    middle = shifted.mean(axis=0) if len(shifted) else offsets.middle
    for tag in dict.fromkeys(tags):
        rows = tags == tag
        weight = rows.sum() / (rows.sum() + shrink)
        shifted[rows] -= np.float32(weight) * (shifted[rows].mean(axis=0) - middle)
    return unit(shifted - middle)


def unit(vectors: Vectors) -> Vectors:
    """Rows of length 1; a row of zeros stays as it is."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    found: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return found

"""Comments with the labels that people gave them.

Input: `id,text` and `labels` (several parted by `|`) or `topic`; optional `language`, `question`,
`service`, `organisation`, `sentiment` and `sentence`, which joins translations of one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from analysis.codebook import Codebook
from analysis.encode import Encoder, Vectors
from analysis.evaluate.figure import Flags, Rows
from analysis.inputs import InputError, read_rows
from analysis.language import is_tag
from analysis.records import Comment
from analysis.vectors import Item, VectorCache, embed

LEAST_ROWS = 5


class Memory:
    """Vectors for as long as one evaluation lasts."""

    def __init__(self) -> None:
        self._kept: dict[Item, Vectors] = {}

    def load(self, model: str, items: Sequence[Item]) -> dict[int, Vectors]:
        return {place: self._kept[item] for place, item in enumerate(items) if item in self._kept}

    def save(self, model: str, items: Sequence[Item], vectors: Vectors) -> None:
        self._kept.update(zip(items, vectors, strict=True))


@dataclass(frozen=True)
class Labelled:
    """One labelled file and what it is measured with."""

    name: str
    rows: list[dict[str, str]]
    labels: list[frozenset[str]]
    codebook: Codebook | None
    encoder: Encoder
    seed: int
    cache: VectorCache

    @cached_property
    def comments(self) -> list[Comment]:
        return [
            Comment(
                row["id"], row["text"], row["id"], self.language(row), row.get("question") or None,
                row.get("service") or None,
            )
            for row in self.rows
        ]  # fmt: skip

    @staticmethod
    def language(row: dict[str, str]) -> str | None:
        return row.get("language") if is_tag(row.get("language")) else None

    @cached_property
    def languages(self) -> list[str | None]:
        return [self.language(row) for row in self.rows]

    @cached_property
    def names(self) -> list[str]:
        """The labels that at least `LEAST_ROWS` rows have."""
        return sorted(
            name
            for name in set().union(*self.labels)
            if sum(name in label for label in self.labels) >= LEAST_ROWS
        )

    @cached_property
    def truth(self) -> Flags:
        """(n, names)"""
        return np.array([[name in label for name in self.names] for label in self.labels])

    @cached_property
    def vectors(self) -> Vectors:
        """float32 (n, dim) of the whole comments, nothing taken away yet."""
        return embed(self.encoder, [(row["id"], row["text"]) for row in self.rows], self.cache)

    def has(self, column: str) -> bool:
        return column in self.rows[0]

    def order(self, seed: int) -> Rows:
        """Rows in random order, translations side by side so that none is both learnt from and asked."""
        units = [row.get("sentence") or row["id"] for row in self.rows]
        shuffled = np.random.default_rng(seed).permutation(sorted(set(units)))
        place = {unit: number for number, unit in enumerate(shuffled)}
        return np.array(sorted(range(len(units)), key=lambda i: (place[units[i]], i)), dtype=np.int64)


def has_topics(path: Path) -> bool:
    """Whether the file gives one topic to each text, not labels. Raises InputError."""
    return "labels" not in (columns := read_rows(path)[0]) and "topic" in columns


def read(
    path: Path, codebook: Codebook | None, encoder: Encoder, seed: int, cache: VectorCache | None = None
) -> Labelled:
    """The labelled comments of a CSV. Raises InputError."""
    rows = read_rows(path)
    column = next((name for name in ("labels", "topic") if name in rows[0]), None)
    if column is None:
        raise InputError(
            f"{path} has no column labels or topic; give each comment the labels people gave it."
        )
    labels = [frozenset(label.strip() for label in row[column].split("|") if label.strip()) for row in rows]
    return Labelled(path.name, rows, labels, codebook, encoder, seed, cache or Memory())

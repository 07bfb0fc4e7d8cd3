"""Vectors kept in a folder of the owner's between runs, so that a run that was killed goes on where it was.

Vectors are as secret as the words they come from: whoever holds them can find out much of what was said. So
nothing is kept unless it was asked for, and then for the owner's eyes alone.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from analysis.encode import Vectors
from analysis.outputs import OutputError, refused
from analysis.vectors import Item

FILE = "vectors.sqlite"
TABLE = "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, numbers BLOB) WITHOUT ROWID"
ONE = "SELECT numbers FROM vector WHERE key = ?"
ADD = "INSERT OR IGNORE INTO vector VALUES (?, ?)"
# Vectors have four decimals and length 1, so 16 bits hold each number exactly.
STEPS = np.float32(10_000)
WARNING = "The vectors kept in {folder} are as secret as the comments; delete that folder when you are done."


class FolderCache:
    """Satisfies `analysis.VectorCache`: one SQLite file in `folder`, by model and text.

    Raises OutputError, also from its methods.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / FILE
            # Made by us before SQLite does, so that nobody else can ever have read it.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise refused(folder, error) from None
        with self._faults():
            self._file = sqlite3.connect(path)
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA synchronous = NORMAL")
            self._file.execute(TABLE)

    def load(self, model: str, items: Sequence[Item]) -> dict[int, Vectors]:
        """The vectors known for `items` (comment id, text), by their place in `items`."""
        found: dict[int, Vectors] = {}
        with self._faults():
            for place, (_, text) in enumerate(items):
                row = self._file.execute(ONE, [_key(model, text)]).fetchone()
                if row:
                    found[place] = np.frombuffer(row[0], dtype="<i2").astype(np.float32) / STEPS
        return found

    def save(self, model: str, items: Sequence[Item], vectors: Vectors) -> None:
        """Keeps one vector (a row of `vectors`) for each item, all of them or none."""
        rows = [
            (_key(model, text), (vector * STEPS).round().astype("<i2").tobytes())
            for (_, text), vector in zip(items, vectors, strict=True)
        ]
        with self._faults(), self._file:
            self._file.executemany(ADD, rows)

    def close(self) -> None:
        self._file.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(f"The vectors in {self.folder} can't be kept: {error}.") from None


def _key(model: str, text: str) -> bytes:
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=16, key=hashlib.sha256(model.encode()).digest()
    ).digest()

"""The vectors of our own sentences, kept beside the weights so that a command need not compute them again.

Only texts that ship with the analysis are kept: examples, parallel sentences, seeds. They are nobody's words.
What people said is never written here (that is what a cache that was handed in is for).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

SHIPPED = Path(__file__).parent
KEY_BYTES = 16
# Vectors have four decimals and length 1, so 16 bits hold each number exactly.
STEPS = np.float32(10_000)


class OwnVectors:
    """The vectors of one model in one file; a file that can't be read or written is done without."""

    def __init__(self, path: Path, model: str, dim: int) -> None:
        self._path = path
        self._salt = hashlib.blake2b(model.encode(), digest_size=KEY_BYTES).digest()
        self._dim = dim
        self._kept: dict[bytes, bytes] | None = None
        self._ours: set[bytes] | None = None

    def known(self, texts: Sequence[str]) -> dict[int, Vectors]:
        """The vectors that are kept, by their place in `texts`."""
        if self._kept is None:
            self._kept = self._read()
        found = ((place, self._kept.get(self._key(text))) for place, text in enumerate(texts))
        return {place: self._vector(raw) for place, raw in found if raw is not None}

    def learn(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keeps those of these texts that are ours."""
        if self._ours is None:
            self._ours = {self._key(text) for text in _shipped()}
        new = {
            key: (vector * STEPS).round().astype("<i2").tobytes()
            for key, vector in zip(map(self._key, texts), vectors, strict=True)
            if key in self._ours
        }
        if new:
            # Read once more: another process may have written in the meantime.
            self._kept = self._read() | new
            with suppress(OSError):
                self._write(self._kept)

    def _vector(self, raw: bytes) -> Vectors:
        numbers: Vectors = np.frombuffer(raw, dtype="<i2").astype(np.float32)
        return numbers / STEPS

    def _key(self, text: str) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=KEY_BYTES, key=self._salt).digest()

    def _read(self) -> dict[bytes, bytes]:
        try:
            raw = self._path.read_bytes()
        except OSError:
            return {}
        size = KEY_BYTES + 2 * self._dim
        digest, body = raw[:32], raw[32:]
        if hashlib.sha256(body).digest() != digest or len(body) % size:
            return {}
        rows = (body[at : at + size] for at in range(0, len(body), size))
        return {row[:KEY_BYTES]: row[KEY_BYTES:] for row in rows}

    def _write(self, kept: dict[bytes, bytes]) -> None:
        body = b"".join(key + row for key, row in sorted(kept.items()))
        part = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            part.write_bytes(hashlib.sha256(body).digest() + body)
            os.replace(part, self._path)
        finally:
            part.unlink(missing_ok=True)


def _shipped() -> Iterator[str]:
    """Every text in a JSON file that comes with the analysis."""
    for path in sorted(SHIPPED.rglob("*.json")):
        yield from _texts(json.loads(path.read_text("utf-8")))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)

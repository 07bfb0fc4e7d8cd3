"""Reads a weights file of format E5S1: sizes, vocabulary, character map and tensors.

Everything is little endian. Magic `E5S1`; version, hidden, layers, heads, feed-forward, vocabulary rows,
positions, token types (int32); layer-norm epsilon (float32); block size (int32). Then the vocabulary, the
character map and the tensor directory; tensor offsets count from the start of the file. A quantised tensor
is ggml q4_0: blocks of 32 numbers as one float16 scale and 16 bytes, of which the low halves are numbers
0-15 and the high halves 16-31.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

MAGIC = b"E5S1"
FLOAT32, Q4 = 0, 1
BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2


class WeightsBroken(ValueError):
    """The bytes are not a weights file of this format."""


@dataclass(frozen=True)
class Tensor:
    kind: int
    elements: int
    offset: int
    size: int


@dataclass(frozen=True)
class Sizes:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Pieces with their log probabilities; a piece's place is its id."""

    pieces: list[str]
    scores: Floats
    bos: int
    eos: int
    pad: int
    unknown: int
    characters: dict[int, str]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def integers(self, layout: str) -> list[int]:
        return [int(value) for value in self.take(layout)]

    def bytes(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise WeightsBroken("the file ends too early")
        self.at += count
        return self.data[self.at - count : self.at]


class E5File:
    """A weights file held in memory; tensors are turned into float32 only when asked for.

    Raises WeightsBroken where the bytes are not of this format.
    """

    def __init__(self, data: bytes) -> None:
        cursor = _Cursor(data)
        if cursor.bytes(4) != MAGIC:
            raise WeightsBroken("the file does not begin with E5S1")
        try:
            self.sizes = _read_sizes(cursor)
            self.vocabulary = _read_vocabulary(cursor)
            self._tensors = _read_directory(cursor)
        except (struct.error, UnicodeDecodeError) as error:
            raise WeightsBroken(f"the file can't be read: {error}") from None
        self._data = np.frombuffer(data, dtype=np.uint8)

    def tensor(self, name: str, *shape: int) -> Floats:
        """The whole tensor as float32 of this shape."""
        entry = self._tensors[name]
        raw = self._data[entry.offset : entry.offset + entry.size]
        flat = (
            raw.view("<f4").astype(np.float32)
            if entry.kind == FLOAT32
            else _dequantise(raw.reshape(-1, BLOCK_BYTES))
        )
        return flat.reshape(shape)

    def rows(self, name: str, ids: npt.NDArray[np.int64], width: int) -> Floats:
        """Only these rows, float32 (len(ids), width): the whole word table would take 384 MB."""
        entry = self._tensors[name]
        if entry.kind == FLOAT32:
            return self.tensor(name, -1, width)[ids]
        blocks = self._data[entry.offset : entry.offset + entry.size].reshape(-1, width // BLOCK, BLOCK_BYTES)
        return _dequantise(blocks[ids].reshape(-1, BLOCK_BYTES)).reshape(len(ids), width)


def _dequantise(blocks: npt.NDArray[np.uint8]) -> Floats:
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    numbers = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32)
    numbers -= 8
    numbers *= scales
    return numbers.reshape(-1)


def _read_sizes(cursor: _Cursor) -> Sizes:
    version, hidden, layers, heads, feed_forward, vocabulary, positions, _types = cursor.integers("I7i")
    (epsilon,) = cursor.take("f")
    (block,) = cursor.integers("i")
    if version != 1 or block != BLOCK:
        raise WeightsBroken(f"version {version} with blocks of {block} is not known")
    return Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, float(epsilon))


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unknown = cursor.integers("5i")
    (blob_length,) = cursor.integers("Q")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), dtype="<u4").tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), dtype="<f4").astype(np.float32)
    blob = cursor.bytes(blob_length)
    pieces = [blob[start:end].decode() for start, end in pairwise(offsets)]
    return Vocabulary(pieces, scores, bos, eos, pad, unknown, _read_characters(cursor))


def _read_characters(cursor: _Cursor) -> dict[int, str]:
    count, _size = cursor.integers("iI")
    characters: dict[int, str] = {}
    for _ in range(count):
        code, length = cursor.integers("IB")
        characters[code] = "".join(map(chr, cursor.integers(f"{length}I")))
    return characters


def _read_directory(cursor: _Cursor) -> dict[str, Tensor]:
    (count,) = cursor.integers("i")
    tensors: dict[str, Tensor] = {}
    for _ in range(count):
        (length,) = cursor.integers("H")
        name = cursor.bytes(length).decode()
        kind, elements, offset, size = cursor.integers("BIQQ")
        if kind not in (FLOAT32, Q4) or offset + size > len(cursor.data):
            raise WeightsBroken(f"tensor {name} is not readable")
        tensors[name] = Tensor(kind, elements, offset, size)
    return tensors

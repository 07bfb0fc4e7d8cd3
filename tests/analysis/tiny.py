"""A weights file of format E5S1, small enough to write by hand."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

HIDDEN, HEADS, WIDE, POSITIONS = 32, 2, 64, 12
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁we", "▁wait", "ed", "▁waited", "w", "a")
SCORES = (0.0, 0.0, 0.0, 0.0, -5.0, -2.0, -3.0, -2.0, -4.0, -6.0, -6.0)
# The full-width W, the no-break space, a mark that is dropped.
CHARACTERS = {0xFF37: "w", 0xA0: " ", 0x0301: ""}
Floats = npt.NDArray[np.float32]


def weights_file(
    tensors: Mapping[str, Floats | bytes], pieces: Sequence[str] = PIECES, scores: Sequence[float] = SCORES
) -> bytes:
    """Arrays are kept as float32, bytes as blocks of q4_0."""
    data = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, HEADS, WIDE, len(pieces), POSITIONS, 2, 1e-12, 32)
    encoded = [piece.encode() for piece in pieces]
    data += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, sum(map(len, encoded)))
    data += struct.pack(f"<{len(pieces) + 1}I", *accumulate(map(len, encoded), initial=0))
    data += struct.pack(f"<{len(scores)}f", *scores) + b"".join(encoded)
    data += struct.pack("<iI", len(CHARACTERS), 0)
    for code, becomes in CHARACTERS.items():
        data += struct.pack(f"<IB{len(becomes)}I", code, len(becomes), *map(ord, becomes))
    blobs = [blob if isinstance(blob, bytes) else blob.astype("<f4").tobytes() for blob in tensors.values()]
    offset = len(data) + 4 + sum(2 + len(name.encode()) + 1 + 4 + 8 + 8 for name in tensors)
    data += struct.pack("<i", len(tensors))
    for (name, tensor), blob in zip(tensors.items(), blobs, strict=True):
        packed = isinstance(tensor, bytes)
        elements = len(blob) // 18 * 32 if packed else len(blob) // 4
        data += struct.pack("<H", len(name)) + name.encode()
        data += struct.pack("<BIQQ", int(packed), elements, offset, len(blob))
        offset += len(blob)
    return data + b"".join(blobs)


def q4(scale: float, low: Sequence[int], high: Sequence[int]) -> bytes:
    """One block: 16 numbers from the low halves, then 16 from the high ones, each -8 to 7 times `scale`."""
    return struct.pack("<e", scale) + bytes(a + 8 | b + 8 << 4 for a, b in zip(low, high, strict=True))


def small_model(seed: int = 0) -> dict[str, Floats]:
    """Random tensors of a model with one layer."""
    random = np.random.default_rng(seed)

    def some(*shape: int) -> Floats:
        return random.normal(0, 0.3, shape).astype(np.float32)

    tensors = {"emb.word": some(len(PIECES), HIDDEN), "emb.pos": some(POSITIONS, HIDDEN)}
    tensors |= {"emb.type": some(2, HIDDEN), "emb.ln.w": 1 + some(HIDDEN), "emb.ln.b": some(HIDDEN)}
    for name, rows, columns in (
        *((part, HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")),
        ("fi", WIDE, HIDDEN),
        ("fo", HIDDEN, WIDE),
    ):
        tensors |= {f"l0.{name}.w": some(rows, columns), f"l0.{name}.b": some(rows)}
    for name in ("aln", "oln"):
        tensors |= {f"l0.{name}.w": 1 + some(HIDDEN), f"l0.{name}.b": some(HIDDEN)}
    return tensors

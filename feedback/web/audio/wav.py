"""WAV: chunks, of which one says how fast the sound goes and one is the sound."""

from __future__ import annotations

import struct

from .walking import MOST_PARTS

CODINGS = {1, 3, 6, 7, 0xFFFE}  # none of them packed, so that bytes are time


def wav_seconds(data: bytes) -> float | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    at, speed = 12, 0
    for _chunk in range(MOST_PARTS):
        name, size = struct.unpack_from("<4sI", data, at)
        if name == b"fmt " and size >= 16:
            speed = bytes_per_second(data, at + 8)
        if name == b"data":
            return size / speed if speed and 0 < size <= len(data) - at - 8 else None
        at += 8 + size + size % 2
    return None


def bytes_per_second(data: bytes, at: int) -> int:
    """It is written down in three ways; where they differ, the one that makes the sound longest counts."""
    coding, channels, rate, claimed, step, bits = struct.unpack_from("<HHIIHH", data, at)
    return min(claimed, rate * step, rate * channels * bits // 8) if coding in CODINGS else 0

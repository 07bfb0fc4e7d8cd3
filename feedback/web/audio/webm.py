"""WebM, walked element by element. How long it is say its blocks: recorders write no length, or a guess."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .walking import MOST_PARTS, Broken

EBML, SEGMENT, INFO, CLUSTER, BLOCK_GROUP = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1F43B675, 0xA0
TRACKS, TRACK, TRACK_TYPE = 0x1654AE6B, 0xAE, 0x83
TICK, CLUSTER_TIME = 0x2AD7B1, 0xE7
BLOCKS = {0xA3, 0xA1}
OPENED = {SEGMENT, INFO, CLUSTER, BLOCK_GROUP}
SOUND = b"\x02"
MILLISECOND = 1_000_000  # nanoseconds


def webm_seconds(data: bytes) -> float | None:
    """From the beginning of the first block to that of the last, which is some 20 ms longer."""
    if data[:4] != b"\x1a\x45\xdf\xa3":
        return None
    tracks: set[bytes] = set()
    names, tick, cluster_time = b"", MILLISECOND, 0
    first = last = None
    for name, start, end in elements(data, 0, len(data), OPENED):
        if name == EBML:
            names = data[start:end]
        elif name == TRACKS:
            tracks.update(track_types(data, start, end))
        elif name == TICK:
            tick = whole_number(data, start, end)
        elif name == CLUSTER_TIME:
            cluster_time = whole_number(data, start, end)
        elif name in BLOCKS:
            time = cluster_time + block_time(data, start, end)
            first = time if first is None else min(first, time)
            last = time if last is None else max(last, time)
    if b"\x42\x82\x84webm" not in names or tracks != {SOUND} or tick == 0 or first is None or last is None:
        return None
    return (last - first) * tick / 1e9


def track_types(data: bytes, start: int, end: int) -> Iterator[bytes]:
    for name, first, last in elements(data, start, end, {TRACK}):
        if name == TRACK_TYPE:
            yield data[first:last]


def block_time(data: bytes, start: int, end: int) -> int:
    """Counted from the time of its cluster; it may be before it."""
    _track, at = number(data, start, end)
    if at + 3 > end:
        raise Broken
    [time] = struct.unpack_from(">h", data, at)
    return int(time)


def whole_number(data: bytes, start: int, end: int) -> int:
    if end - start > 8:
        raise Broken
    return int.from_bytes(data[start:end])


def elements(data: bytes, at: int, end: int, opened: set[int]) -> Iterator[tuple[int, int, int]]:
    """Name, start and end of each element; of those in `opened` what they hold instead.

    A recorder doesn't know yet how long a segment or cluster will be, and says so.
    """
    for _part in range(MOST_PARTS):
        if at == end:
            return
        name, at = number(data, at, end, marked=True)
        size, at = number(data, at, end)
        if size is not None and at + size > end:
            raise Broken
        if name in opened:
            continue
        if name is None or size is None:
            raise Broken
        yield name, at, at + size
        at += size
    raise Broken


def number(data: bytes, at: int, end: int, marked: bool = False) -> tuple[int | None, int]:
    """One of EBML's numbers, whose first bits say its length, and where it ends; None for "unknown"."""
    if at >= end or data[at] == 0:
        raise Broken
    length = 9 - data[at].bit_length()
    if at + length > end or (marked and length > 4):
        raise Broken
    value, most = int.from_bytes(data[at : at + length]), 1 << 7 * length
    return (value if marked else None if value % most == most - 1 else value % most), at + length

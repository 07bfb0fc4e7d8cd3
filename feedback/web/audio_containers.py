"""WebM and MP4, walked element by element: what browsers record into."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

EBML, SEGMENT, CLUSTER, TRACKS, TRACK, TRACK_TYPE = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0x83
BLOCKS = {0xA3, 0xA0}
SOUND = b"\x02"
HANDLERS = re.compile(rb"hdlr.{8}(.{4})", re.DOTALL)


class Broken(Exception):
    """An element that runs past its end."""


def is_webm(data: bytes) -> bool:
    if data[:4] != b"\x1a\x45\xdf\xa3":
        return False
    tracks, blocks, names = [], 0, b""
    try:
        for name, start, end in elements(data, 0, len(data), {SEGMENT, CLUSTER}):
            if name == EBML:
                names = data[start:end]
            elif name == TRACKS:
                tracks += list(track_types(data, start, end))
            blocks += name in BLOCKS
    except Broken:
        return False
    return b"\x42\x82\x84webm" in names and set(tracks) == {SOUND} and blocks > 0


def track_types(data: bytes, start: int, end: int) -> Iterator[bytes]:
    for name, first, last in elements(data, start, end, {TRACK}):
        if name == TRACK_TYPE:
            yield data[first:last]


def elements(data: bytes, at: int, end: int, opened: set[int]) -> Iterator[tuple[int, int, int]]:
    """Name, start and end of each element; of those in `opened` what they hold instead.

    A recorder doesn't know yet how long a segment or cluster will be, and says so.
    """
    while at < end:
        name, at = number(data, at, end, marked=True)
        size, at = number(data, at, end)
        if name in opened:
            if size is not None and at + size > end:
                raise Broken
            continue
        if name is None or size is None or at + size > end:
            raise Broken
        yield name, at, at + size
        at += size


def number(data: bytes, at: int, end: int, marked: bool = False) -> tuple[int | None, int]:
    """One of EBML's numbers, whose first bits say its length, and where it ends; None for "unknown"."""
    if at >= end or data[at] == 0:
        raise Broken
    length = 9 - data[at].bit_length()
    if at + length > end or (marked and length > 4):
        raise Broken
    value, most = int.from_bytes(data[at : at + length]), 1 << 7 * length
    return (value if marked else None if value % most == most - 1 else value % most), at + length


def is_mp4(data: bytes) -> bool:
    if data[4:8] != b"ftyp":
        return False
    at, moov, sounds = 0, b"", 0
    while at < len(data):
        if at + 8 > len(data):
            return False
        size, name = struct.unpack_from(">I4s", data, at)
        if size == 1 and at + 16 <= len(data):
            [size] = struct.unpack_from(">Q", data, at + 8)
        elif size == 0:
            size = len(data) - at
        if size < 8 or at + size > len(data):
            return False
        moov = data[at : at + size] if name == b"moov" else moov
        sounds += name == b"mdat" and size > 8
        at += size
    kinds = set(HANDLERS.findall(moov))
    return sounds > 0 and b"soun" in kinds and b"vide" not in kinds

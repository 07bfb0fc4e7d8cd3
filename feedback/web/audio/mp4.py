"""MP4, walked box by box. How long it is say its samples: a browser's header comes before it knows."""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .walking import MOST_PARTS, Broken

SOUND, PICTURE = b"soun", b"vide"
OPENED = {b"mdia", b"minf", b"stbl"}
HAS_BASE, HAS_DESCRIPTION, HAS_DURATION = 1, 2, 8  # in a track fragment's header
HAS_OFFSET, HAS_FIRST_FLAGS, HAS_DURATIONS = 1, 4, 0x100  # in a run of samples
FIELDS_OF_SAMPLE = (0x100, 0x200, 0x400, 0x800)


@dataclass
class Track:
    kind: bytes = b""
    ticks_per_second: int = 0
    ticks: int = 0  # of all its samples
    each: int = 0  # sample, in a fragment that says nothing else
    begins: int | None = None  # its first fragment
    ends: int = 0  # its last, where there was silence between

    @property
    def seconds(self) -> float:
        if self.ticks_per_second == 0 or self.ticks == 0:
            raise Broken
        return max(self.ticks, self.ends - (self.begins or 0)) / self.ticks_per_second


def mp4_seconds(data: bytes) -> float | None:
    if data[4:8] != b"ftyp":
        return None
    tracks: dict[int, Track] = {}
    samples = waiting = False
    for name, at, end in boxes(data, 0, len(data)):
        if name == b"moov":
            read_movie(data, at, end, tracks)
        elif name == b"moof":
            read_fragment(data, at, end, tracks)
            waiting = True
        elif name == b"mdat":
            samples, waiting = samples or end > at, False
    kinds = {track.kind for track in tracks.values()}
    if not samples or waiting or SOUND not in kinds or PICTURE in kinds:
        return None
    return max(track.seconds for track in tracks.values() if track.kind == SOUND)


def read_movie(data: bytes, at: int, end: int, tracks: dict[int, Track]) -> None:
    defaults: dict[int, int] = {}
    for name, start, stop in boxes(data, at, end):
        if name == b"trak":
            read_track(data, start, stop, tracks)
        elif name == b"mvex":
            for inner, first, _last in boxes(data, start, stop):
                if inner == b"trex":
                    number, each = struct.unpack_from(">4xI4xI", data, first)
                    defaults[number] = each
    for number, track in tracks.items():
        track.each = defaults.get(number, track.each)


def read_track(data: bytes, at: int, end: int, tracks: dict[int, Track]) -> None:
    track = Track()
    for name, start, stop in boxes(data, at, end, OPENED):
        if name == b"tkhd":
            tracks[after_dates(data, start)] = track
        elif name == b"mdhd":
            track.ticks_per_second = after_dates(data, start)
        elif name == b"hdlr":
            [track.kind] = struct.unpack_from(">8x4s", data, start)
        elif name == b"stts":
            [rows] = struct.unpack_from(">4xI", data, start)
            if start + 8 + rows * 8 > stop:
                raise Broken
            table = data[start + 8 : start + 8 + rows * 8]
            track.ticks += sum(count * each for count, each in struct.iter_unpack(">II", table))


def after_dates(data: bytes, at: int) -> int:
    """What follows on the two dates at the beginning of a header."""
    [number] = struct.unpack_from(">I", data, at + (20 if data[at] == 1 else 12))
    return int(number)


def read_fragment(data: bytes, at: int, end: int, tracks: dict[int, Track]) -> None:
    for outer, first, last in boxes(data, at, end):
        if outer != b"traf":
            continue
        track, each, begins, ticks = Track(), 0, None, 0
        for name, start, stop in boxes(data, first, last):
            if name == b"tfhd":
                flags, number = struct.unpack_from(">II", data, start)
                if number not in tracks:
                    raise Broken
                track = tracks[number]
                skipped = 8 * bool(flags & HAS_BASE) + 4 * bool(flags & HAS_DESCRIPTION)
                has_own = flags & HAS_DURATION
                [each] = struct.unpack_from(">I", data, start + 8 + skipped) if has_own else [track.each]
            elif name == b"tfdt":
                [begins] = struct.unpack_from(">Q" if data[start] == 1 else ">I", data, start + 4)
            elif name == b"trun":
                ticks += ticks_of_run(data, start, stop, each)
        track.ticks += ticks
        if begins is not None:
            track.begins = begins if track.begins is None else min(track.begins, begins)
            track.ends = max(track.ends, begins + ticks)


def ticks_of_run(data: bytes, at: int, end: int, each: int) -> int:
    flags, samples = int.from_bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 8])
    at += 8 + 4 * bool(flags & HAS_OFFSET) + 4 * bool(flags & HAS_FIRST_FLAGS)
    fields = sum(bool(flags & field) for field in FIELDS_OF_SAMPLE)
    if at + samples * fields * 4 > end:
        raise Broken
    if flags & HAS_DURATIONS:
        values: tuple[int, ...] = struct.unpack_from(f">{samples * fields}I", data, at)
        return sum(values[::fields])
    if samples and not each:
        raise Broken
    return samples * each


def boxes(data: bytes, at: int, end: int, opened: Collection[bytes] = ()) -> Iterator[tuple[bytes, int, int]]:
    """Name of each box, and where its inside starts and ends; of those in `opened` what they hold instead."""
    for _part in range(MOST_PARTS):
        if at == end:
            return
        size, name = struct.unpack_from(">I4s", data, at)
        start, stop = at + 8, at + size
        if size == 1:
            [long] = struct.unpack_from(">Q", data, start)
            start, stop = at + 16, at + long
        elif size == 0:
            stop = end
        if not start <= stop <= end:
            raise Broken
        if name in opened:
            at = start
            continue
        yield name, start, stop
        at = stop
    raise Broken

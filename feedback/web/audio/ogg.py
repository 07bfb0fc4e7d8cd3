"""Ogg: pages, each of which says how many samples have been heard when it ends."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from .walking import MOST_PARTS, Broken

BEGINS = 2


@dataclass
class Stream:
    rate: int
    skipped: int  # samples at the beginning that are not to be heard
    heard: int = 0
    whole: bool = True  # no packet waits for its other half

    @property
    def seconds(self) -> float:
        return (self.heard - self.skipped) / self.rate


def ogg_seconds(data: bytes) -> float | None:
    streams: list[Stream] = []
    current: dict[int, Stream] = {}
    at = pages = 0
    while data[at : at + 5] == b"OggS\0" and pages < MOST_PARTS:
        flags, heard, serial, laces = struct.unpack_from("<BqI8xB", data, at + 5)
        table = data[at + 27 : at + 27 + laces]
        body = at + 27 + laces
        if flags & BEGINS:
            current[serial] = stream_at(data, body)
            streams.append(current[serial])
        if serial not in current:
            raise Broken
        stream = current[serial]
        stream.heard = max(stream.heard, heard)
        stream.whole = table[-1] < 255 if table else stream.whole
        at, pages = body + sum(table), pages + 1
    is_whole = pages > 2 and at == len(data) and all(each.whole for each in streams)
    seconds = sum(max(each.seconds, 0) for each in streams)  # of several, one is played after the other
    return seconds if is_whole and seconds > 0 else None


def stream_at(data: bytes, at: int) -> Stream:
    if data.startswith(b"OpusHead", at):
        [skipped] = struct.unpack_from("<H", data, at + 10)
        return Stream(48_000, skipped)  # whatever went in
    if data.startswith(b"\x01vorbis", at):
        [rate] = struct.unpack_from("<I", data, at + 12)
    elif data.startswith(b"\x7fFLAC", at):
        rate = int.from_bytes(data[at + 27 : at + 30]) >> 4
    else:
        raise Broken
    if rate == 0:
        raise Broken
    return Stream(rate, 0)

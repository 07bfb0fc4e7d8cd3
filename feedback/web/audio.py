"""What kind of sound a file is, told by all of its structure: never by its name or by what a browser says.

Only looked at, never decoded: what is not whole, or holds a picture, is no sound to us.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from .audio_containers import is_mp4, is_webm

FRAMES = 3  # that follow each other to the byte: chance makes no such row
BIT_RATES = (
    (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)  # MPEG 1 layers 1 to 3, MPEG 2 layer 1, MPEG 2 layers 2 and 3; kbit/s
SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
WAV_CODINGS = {1, 3, 6, 7, 0xFFFE}
OGG_SOUNDS = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC")


def media_of(data: bytes) -> str | None:
    """The media type to serve it with; None where it is no sound that we know, or not all of one."""
    return next((media for media, is_one in KINDS.items() if is_one(data)), None)


def is_wav(data: bytes) -> bool:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return False
    at, coding = 12, 0
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        if name == b"fmt " and size >= 16 and at + 24 <= len(data):
            [coding] = struct.unpack_from("<H", data, at + 8)
        if name == b"data":
            return coding in WAV_CODINGS and 0 < size <= len(data) - at - 8
        at += 8 + size + size % 2
    return False


def is_ogg(data: bytes) -> bool:
    at, pages = 0, 0
    while data[at : at + 5] == b"OggS\0" and at + 27 <= len(data):
        table = data[at + 27 : at + 27 + data[at + 26]]
        body = at + 27 + data[at + 26]
        if pages == 0 and not data.startswith(OGG_SOUNDS, body):
            return False
        at, pages = body + sum(table), pages + 1
    return pages > 2 and at == len(data)


def is_mp3(data: bytes) -> bool:
    return follow_each_other(data, after_tags(data), mpeg_frame)


def is_aac(data: bytes) -> bool:
    return follow_each_other(data, after_tags(data), adts_frame)


def follow_each_other(data: bytes, at: int, length_of: Callable[[bytes, int], int]) -> bool:
    for _frame in range(FRAMES):
        length = length_of(data, at)
        if length == 0 or at + length > len(data):
            return False
        at += length
    return True


def after_tags(data: bytes) -> int:
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def mpeg_frame(data: bytes, at: int) -> int:
    """The length of the MPEG audio frame that begins here, in bytes; 0 where none does."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = data[at + 1] >> 3 & 3, 4 - (data[at + 1] >> 1 & 3)
    rate, sampling, padding = data[at + 2] >> 4, data[at + 2] >> 2 & 3, data[at + 2] >> 1 & 1
    if version == 1 or layer == 4 or rate in (0, 15) or sampling == 3:
        return 0
    row = layer - 1 if version == 3 else 3 if layer == 1 else 4
    bits, samples = BIT_RATES[row][rate] * 1000, SAMPLE_RATES[version][sampling]
    if layer == 1:
        return (12 * bits // samples + padding) * 4
    return (72 if layer == 3 and version != 3 else 144) * bits // samples + padding


def adts_frame(data: bytes, at: int) -> int:
    if at + 7 > len(data) or data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0 or data[at + 2] >> 2 & 15 > 12:
        return 0
    length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    return length if length > 7 else 0


KINDS: dict[str, Callable[[bytes], bool]] = {
    "audio/webm": is_webm,
    "audio/ogg": is_ogg,
    "audio/mp4": is_mp4,
    "audio/wav": is_wav,
    "audio/aac": is_aac,
    "audio/mpeg": is_mp3,
}

"""MP3 and AAC: nothing but frames one after the other, and tags before and after them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple

from .walking import MOST_PARTS

FEWEST = 3  # that follow each other to the byte: chance makes no such row
BIT_RATES = (
    (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)  # MPEG 1 layers 1 to 3, MPEG 2 layer 1, MPEG 2 layers 2 and 3; kbit/s
SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)


class Frame(NamedTuple):
    length: int  # in bytes
    seconds: float


def mp3_seconds(data: bytes) -> float | None:
    return seconds_of(data, mpeg_frame)


def aac_seconds(data: bytes) -> float | None:
    return seconds_of(data, adts_frame)


def seconds_of(data: bytes, frame_at: Callable[[bytes, int], Frame | None]) -> float | None:
    at, end = after_tags(data), before_tags(data)
    frames, seconds = 0, 0.0
    while frames < MOST_PARTS and (frame := frame_at(data, at)):
        at += frame.length
        seconds += frame.seconds
        frames += 1
    if frames < FEWEST or at > end or data[at:end].strip(b"\0"):  # encoders fill up with zeros
        return None
    return seconds


def after_tags(data: bytes) -> int:
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size + (10 if data[5] & 0x10 else 0)


def before_tags(data: bytes) -> int:
    """Where ID3v1 and APEv2 begin, which stand at the end."""
    end = len(data)
    if data[-128:-125] == b"TAG":
        end -= 128
    if end >= 32 and data.startswith(b"APETAGEX", end - 32):
        size, flags = struct.unpack_from("<I4xI", data, end - 20)
        end -= size + (32 if flags >> 31 else 0)
    return end


def mpeg_frame(data: bytes, at: int) -> Frame | None:
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return None
    version, layer = data[at + 1] >> 3 & 3, 4 - (data[at + 1] >> 1 & 3)
    bit_rate, sampling, padding = data[at + 2] >> 4, data[at + 2] >> 2 & 3, data[at + 2] >> 1 & 1
    if version == 1 or layer == 4 or bit_rate in (0, 15) or sampling == 3:
        return None
    row = layer - 1 if version == 3 else 3 if layer == 1 else 4
    bits, rate = BIT_RATES[row][bit_rate] * 1000, SAMPLE_RATES[version][sampling]
    if layer == 1:
        return Frame((12 * bits // rate + padding) * 4, 384 / rate)
    samples = 576 if layer == 3 and version != 3 else 1152
    return Frame(samples // 8 * bits // rate + padding, samples / rate)


def adts_frame(data: bytes, at: int) -> Frame | None:
    if at + 7 > len(data) or data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0 or data[at + 2] >> 2 & 15 > 12:
        return None
    length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    samples = 1024 * ((data[at + 6] & 3) + 1)
    return Frame(length, samples / AAC_RATES[data[at + 2] >> 2 & 15]) if length > 7 else None

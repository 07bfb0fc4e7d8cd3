"""What kind of sound a file is and how long, told by all of its structure: never by its name, by what a
browser says or by a length it claims.

Only looked at, never decoded: what is not whole, can't be measured or holds a picture is no sound to us.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from .frames import aac_seconds, mp3_seconds
from .mp4 import mp4_seconds
from .ogg import ogg_seconds
from .walking import Broken
from .wav import wav_seconds
from .webm import webm_seconds

# Each says how long it is, or None or Broken where it is none of this kind, not whole, or can't be measured.
KINDS: dict[str, Callable[[bytes], float | None]] = {
    "audio/webm": webm_seconds,
    "audio/ogg": ogg_seconds,
    "audio/mp4": mp4_seconds,
    "audio/wav": wav_seconds,
    "audio/aac": aac_seconds,
    "audio/mpeg": mp3_seconds,
}


@dataclass(frozen=True)
class Measured:
    media: str  # the type to serve it with
    seconds: float


def measure(data: bytes) -> Measured | None:
    """None where it is no sound that we know, or not all of one."""
    for media, seconds_of in KINDS.items():
        try:
            seconds = seconds_of(data)
        except (Broken, struct.error):  # struct's: it ends before what it promised
            continue
        if seconds is not None:
            return Measured(media, seconds)
    return None


def media_of(data: bytes) -> str | None:
    measured = measure(data)
    return measured.media if measured else None

"""Small sounds: what a phone recorded from a pretended microphone, and a tone made here."""

from __future__ import annotations

import io
import math
import struct
import wave
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "sounds"
BEEP = (FOLDER / "beep.webm").read_bytes()  # by Chromium's MediaRecorder
BEEP_MP4 = (FOLDER / "beep.m4a").read_bytes()


def tone(pitch: int = 440, seconds: float = 0.1) -> bytes:
    """A WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        heights = (int(9000 * math.sin(math.tau * pitch * at / 8000)) for at in range(int(8000 * seconds)))
        writer.writeframes(b"".join(struct.pack("<h", height) for height in heights))
    return file.getvalue()


def ogg(pages: int = 4) -> bytes:
    """Ogg pages with an Opus header: the frame of a file, as is looked at, with silence in it."""
    bodies = [b"OpusHead" + bytes(11), b"OpusTags" + bytes(12), *([bytes(20)] * (pages - 2))]
    return b"".join(
        b"OggS\0" + bytes([2 if number == 0 else 0]) + bytes(20) + bytes([1, len(body)]) + body
        for number, body in enumerate(bodies)
    )


def mp3(frames: int = 5) -> bytes:
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames  # MPEG 1 layer 3, 128 kbit/s, 44.1 kHz: 417 bytes each


def aac(frames: int = 5) -> bytes:
    return (b"\xff\xf1\x50\x80\x04\x1f\xfc" + bytes(25)) * frames  # ADTS, 32 bytes each

"""Small sounds: what a phone recorded from a pretended microphone, a tone of a second and a half from ffmpeg
in each kind that owners upload, and frames of files made here, as long as a test needs.
"""

from __future__ import annotations

import io
import math
import struct
import wave
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "sounds"
BEEP = (FOLDER / "beep.webm").read_bytes()  # by Chromium's MediaRecorder
BEEP_MP4 = (FOLDER / "beep.m4a").read_bytes()
TONES = {path.name: path.read_bytes() for path in FOLDER.glob("tone*")}


def tone(pitch: int = 440, seconds: float = 0.1) -> bytes:
    """A WAV file."""
    heights = (int(9000 * math.sin(math.tau * pitch * at / 8000)) for at in range(int(8000 * seconds)))
    return wav(b"".join(struct.pack("<h", height) for height in heights))


def wav(samples: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(samples)
    return file.getvalue()


def ogg(seconds: float = 2) -> bytes:
    """Ogg pages of a second with an Opus header: the frame of a file, as is looked at, with silence in it."""
    bodies = [b"OpusHead\x01\x01" + struct.pack("<HI", 312, 48000) + bytes(3), b"OpusTags" + bytes(12)]
    heard = [0, 0]
    for second in range(1, math.ceil(seconds) + 1):
        bodies.append(bytes(20))
        heard.append(312 + int(48000 * min(second, seconds)))
    return b"".join(
        b"OggS\0"
        + struct.pack("<BqIII", 2 if at == 0 else 0, heard[at], 7, at, 0)
        + bytes([1, len(body)])
        + body
        for at, body in enumerate(bodies)
    )


def mp3(frames: int = 5) -> bytes:
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames  # MPEG 1 layer 3, 128 kbit/s, 44.1 kHz: 417 bytes each


def aac(frames: int = 5) -> bytes:
    return (b"\xff\xf1\x50\x80\x04\x1f\xfc" + bytes(25)) * frames  # ADTS, 32 bytes each


def element(name: str, inside: bytes) -> bytes:
    return bytes.fromhex(name) + (1 << 28 | len(inside)).to_bytes(4) + inside


def webm(seconds: int, claimed: float | None = None, tick: int = 1_000_000) -> bytes:
    """A cluster a second, a block of silence every 100 ms and one at the very end."""
    duration = b"" if claimed is None else element("4489", struct.pack(">d", claimed * 1000))
    info = element("1549a966", element("2ad7b1", tick.to_bytes(4)) + duration)
    tracks = element("1654ae6b", element("ae", element("83", b"\x02")))
    clusters = [
        element(
            "1f43b675", element("e7", (second * 1000).to_bytes(4)) + b"".join(map(block, range(0, 1000, 100)))
        )
        for second in range(seconds)
    ]
    last = element("1f43b675", element("e7", (seconds * 1000).to_bytes(4)) + block(0))
    return element("1a45dfa3", b"\x42\x82\x84webm") + element(
        "18538067", b"".join((info, tracks, *clusters, last))
    )


def block(milliseconds: int) -> bytes:
    return element("a3", b"\x81" + struct.pack(">hB", milliseconds, 0x80) + b"\xfc\xff\xfe")


def box(name: bytes, inside: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(inside), name) + inside


def mp4(seconds: int, scale: int = 1000, claimed: int = 0, in_pieces: bool = False) -> bytes:
    """Of samples of 20 ms: all in one, as from an editor, or in pieces of a second, as a phone records."""
    whole = b"" if in_pieces else struct.pack(">II", seconds * 50, scale // 50)
    track = box(b"tkhd", bytes(12) + struct.pack(">I", 1) + bytes(68)) + box(
        b"mdia",
        box(b"mdhd", bytes(12) + struct.pack(">II", scale, claimed) + bytes(4))
        + box(b"hdlr", bytes(8) + b"soun" + bytes(12))
        + box(b"minf", box(b"stbl", box(b"stts", struct.pack(">II", 0, len(whole) // 8) + whole))),
    )
    defaults = box(b"mvex", box(b"trex", struct.pack(">6I", 0, 1, 1, scale // 50, 0, 0)))
    movie = box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", box(b"trak", track) + defaults)
    piece = box(
        b"moof",
        box(b"traf", box(b"tfhd", struct.pack(">II", 0, 1)) + box(b"trun", struct.pack(">II", 0, 50))),
    )
    return movie + (piece + box(b"mdat", bytes(50))) * (seconds if in_pieces else 0) + box(b"mdat", bytes(50))

"""How long a sound is, told by its parts: what a header claims lengthens nothing and shortens nothing."""

from __future__ import annotations

import struct
import sys
from types import FrameType
from typing import Any

import pytest

from feedback.web.audio import KINDS, Measured, measure
from feedback.web.audio.walking import MOST_PARTS
from tests.support.sounds import (
    BEEP,
    BEEP_MP4,
    TONES,
    aac,
    box,
    element,
    mp3,
    mp4,
    ogg,
    tone,
    wav,
    webm,
)

RATE_OF_AAC = 1024 / 44100
RATE_OF_MP3 = 1152 / 44100
LONG = {
    "audio/webm": webm(400),
    "audio/ogg": ogg(400),
    "audio/mp4": mp4(400),
    "audio/wav": wav(bytes(400 * 16_000)),
    "audio/aac": aac(round(400 / RATE_OF_AAC)),
    "audio/mpeg": mp3(round(400 / RATE_OF_MP3)),
}
IN_PIECES = mp4(400, in_pieces=True)
MOST = 10 * 1024 * 1024


def seconds(data: bytes) -> float:
    measured = measure(data)
    assert measured is not None
    return measured.seconds


@pytest.mark.parametrize("name", TONES)
def test_what_an_encoder_wrote_is_as_long_as_it_was_asked_for(name: str) -> None:
    assert seconds(TONES[name]) == pytest.approx(1.5, abs=0.15)  # it fills up to a whole frame


def test_what_a_phone_recorded_is_as_long_as_it_listened() -> None:
    assert seconds(BEEP) == pytest.approx(2.4, abs=0.1)
    assert seconds(BEEP_MP4) == pytest.approx(2.4, abs=0.1)


def test_each_kind_of_encoder_s_file_is_there() -> None:
    known = {measured.media for data in TONES.values() if (measured := measure(data))}
    assert known == set(KINDS) - {"audio/wav"}


@pytest.mark.parametrize("media", LONG)
def test_a_long_one_is_long(media: str) -> None:
    measured = measure(LONG[media])
    assert measured is not None
    assert (measured.media, measured.seconds) == (media, pytest.approx(400, abs=0.05))


def test_a_long_one_in_pieces_is_long() -> None:
    assert seconds(IN_PIECES) == 400


def test_a_header_that_claims_to_be_short_shortens_nothing() -> None:
    assert seconds(webm(400, claimed=1)) == 400
    assert seconds(mp4(400, claimed=1000)) == 400
    assert seconds(mp4(400, claimed=1000, in_pieces=True)) == 400
    spoken = bytearray(wav(bytes(400 * 16_000)))
    struct.pack_into("<I", spoken, 28, 16_000_000)  # so many bytes a second
    assert seconds(bytes(spoken)) == 400
    assert seconds(ogg(400) + ogg(400)) == 800  # one after the other, each counted anew


def test_a_header_that_claims_to_be_long_lengthens_nothing() -> None:
    assert seconds(webm(2, claimed=4000)) == 2
    assert seconds(mp4(2, claimed=4_000_000)) == 2


def test_another_clock_than_usual_is_believed() -> None:
    assert seconds(webm(2, tick=100_000_000)) == 200
    assert seconds(mp4(2, scale=48_000)) == 2


def test_a_late_beginning_is_no_length() -> None:
    whole = webm(8)
    first = whole.index(bytes.fromhex("1f43b675"))
    late = b"".join(whole[first:].partition(element("e7", (5000).to_bytes(4)))[1:])
    late = element("1f43b675", b"")[:4] + b"\xff" + late
    header = whole[:first].replace(
        whole[whole.index(bytes.fromhex("18538067")) + 4 :][:4], b"\x1f\xff\xff\xff"
    )
    assert seconds(header + late) == 3


def test_a_gap_between_pieces_counts() -> None:
    def piece(at: int) -> bytes:
        head = box(b"tfhd", struct.pack(">II", 0, 1)) + box(b"tfdt", struct.pack(">II", 0, at))
        run = box(b"trun", struct.pack(">II", 0, 50))
        return box(b"moof", box(b"traf", head + run)) + box(b"mdat", bytes(50))

    assert seconds(mp4(0, in_pieces=True) + piece(0) + piece(399_000)) == 400
    assert seconds(mp4(0, in_pieces=True) + piece(90_000) + piece(91_000)) == 2


@pytest.mark.parametrize(
    "data",
    [
        webm(2, tick=0),
        mp4(2).replace(struct.pack(">II", 1000, 0), bytes(8)),
        mp4(2).replace(struct.pack(">II", 100, 20), struct.pack(">II", 100, 0)),
        mp4(2).replace(struct.pack(">II", 100, 20), struct.pack(">II", 0, 20)),
        mp4(2).replace(struct.pack(">II", 0, 1) + struct.pack(">II", 100, 20), b"\xff" * 16),
        mp4(2, scale=10, in_pieces=True),  # of samples that take no time
        mp4(2, in_pieces=True).replace(struct.pack(">II", 0, 50), struct.pack(">II", 0x100, 0xFFFFFFFF)),
        mp4(2, in_pieces=True).replace(
            b"tfhd" + struct.pack(">II", 0, 1), b"tfhd" + struct.pack(">II", 0, 9)
        ),
        mp4(2, in_pieces=True)[: -2 * 58],  # its last piece is announced and not there
        ogg(0),
        TONES["tone-vorbis.ogg"].replace(struct.pack("<I", 16000), bytes(4)),
        ogg(2).replace(b"OggS\0\0", b"OggS\0\2"),
        ogg(2)[:-21] + b"\xff" + bytes(255),  # a packet whose other half is missing
        tone().replace(struct.pack("<I", 8000), bytes(4)),
        tone()[:22] + bytes(14) + tone()[36:],
    ],
)
def test_what_can_not_be_measured_is_no_sound(data: bytes) -> None:
    assert measure(data) is None


def test_enormous_numbers_are_only_long() -> None:
    wide = webm(2).replace(element("e7", (1000).to_bytes(4)), element("e7", b"\xff" * 4))
    assert seconds(wide) > 4_000_000
    many = mp4(2, in_pieces=True).replace(struct.pack(">II", 0, 50), struct.pack(">II", 0, 0xFFFFFFFF))
    assert seconds(many) > 80_000_000
    heard = ogg(2).replace(struct.pack("<q", 312 + 48000), struct.pack("<q", 2**63 - 1))
    assert seconds(heard) > 1e14


@pytest.mark.parametrize("name", [*TONES, "beep.webm", "beep.m4a"])
def test_cut_anywhere_it_stops_nothing_and_is_never_longer(name: str) -> None:
    whole = {**TONES, "beep.webm": BEEP, "beep.m4a": BEEP_MP4}[name]
    found = [measured for end in range(len(whole)) if (measured := measure(whole[:end]))]
    assert all(each.seconds <= seconds(whole) for each in found)
    assert len(found) < len(whole) / 20  # only where a part ends, which could be the end


@pytest.mark.parametrize("media", ["audio/mpeg", "audio/aac"])
def test_the_last_frame_must_be_whole(media: str) -> None:
    frame, frames = (mp3(1), mp3) if media == "audio/mpeg" else (aac(1), aac)
    for cut in range(1, len(frame)):
        assert measure(frames(5)[:-cut]) is None, cut
    assert measure(frames(5)[: -len(frame)]) == measure(frames(4))


def test_tags_and_padding_at_the_end_are_no_sound_and_no_harm() -> None:
    bare, tag = mp3(5), b"TAG" + bytes(125)
    item = struct.pack("<II", 4, 0) + b"Title\0tone"
    footer = b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, 1 << 31) + bytes(8)  # and header
    for end in (tag, bytes(700), footer + item + footer, footer + item + footer + tag, bytes(9) + tag):
        assert measure(bare + end) == measure(bare), end
    for end in (tag, footer + item + footer, footer + item + footer + tag):
        assert measure(bare[:-20] + end) is None, end
    for end in (b"TAG", b"hello", b"APETAGEX" + b"\xff" * 24, mp3(1)[:9]):
        assert measure(bare + end) is None, end
    assert TONES["tone.mp3"][-128:-125] == b"TAG" and TONES["tone.mp3"][:3] == b"ID3"


TINY = {
    "elements": lambda: element("1a45dfa3", b"\x42\x82\x84webm") + b"\xec\x80" * (MOST // 2),
    "blocks": lambda: webm(1)[:-12] + b"\xa3\x84\x81\0\0\0" * (MOST // 6),
    "boxes": lambda: mp4(1) + box(b"free", b"") * (MOST // 8),
    "tracks": lambda: box(b"ftyp", b"isom") + box(b"moov", box(b"trak", b"") * (MOST // 8)),
    "fragments": lambda: mp4(1, in_pieces=True) + box(b"moof", box(b"traf", b"") * (MOST // 8)),
    "pages": lambda: ogg(1) + (b"OggS\0\0" + bytes(8) + b"\7" + bytes(12)) * (MOST // 27),
    "chunks": lambda: b"RIFF\0\0\0\0WAVE" + b"LIST\0\0\0\0" * (MOST // 8),
    "AAC frames": lambda: b"\xff\xf1\x50\x80\x01\x1f\xfc\0" * (MOST // 8),
    "MP3 frames": lambda: (b"\xff\xf3\x14\xc4" + bytes(20)) * (MOST // 24),
}


@pytest.mark.parametrize("parts", TINY)
def test_10_mb_of_tiny_parts_are_given_up(parts: str) -> None:
    data = TINY[parts]()
    lines = 0

    def count(_frame: FrameType, event: str, _more: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        found = measure(data)
    finally:
        sys.settrace(before)
    assert found is None
    assert MOST_PARTS < lines < 50 * MOST_PARTS  # all of them would be up to 35 times as many


def test_a_sample_table_as_large_as_a_file_may_be_is_summed() -> None:
    rows = MOST // 8 - 100
    table = box(b"stts", struct.pack(">II", 0, rows) + struct.pack(">II", 1, 20) * rows)
    few = box(b"stts", struct.pack(">III", 0, 1, 100) + struct.pack(">I", 20))
    parts = mp4(2).split(few)
    assert len(parts) == 2
    grown = bytearray(table.join(parts))
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        at = grown.index(name) - 4
        struct.pack_into(">I", grown, at, struct.unpack_from(">I", grown, at)[0] + len(table) - len(few))
    assert measure(bytes(grown)) == Measured("audio/mp4", rows * 0.02)

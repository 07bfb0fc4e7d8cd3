"""A sound is told by its structure: whole ones by their kind, everything else not at all."""

from __future__ import annotations

import pytest

from feedback.web.audio import media_of
from tests.support.sounds import BEEP, BEEP_MP4, aac, mp3, ogg, tone

WHOLE = {
    "audio/webm": BEEP,
    "audio/mp4": BEEP_MP4,
    "audio/wav": tone(),
    "audio/ogg": ogg(),
    "audio/mpeg": mp3(),
    "audio/aac": aac(),
}


@pytest.mark.parametrize("media", WHOLE)
def test_each_kind_is_known(media: str) -> None:
    assert media_of(WHOLE[media]) == media


def test_a_tag_before_an_mp3_is_skipped() -> None:
    assert media_of(b"ID3\x04\0\0\0\0\x01\x05" + bytes(133) + mp3()) == "audio/mpeg"


@pytest.mark.parametrize("media", WHOLE)
def test_a_sound_that_stops_short_is_none(media: str) -> None:
    whole = WHOLE[media]
    for cut in (1, 7, len(whole) // 3, len(whole) // 2, len(whole) - 12):
        assert media_of(whole[:-cut]) is None, cut


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"hello",
        b"<html><script>alert(1)</script></html>",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"%PDF-1.7" + bytes(100),
        b"PK\x03\x04" + bytes(100),
        bytes(5000),
        b"\xff" * 5000,
        b"RIFF\xff\xff\xff\xffWAVE",
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(50),
        b"OggS\0" + bytes(40),
        b"\x1a\x45\xdf\xa3" + bytes(100),
        b"\0\0\0\x18ftypmp42" + bytes(12),
        mp3(2),
        aac(2),
    ],
)
def test_what_is_no_sound_has_no_kind(data: bytes) -> None:
    assert media_of(data) is None


def test_a_film_is_no_sound() -> None:
    assert b"\x83\x81\x02" in BEEP and b"soun" in BEEP_MP4
    assert media_of(BEEP.replace(b"\x83\x81\x02", b"\x83\x81\x01")) is None
    assert media_of(BEEP_MP4.replace(b"soun", b"vide")) is None


def test_no_bytes_stop_it() -> None:
    for whole in WHOLE.values():
        for at in range(0, min(len(whole), 400), 3):
            for wrong in (0, 1, 0x7F, 0xFF):
                assert media_of(whole[:at] + bytes([wrong]) + whole[at + 1 :]) in {*WHOLE, None}

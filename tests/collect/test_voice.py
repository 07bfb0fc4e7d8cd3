"""An answer that is said instead of written: kept once, heard by its teller, sent, changed, taken back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from feedback.store import drafts, recordings
from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey
from feedback.store.voice_models import Recording
from tests.support.page import Page
from tests.support.respondent import Respondent
from tests.support.sounds import BEEP, BEEP_MP4, mp4, tone, webm

TEXT = "They sent me away twice."


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


@pytest.fixture(autouse=True)
def spoken(publish: Callable[[str], PublishedSurvey]) -> PublishedSurvey:
    return publish("spoken")


def says(person: Respondent, audio: bytes, question: str = "happened", **more: Any) -> TestResponse:
    """As voice.js does: the sound alone, with the form's token beside it."""
    headers = {"Heard-Token": person.form.data()["token"][0]} | more.pop("headers", {})
    answer = person.client.post(
        f"/s/spoken/voice/{question}", headers=headers, content_type="audio/webm",
        base_url=person.base_url, **(more or {"data": audio}),
    )  # fmt: skip
    if answer.status_code == 200:
        person.form.fill("token", answer.json["token"])
    return answer


def sounds_on(page: Page) -> list[str]:
    return [each.get("src", "") for each in page.all("audio") if each.get("src")]


def hears(person: Respondent) -> list[tuple[str, bytes]]:
    played = [person.client.get(url, base_url=person.base_url) for url in sounds_on(person.page)]
    return [(each.mimetype, each.data) for each in played]


def kept_recordings(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Recording)) or 0


def tells_aloud(person: Respondent, readers: str | None = "plan_and_pay", audio: bytes = BEEP) -> str:
    person.opens("spoken").begins()
    assert says(person, audio).status_code == 200
    person.goes_on().goes_to_readers().chooses_readers(readers)
    code = person.sends()
    assert code
    return code


def test_what_was_said_is_heard_again_until_it_is_sent_and_with_the_code(respondent: Respondent) -> None:
    respondent.opens("spoken").begins()
    assert says(respondent, BEEP).status_code == 200
    respondent.goes_on().goes_back().sees("You recorded an answer here.")
    assert hears(respondent) == [("audio/webm", BEEP)]
    respondent.goes_to_readers().sees("With the first answer nobody may listen").chooses_readers("anyone")
    assert hears(respondent) == [("audio/webm", BEEP)]
    code = respondent.sends()
    assert code
    respondent.reads_back(code)
    assert hears(respondent) == [("audio/webm", BEEP)]
    respondent.withdraws(code)
    respondent.reads_back(code).sees("We hold nothing under that code.")


def test_nothing_of_it_is_stored_as_it_was_said(store: Store, respondent: Respondent) -> None:
    tells_aloud(respondent)
    with store.read() as session:
        row = session.scalars(select(Recording)).one()
    assert row.draft_key_hash is None and row.response_id
    assert BEEP[:40] not in row.audio_sealed and BEEP[-40:] not in row.audio_sealed
    assert len(row.audio_sealed) > len(BEEP)


def test_posted_twice_it_is_kept_once_and_a_new_one_takes_its_place(
    store: Store, respondent: Respondent
) -> None:
    respondent.opens("spoken").begins()
    assert [says(respondent, BEEP).status_code for _ in range(2)] == [200, 200]
    assert kept_recordings(store) == 1
    says(respondent, BEEP_MP4)
    assert kept_recordings(store) == 1
    respondent.goes_on().goes_back()
    assert hears(respondent) == [("audio/mp4", BEEP_MP4)]


def test_it_goes_with_its_draft_and_with_its_response(store: Store, respondent: Respondent) -> None:
    respondent.opens("spoken").begins()
    says(respondent, BEEP)
    respondent.client.post(
        "/s/spoken/leave", data={"token": respondent.form.data()["token"]}, base_url=respondent.base_url
    )
    assert kept_recordings(store) == 0
    respondent.opens("spoken").begins()
    says(respondent, BEEP)
    drafts.purge(store, 9e12)
    assert kept_recordings(store) == 0
    respondent.opens("spoken").begins()
    code = tells_aloud(respondent)
    assert kept_recordings(store) == 1
    respondent.withdraws(code)
    assert kept_recordings(store) == 0


def test_it_can_be_taken_out_without_a_script(store: Store, respondent: Respondent) -> None:
    respondent.opens("spoken").begins()
    says(respondent, BEEP)
    respondent.goes_on().goes_back()
    respondent.form.fill("drop-voice", ["happened"])
    respondent.goes_on()
    assert kept_recordings(store) == 0


def test_a_question_that_is_asked_no_more_sends_no_recording(store: Store, respondent: Respondent) -> None:
    respondent.opens("spoken").begins()
    says(respondent, BEEP)
    respondent.goes_on().answers(**{"return": "no"}).goes_on()
    assert says(respondent, tone(), "why").status_code == 200
    respondent.goes_back().answers(**{"return": "yes"}).goes_on()
    respondent.chooses_readers("anyone").sends()
    assert kept_recordings(store) == 1
    with store.read() as session:
        assert session.scalars(select(Recording.question)).one() == "happened"


def test_a_recording_alone_is_an_answer_and_none_is_not(respondent: Respondent) -> None:
    tells_aloud(respondent)
    respondent.opens("spoken").begins().goes_to_readers().chooses_readers(None)
    respondent.goes_on().sees("You have not answered anything yet")


@pytest.mark.parametrize(
    "audio", [b"", b"not a sound", BEEP[:-30], b"<script>alert(1)</script>", b"\0" * 5000]
)
def test_what_is_no_sound_is_refused_and_the_words_stay(
    store: Store, respondent: Respondent, audio: bytes
) -> None:
    respondent.opens("spoken").begins()
    refused = says(respondent, audio)
    assert refused.status_code == 422
    assert refused.json == {"problem": "We could find no whole sound in this. Please record it again."}
    assert kept_recordings(store) == 0
    respondent.answers(happened=TEXT).goes_on().goes_back().sees(TEXT)


def test_60_mb_are_refused_before_they_are_read(respondent: Respondent) -> None:
    class NeverRead:
        at, size = 0, 60 * 1024 * 1024

        def tell(self) -> int:
            return self.at

        def seek(self, to: int, whence: int = 0) -> None:
            self.at = self.size if whence == 2 else to

        def read(self, *_size: int) -> bytes:
            raise AssertionError("it was read")

        readline = readinto = read

    respondent.opens("spoken").begins()
    refused = says(respondent, b"", input_stream=NeverRead())
    assert refused.status_code == 413 and "less than 5 minutes" in refused.json["problem"]
    respondent.answers(happened=TEXT).goes_on().goes_back().sees(TEXT)


def test_more_than_5_minutes_are_refused_however_few_bytes_they_take(
    store: Store, respondent: Respondent
) -> None:
    respondent.opens("spoken").begins()
    for audio in (webm(320), webm(320, claimed=2), mp4(320, in_pieces=True)):
        refused = says(respondent, audio)
        assert refused.status_code == 413
        assert refused.json == {
            "problem": "This is longer than we can take. Please say it in less than 5 minutes."
        }
    assert kept_recordings(store) == 0
    respondent.answers(happened=TEXT).goes_on().goes_back().sees(TEXT)
    assert says(respondent, webm(304)).status_code == 200  # the phone's own clock stopped it at five


def test_the_page_tells_the_phone_where_to_stop(respondent: Respondent) -> None:
    respondent.opens("spoken").begins()
    [told] = [each for each in respondent.page.all("script") if "voice" in each.get("src", "")]
    assert (told.get("data-most-seconds"), told.get("data-most-bytes")) == ("300", "10485760")


def test_no_part_of_it_is_laid_down_in_a_file(respondent: Respondent, monkeypatch: Any) -> None:
    def never(*_about: Any, **_more: Any) -> Any:
        raise AssertionError("a file was made")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, never)
    respondent.opens("spoken").begins()
    assert says(respondent, tone(seconds=120)).status_code == 200


def test_after_sending_nothing_more_is_taken(store: Store, respondent: Respondent) -> None:
    respondent.opens("spoken").begins()
    says(respondent, BEEP)
    token = respondent.form.data()["token"][0]
    respondent.goes_on().goes_to_readers().chooses_readers("anyone").sends()
    late = respondent.client.post(
        "/s/spoken/voice/happened", data=tone(), headers={"Heard-Token": token}, base_url=respondent.base_url
    )
    assert late.status_code == 409 and "already sent" in late.json["problem"]
    assert kept_recordings(store) == 1


def test_whose_it_is_must_be_told(respondent: Respondent, store: Store) -> None:
    respondent.opens("spoken").begins()
    for token in ("", "made.up", respondent.form.data()["token"][0] + "x"):
        assert says(respondent, BEEP, headers={"Heard-Token": token}).status_code == 400
    assert kept_recordings(store) == 0


def test_only_where_a_survey_listens(
    respondent: Respondent, publish: Callable[[str], PublishedSurvey]
) -> None:
    publish("story")
    respondent.opens("story").begins()
    assert "microphone=()" in respondent.response.headers["Permissions-Policy"]  # type: ignore[union-attr]
    assert "media-src" not in respondent.response.headers["Content-Security-Policy"]  # type: ignore[union-attr]
    respondent.does_not_see("Say it instead")
    token = respondent.form.data()["token"][0]
    answer = respondent.client.post(
        "/s/story/voice/happened", data=BEEP, headers={"Heard-Token": token}, base_url=respondent.base_url
    )
    assert answer.status_code == 404
    respondent.opens("spoken").begins().sees("Say it instead")
    assert "microphone=(self)" in respondent.response.headers["Permissions-Policy"]  # type: ignore[union-attr]
    assert says(respondent, BEEP, "return").status_code == 404
    respondent.goes_on()
    assert "microphone=()" in respondent.response.headers["Permissions-Policy"]  # type: ignore[union-attr]


def test_an_address_to_listen_opens_for_an_hour_and_can_not_be_made_up(
    respondent: Respondent, monkeypatch: Any
) -> None:
    respondent.opens("spoken").begins()
    says(respondent, BEEP)
    respondent.goes_on().goes_back()
    [url] = sounds_on(respondent.page)
    part = respondent.client.get(url, base_url=respondent.base_url, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.data) == (206, BEEP[:10])
    assert part.headers["X-Content-Type-Options"] == "nosniff" and part.headers["Cache-Control"] == "no-store"
    assert respondent.client.get(url + "x", base_url=respondent.base_url).status_code == 404
    monkeypatch.setattr(import_module("feedback.collect.voice"), "HEARD_FOR", -1)
    assert respondent.client.get(url, base_url=respondent.base_url).status_code == 404


def test_full_of_sound_still_takes_words(respondent: Respondent, monkeypatch: Any) -> None:
    monkeypatch.setattr(recordings, "MOST_UNSENT", 100)
    respondent.opens("spoken").begins()
    refused = says(respondent, BEEP)
    assert refused.status_code == 503 and "write it instead" in refused.json["problem"]
    respondent.answers(happened=TEXT).goes_on().goes_back().sees(TEXT)


def test_a_change_keeps_the_recording_or_puts_another_in_its_place(
    store: Store, respondent: Respondent
) -> None:
    code = tells_aloud(respondent)
    with store.read() as session:
        first = session.scalars(select(Recording.id)).one()
    changes(respondent, code)
    respondent.goes_on()
    with store.read() as session:
        assert session.scalars(select(Recording.id)).one() == first  # the same sound, so the same recording
    changes(respondent, code)
    respondent.goes_to("/s/spoken/story")
    says(respondent, BEEP_MP4)
    respondent.goes_on().goes_to_readers().goes_on().sends()
    assert kept_recordings(store) == 1
    respondent.reads_back(code)
    assert hears(respondent) == [("audio/mp4", BEEP_MP4)]


def changes(person: Respondent, code: str) -> None:
    person.reads_back(code)
    person.presses(form=next(form for form in person.page.forms if "change" in form.action))

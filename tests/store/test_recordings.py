"""Recordings on both databases: with their draft, then with their response, once, and gone with either."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from feedback.store import amendments, comments, drafts, recordings, removal, responses, transcripts
from feedback.store.database import Store
from feedback.store.encryption import CannotOpen
from feedback.store.models import Comment
from feedback.store.recordings import Sound
from feedback.store.responses import Submission
from feedback.store.surveys import PublishedSurvey
from feedback.store.transcripts import Spoken
from feedback.store.voice_models import Recording, Transcript
from feedback.survey.reading_choice import ReadingChoice
from tests.support.sounds import BEEP, BEEP_MP4

KEY, TODAY, HOUR = b"k" * 32, date(2026, 3, 2), 3600
SOUND, OTHER = Sound("audio/webm", BEEP), Sound("audio/mp4", BEEP_MP4)


@pytest.fixture
def spoken(publish: Any) -> PublishedSurvey:
    return publish("spoken")  # type: ignore[no-any-return]


def drafted(store: Store, survey: PublishedSurvey, key: bytes = KEY, sound: Sound = SOUND) -> None:
    drafts.save_page(store, key, survey.version_id, {}, time.time(), HOUR)
    assert recordings.keep(store, key, "happened", sound)


def submission(store: Store, survey: PublishedSurvey, key: bytes = KEY, **other: Any) -> Submission:
    voices = {question: held.digest for question, held in recordings.of_draft(store, key).items()}
    given: dict[str, Any] = {
        "edition_id": None, "language": "en", "mode": "self", "received_on": TODAY, "service": None,
        "reading_choice": ReadingChoice.PLAN_AND_PAY, "words": {}, "answers": {}, "voices": voices,
    }  # fmt: skip
    return Submission(key=key, survey_id=survey.survey_id, version_id=survey.version_id, **(given | other))


def sent(store: Store, survey: PublishedSurvey, **other: Any) -> str:
    drafted(store, survey)
    receipt = responses.submit(store, submission(store, survey, **other)).receipt
    assert receipt
    return receipt


def written(store: Store, survey: PublishedSurvey, text: str = "Two hours.") -> Spoken:
    [waiting] = transcripts.waiting(store, survey.survey_id, 10)
    assert transcripts.write(store, survey.survey_id, waiting, text, None, TODAY)
    [done] = transcripts.written(store, survey.survey_id, 10)
    return done


def count(store: Store, model: type[Any]) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_it_goes_over_with_the_draft_and_a_retry_changes_nothing(
    store: Store, spoken: PublishedSurvey
) -> None:
    drafted(store, spoken)
    first = submission(store, spoken)
    assert [responses.submit(store, first).first for _ in range(3)] == [True, False, False]
    own = responses.find_by_receipt(store, responses.became_of(store, KEY).receipt or "")  # type: ignore[union-attr]
    assert own is not None
    [held] = recordings.of_response(store, own.id).values()
    assert recordings.open_sound(store, held.id) == SOUND
    assert recordings.of_draft(store, KEY) == {} and count(store, Recording) == 1


def test_without_a_draft_nothing_is_kept(store: Store, spoken: PublishedSurvey) -> None:
    assert not recordings.keep(store, KEY, "happened", SOUND)
    sent(store, spoken)
    assert not recordings.keep(store, KEY, "happened", OTHER)
    assert count(store, Recording) == 1


def test_posted_at_once_from_many_sides_it_is_there_once(store: Store, spoken: PublishedSurvey) -> None:
    drafts.save_page(store, KEY, spoken.version_id, {}, time.time(), HOUR)
    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(lambda _each: recordings.keep(store, KEY, "happened", SOUND), range(12)))
    assert kept == [True] * 12 and count(store, Recording) == 1


def test_moved_to_another_row_it_opens_for_nobody(store: Store, spoken: PublishedSurvey) -> None:
    drafted(store, spoken)
    drafted(store, spoken, b"o" * 32, OTHER)
    mine, theirs = (recordings.of_draft(store, key)["happened"].id for key in (KEY, b"o" * 32))
    with store.write() as session:
        taken = session.scalar(select(Recording.audio_sealed).where(Recording.id == theirs))
        session.execute(update(Recording).where(Recording.id == mine).values(audio_sealed=taken))
    with pytest.raises(CannotOpen):
        recordings.open_sound(store, mine)


def test_withdrawn_or_past_its_time_nothing_of_it_is_left(store: Store, spoken: PublishedSurvey) -> None:
    receipt = sent(store, spoken)
    written(store, spoken)
    assert removal.withdraw(store, receipt, TODAY)
    assert (count(store, Recording), count(store, Transcript), count(store, Comment)) == (0, 0, 0)
    drafted(store, spoken, b"o" * 32)
    responses.submit(store, submission(store, spoken, b"o" * 32))
    removal.remove_older_than(store, spoken.survey_id, date(2027, 1, 1), date(2027, 1, 1))
    assert count(store, Recording) == 0


def test_what_is_written_down_stands_beside_typed_words(store: Store, spoken: PublishedSurvey) -> None:
    receipt = sent(store, spoken, words={"happened": "I typed this."})
    done = written(store, spoken)
    assert {each.text for each in comments.to_sort(store, spoken.survey_id)} == {
        "I typed this.",
        "Two hours.",
    }
    own = responses.find_by_receipt(store, receipt)
    assert own is not None and own.words == {"happened": "I typed this."}
    assert transcripts.of_response(store, own.id) == {"happened": "Two hours."}
    assert done.written_on == TODAY


def test_a_choice_made_quieter_closes_it(store: Store, spoken: PublishedSurvey) -> None:
    receipt = sent(store, spoken)
    done = written(store, spoken)
    own = responses.find_by_receipt(store, receipt)
    assert own is not None
    was = amendments.state_of(store, own.id)
    key = b"c" * 32
    drafts.save_page(store, key, spoken.version_id, {}, time.time(), HOUR)
    recordings.copy_to_draft(store, own.id, key)
    quieter = submission(store, spoken, key, reading_choice=ReadingChoice.NOBODY)
    assert amendments.amend(store, quieter, own.id, receipt, was or "", TODAY).receipt == receipt
    [same] = recordings.of_response(store, own.id).values()
    assert same.id == done.id  # the same sound stays
    assert count(store, Comment) == 1
    assert transcripts.one(store, spoken.survey_id, done.id) is None
    assert transcripts.sound(store, spoken.survey_id, done.id) is None
    assert transcripts.write(store, spoken.survey_id, done, "More.", None, TODAY) is None
    assert transcripts.counts(store, spoken.survey_id).unheard == 1


def test_two_who_write_at_once_are_told(store: Store, spoken: PublishedSurvey) -> None:
    sent(store, spoken)
    [waiting] = transcripts.waiting(store, spoken.survey_id, 10)
    with ThreadPoolExecutor(4) as pool:
        saved = list(
            pool.map(
                lambda text: transcripts.write(store, spoken.survey_id, waiting, text, None, TODAY), "abcd"
            )
        )
    assert sorted(map(str, saved)) == ["False", "False", "False", "True"]
    assert (count(store, Comment), count(store, Transcript)) == (1, 1)

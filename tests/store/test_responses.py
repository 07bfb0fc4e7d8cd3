"""A response goes in whole, once."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from feedback.store import drafts, receipt_code, responses
from feedback.store.database import Store
from feedback.store.models import Comment, Draft, Response
from feedback.store.removal import withdraw
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import ReadingChoice
from tests.support.telling import DAY, count, telling, told


def receipt_of(store: Store, key: bytes) -> str | None:
    outcome = responses.became_of(store, key)
    return outcome.receipt if outcome else None


def test_what_was_told_is_read_back_with_the_receipt(store: Store, story: PublishedSurvey) -> None:
    outcome = told(
        store, story, "They listened.", language="ar", reading_choice=ReadingChoice.SERVICE, words={
            "happened": "استمعوا إليّ 🙂", "better": "<script>alert(1)</script>"
        },
    )  # fmt: skip
    assert outcome.first and outcome.same_words and outcome.receipt
    found = responses.find_by_receipt(store, outcome.receipt)
    assert found is not None
    assert found.words == {"happened": "استمعوا إليّ 🙂", "better": "<script>alert(1)</script>"}
    assert found.answers == {"which_service": "hostel"}
    assert (found.language, found.received_on, found.reading_choice) == ("ar", DAY, ReadingChoice.SERVICE)
    assert found.version_id == story.version_id


def test_a_retry_gets_the_same_receipt_and_stores_nothing(store: Store, story: PublishedSurvey) -> None:
    submission = telling(story)
    first, again = responses.submit(store, submission), responses.submit(store, submission)
    assert again.receipt == first.receipt
    assert (again.first, again.same_words) == (False, True)
    assert count(store, Response) == count(store, Comment) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"words": {"happened": "Something else."}},
        {"words": {"happened": "The door was locked.", "better": "Open it."}},
        {"answers": {"which_service": "library"}},
        {"reading_choice": ReadingChoice.ANYONE},
    ],
)
def test_the_same_key_with_other_words_keeps_the_first_and_says_so(
    store: Store, story: PublishedSurvey, change: dict
) -> None:
    submission = telling(story)
    first = responses.submit(store, submission)
    again = responses.submit(store, replace(submission, **change))
    assert again.receipt == first.receipt
    assert (again.first, again.same_words) == (False, False)
    assert first.receipt is not None
    kept = responses.find_by_receipt(store, first.receipt)
    assert kept is not None
    assert (kept.words, kept.answers) == (submission.words, submission.answers)
    assert kept.reading_choice == submission.reading_choice


def test_pressing_send_many_times_at_once_stores_one_row(store: Store, story: PublishedSurvey) -> None:
    submission = telling(story)
    with ThreadPoolExecutor(8) as senders:
        outcomes = list(senders.map(lambda _: responses.submit(store, submission), range(16)))
    assert len({outcome.receipt for outcome in outcomes}) == 1
    assert sum(outcome.first for outcome in outcomes) == 1
    assert count(store, Response) == count(store, Comment) == 1


def test_many_people_at_once_are_all_kept(store: Store, story: PublishedSurvey) -> None:
    with ThreadPoolExecutor(8) as senders:
        outcomes = list(senders.map(lambda n: told(store, story, f"Story {n}"), range(40)))
    assert all(outcome.first for outcome in outcomes)
    assert len({outcome.receipt for outcome in outcomes}) == count(store, Response) == 40


def test_a_late_retry_does_not_bring_back_what_was_withdrawn(store: Store, story: PublishedSurvey) -> None:
    submission = telling(story)
    receipt = responses.submit(store, submission).receipt
    assert receipt is not None
    assert withdraw(store, receipt, DAY)
    again = responses.submit(store, submission)
    assert (again.receipt, again.first) == (None, False)
    assert count(store, Response) == count(store, Comment) == 0
    assert responses.find_by_receipt(store, receipt) is None


def test_sending_ends_the_draft_and_a_retry_ends_one_begun_since(
    store: Store, story: PublishedSurvey
) -> None:
    key = secrets.token_bytes(32)
    for _ in range(2):
        drafts.save_page(store, key, story.version_id, {"happened": "Hm."}, now=1000, lifetime=60)
        told(store, story, "Hm.", key=key)
        assert drafts.load(store, key, now=1001) is None
        assert count(store, Draft) == 0


def test_the_receipt_of_a_sent_draft_is_found_by_its_key_alone(store: Store, story: PublishedSurvey) -> None:
    submission = telling(story)
    assert receipt_of(store, submission.key) is None
    receipt = responses.submit(store, submission).receipt
    assert receipt is not None
    assert receipt_of(store, submission.key) == receipt
    assert receipt_code.read(receipt_code.in_groups(receipt)) == receipt
    withdraw(store, receipt, DAY)
    assert receipt_of(store, submission.key) is None


def test_two_people_whose_codes_collide_get_two_codes(
    store: Store, story: PublishedSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived = responses.derive_receipt

    def unlucky(store: Store, key: bytes, attempt: int = 0) -> str:
        return "000000000000000" + "0" if attempt == 0 else derived(store, key, attempt)

    monkeypatch.setattr(responses, "derive_receipt", unlucky)
    first, second = telling(story, "One."), telling(story, "Two.")
    receipts = [responses.submit(store, each).receipt for each in (first, second)]
    assert len(set(receipts)) == 2
    assert responses.submit(store, second).receipt == receipts[1] == receipt_of(store, second.key)


def test_a_failure_half_way_stores_nothing(store: Store, story: PublishedSurvey) -> None:
    nameless = telling(story, words={"happened": "Kept?", "better": "Half?"})
    with pytest.raises(Exception, match=r"(?i)foreign key|NOT NULL|null value"):
        responses.submit(store, replace(nameless, edition_id=999_999))
    assert count(store, Response) == count(store, Comment) == 0
    assert responses.submit(store, nameless).first


def test_a_code_that_nobody_holds_finds_nothing(store: Store, story: PublishedSurvey) -> None:
    told(store, story)
    assert responses.find_by_receipt(store, "0000000000000000") is None

"""A draft: sealed, under a key only the browser holds, and short-lived."""

from __future__ import annotations

from feedback.store import drafts
from feedback.store.database import Store
from feedback.store.models import Draft
from feedback.store.surveys import PublishedSurvey
from tests.support.telling import count

KEY, OTHER = b"1" * 32, b"2" * 32
NOW, DAY = 1_800_000_000, 24 * 3600


def answers(store: Store, key: bytes = KEY, now: float = NOW) -> dict | None:
    draft = drafts.load(store, key, now)
    return None if draft is None else draft.answers


def test_each_page_adds_its_answers(store: Store, story: PublishedSurvey) -> None:
    drafts.save_page(store, KEY, story.version_id, {"happened": "It rained."}, NOW, DAY)
    drafts.save_page(store, KEY, story.version_id, {"better": "A roof.", "months": [1, 2]}, NOW + 1, DAY)
    assert answers(store) == {"happened": "It rained.", "better": "A roof.", "months": [1, 2]}
    draft = drafts.load(store, KEY, NOW)
    assert draft is not None and draft.version_id == story.version_id


def test_answering_a_page_again_replaces_its_answers(store: Store, story: PublishedSurvey) -> None:
    drafts.save_page(store, KEY, story.version_id, {"happened": "One.", "better": "Two."}, NOW, DAY)
    kept = drafts.save_page(store, KEY, story.version_id, {"happened": "Three.", "better": None}, NOW, DAY)
    assert answers(store) == kept == {"happened": "Three."}


def test_a_draft_dies_at_its_time_and_writing_does_not_prolong_it(
    store: Store, story: PublishedSurvey
) -> None:
    drafts.save_page(store, KEY, story.version_id, {"happened": "Old."}, NOW, DAY)
    drafts.save_page(store, KEY, story.version_id, {"happened": "Newer."}, NOW + DAY - 1, DAY)
    assert answers(store, now=NOW + DAY - 1) == {"happened": "Newer."}
    assert answers(store, now=NOW + DAY) is None


def test_what_was_in_a_dead_draft_never_comes_back(store: Store, story: PublishedSurvey) -> None:
    drafts.save_page(store, KEY, story.version_id, {"happened": "Old."}, NOW, DAY)
    later = NOW + DAY
    drafts.save_page(store, KEY, story.version_id, {"better": "New."}, later, DAY)
    assert answers(store, now=later) == {"better": "New."}
    assert answers(store, now=later + DAY) is None


def test_sweeping_takes_the_dead_and_leaves_the_living(store: Store, story: PublishedSurvey) -> None:
    drafts.save_page(store, KEY, story.version_id, {"happened": "Dead."}, NOW, 60)
    drafts.save_page(store, OTHER, story.version_id, {"happened": "Alive."}, NOW, DAY)
    assert drafts.purge(store, NOW + 60) == 1
    assert drafts.purge(store, NOW + 60) == 0
    assert count(store, Draft) == 1
    assert answers(store, OTHER, NOW + 60) == {"happened": "Alive."}


def test_quick_exit_drops_only_ones_own(store: Store, story: PublishedSurvey) -> None:
    for key in (KEY, OTHER):
        drafts.save_page(store, key, story.version_id, {"happened": "Words."}, NOW, DAY)
    drafts.drop(store, KEY)
    drafts.drop(store, KEY)
    assert answers(store, KEY) is None
    assert answers(store, OTHER) == {"happened": "Words."}


def test_a_key_nobody_was_given_opens_nothing(store: Store, story: PublishedSurvey) -> None:
    drafts.save_page(store, KEY, story.version_id, {"happened": "Words."}, NOW, DAY)
    for key in (b"", b"\x00", KEY[:-1], KEY + b"1"):
        assert answers(store, key) is None

"""Who may read words is decided where they are read, by their teller."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from feedback.store import comments
from feedback.store.database import Store
from feedback.store.models import Comment
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import Reader, ReadingChoice
from tests.support.telling import DAY, told


@pytest.fixture
def one_of_each(store: Store, story: PublishedSurvey) -> list[str]:
    """Four comments, each saying its teller's choice."""
    for choice in ReadingChoice:
        told(store, story, choice.answer, reading_choice=choice, language="ar", service="library")
    with store.read() as session:
        return list(session.scalars(select(Comment.id)))


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        (Reader.COMMISSIONER, {"plan_and_pay", "service", "anyone"}),
        (Reader.SERVICE, {"service", "anyone"}),
        (Reader.PUBLIC, {"anyone"}),
    ],
)
def test_each_reader_gets_what_tellers_allowed(
    store: Store, one_of_each: list[str], reader: Reader, seen: set[str]
) -> None:
    found = comments.readable(store, reader, one_of_each)
    assert {comment.text for comment in found.values()} == seen
    assert all(comment.id == key for key, comment in found.items())


def test_words_nobody_may_read_never_leave_for_a_person(store: Store, one_of_each: list[str]) -> None:
    for reader in Reader:
        texts = {comment.text for comment in comments.readable(store, reader, one_of_each).values()}
        assert "nobody" not in texts


def test_the_machine_sorts_all_and_knows_which_words_may_be_shown(
    store: Store, one_of_each: list[str], story: PublishedSurvey
) -> None:
    to_sort = list(comments.to_sort(store, story.survey_id))
    assert {comment.text: comment.readable for comment in to_sort} == {
        "nobody": False,
        "plan_and_pay": True,
        "service": True,
        "anyone": True,
    }
    assert {comment.id for comment in to_sort} == set(one_of_each)


def test_an_unanswered_choice_means_nobody() -> None:
    assert ReadingChoice.from_answer(None) is ReadingChoice.NOBODY
    assert ReadingChoice.from_answer("") is ReadingChoice.NOBODY
    assert [ReadingChoice.from_answer(choice.answer) for choice in ReadingChoice] == list(ReadingChoice)


def test_a_comment_comes_with_what_the_report_says_about_it(store: Store, one_of_each: list[str]) -> None:
    comment = next(iter(comments.readable(store, Reader.PUBLIC, one_of_each).values()))
    assert (comment.question, comment.language, comment.service, comment.mode, comment.received_on) == (
        "happened", "ar", "library", "self", DAY,
    )  # fmt: skip


def test_unknown_ids_and_no_ids_give_nothing(store: Store, one_of_each: list[str]) -> None:
    assert comments.readable(store, Reader.PUBLIC, []) == {}
    assert comments.readable(store, Reader.PUBLIC, ["no such comment", "' OR 1=1 --"]) == {}


def test_more_comments_than_a_query_takes_are_all_found(store: Store, story: PublishedSurvey) -> None:
    words = {f"question_{n}": f"Answer {n}" for n in range(1203)}
    told(store, story, words=words)
    with store.read() as session:
        ids = list(session.scalars(select(Comment.id)))
    found = comments.readable(store, Reader.COMMISSIONER, ids)
    assert {comment.question: comment.text for comment in found.values()} == words


def test_comments_of_other_surveys_are_not_sorted_along(
    store: Store, one_of_each: list[str], publish
) -> None:
    assert list(comments.to_sort(store, publish("routes").survey_id)) == []

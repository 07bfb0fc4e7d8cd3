"""A worker sorts what people said, and keeps of their words only where they stand."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pytest
from sqlalchemy import select

from analysis import Comment as ToSort
from analysis import ThemeSet, analyse, load_codebook
from feedback.jobs.worker import Worker
from feedback.store import removal, responses, runs, themes
from feedback.store.comments import to_sort
from feedback.store.database import Store
from feedback.store.learned_words import open_sealed
from feedback.store.loop_models import Moved, ToCheck
from feedback.store.models import Base, Coding, Comment, CommentReading, Run, Theme, ThemeQuote, Vector
from feedback.store.surveys import PublishedSurvey
from feedback.store.vectors import SealedVectorCache
from tests.jobs.conftest import WORDS
from tests.support.telling import DAY, count, told

Tell = Callable[[], list[str]]


@pytest.fixture
def receipts(told_stories: Tell) -> list[str]:
    return told_stories()


def run_of(store: Store, survey: PublishedSurvey) -> runs.RunState:
    found = runs.newest(store, survey.survey_id)
    assert found is not None
    return found


def everything(store: Store) -> Iterator[object]:
    with store.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                yield from row


def test_a_run_ends_done_with_every_comment_sorted(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    runs.request(store, story.survey_id, DAY)
    worker.drain()
    run = run_of(store, story)
    assert (run.state, run.error) == ("done", "")
    with store.read() as session:
        primary = session.scalars(select(Coding.comment_id).where(Coding.primary)).all()
        figures = session.scalars(select(Run.figures)).one()
    assert len(primary) == len(set(primary)) == len(receipts) == count(store, CommentReading)
    assert figures and figures["all"]["responses"] == len(receipts)


def test_without_the_model_it_says_that_words_alone_were_compared(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    runs.request(store, story.survey_id, DAY)
    worker.drain()
    model = run_of(store, story).model
    assert model is not None and model["fallback"] is True


def test_no_word_that_anyone_wrote_is_copied_out_of_its_comment(
    store: Store, story: PublishedSurvey, worker: Worker
) -> None:
    for number in range(8):
        told(store, story, f"The zebrafish clinic made me wait again and again, number {number}.")
    runs.request(store, story.survey_id, DAY)
    worker.drain()
    assert count(store, Coding) > 0
    for value in everything(store):
        assert b"zebrafish" not in (value if isinstance(value, bytes) else str(value).encode())


def test_a_survey_nobody_answered_is_done_at_once(
    store: Store, story: PublishedSurvey, worker: Worker
) -> None:
    runs.request(store, story.survey_id, DAY)
    worker.drain()
    assert run_of(store, story).state == "done"


def test_an_earlier_run_keeps_its_figures_and_nothing_else(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    for _ in range(2):
        runs.request(store, story.survey_id, DAY)
        worker.drain()
    with store.read() as session:
        first, second = session.scalars(select(Run).order_by(Run.id))
        assert first.figures and second.figures
        assert first.figures | {"moved": None} == second.figures | {"moved": None}
        for table in (Theme, Coding, ThemeQuote, CommentReading, ToCheck, Moved):
            assert set(session.scalars(select(table.run_id))) <= {second.id}


def found_by_now(store: Store, survey: PublishedSurvey) -> tuple[ThemeSet, list]:
    comments = list(to_sort(store, survey.survey_id))
    asked = [ToSort(each.id, each.text, each.response_id, each.language) for each in comments]
    return analyse(asked, codebook=load_codebook(), encoder=None, languages=["en"]), comments


def test_someone_who_withdraws_while_it_runs_is_not_in_the_result(
    store: Store, story: PublishedSurvey, receipts: list[str]
) -> None:
    lease = runs.take(store, runs.request(store, story.survey_id, DAY), time.time())
    assert lease
    found, comments = found_by_now(store, story)
    touched = {
        coding.theme_id for coding in found.codings if coding.comment_id == gone_id(store, receipts[0])
    }
    removal.withdraw(store, receipts[0], DAY)
    assert themes.save(store, lease, found, comments, DAY)
    with store.read() as session:
        assert len(set(session.scalars(select(Coding.comment_id)))) == len(receipts) - 1
        emptied = session.scalars(select(Theme.theme_id).where(Theme.learned_words_sealed.is_(None))).all()
        figures = session.scalars(select(Run.figures).where(Run.state == "done")).one()
    assert set(emptied) == touched - {"unsorted"}
    assert figures and figures["all"]["responses"] == len(receipts) - 1
    assert run_of(store, story).state == "waiting"  # and it is sorted again without them


def gone_id(store: Store, receipt: str) -> str:
    own = responses.find_by_receipt(store, receipt)
    assert own is not None
    with store.read() as session:
        return session.scalars(select(Comment.id).where(Comment.response_id == own.id)).one()


def test_a_worker_that_was_too_slow_stores_nothing(
    store: Store, story: PublishedSurvey, receipts: list[str]
) -> None:
    run_id = runs.request(store, story.survey_id, DAY)
    slow = runs.take(store, run_id, time.time() - runs.LEASE_SECONDS - 5)
    found, comments = found_by_now(store, story)
    quick = runs.take(store, run_id, time.time())
    assert slow and quick
    assert not themes.save(store, slow, found, comments, DAY)
    assert count(store, Theme) == count(store, Coding) == 0
    assert themes.save(store, quick, found, comments, DAY)
    assert not themes.save(store, quick, found, comments, DAY)
    assert count(store, CommentReading) == len(receipts)


def test_learned_words_open_only_in_their_own_place(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    runs.request(store, story.survey_id, DAY)
    worker.drain()
    with store.read() as session:
        theme = session.scalars(select(Theme)).first()
    assert theme is not None and theme.learned_words_sealed
    words = open_sealed(store, theme.run_id, theme.theme_id, theme.learned_words_sealed)
    assert words.names == {} or theme.from_codebook is None
    with pytest.raises(Exception, match="not what was stored here"):
        open_sealed(store, theme.run_id, "another", theme.learned_words_sealed)
    assert open_sealed(store, theme.run_id, theme.theme_id, None).keywords == {}


def test_an_error_is_reported_without_anyones_words(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str],
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def stumble(comments: list[ToSort], **_: object) -> ThemeSet:
        raise ValueError(f"could not read {comments[0].text}")

    monkeypatch.setattr("feedback.jobs.worker.analyse", stumble)
    runs.request(store, story.survey_id, DAY)
    with caplog.at_level(logging.INFO):
        worker.drain()
    run = run_of(store, story)
    assert (run.state, run.error) == ("failed", "The analysis stopped with an unexpected error (ValueError).")
    assert "ValueError" in caplog.text
    assert not any(words in caplog.text for words in WORDS)


def test_vectors_are_kept_sealed_and_go_with_their_comment(
    store: Store, story: PublishedSurvey, receipts: list[str]
) -> None:
    cache = SealedVectorCache(store)
    comments = list(to_sort(store, story.survey_id))
    items = [(comment.id, comment.text) for comment in comments] + [(comments[0].id, comments[0].text)]
    vectors = np.random.default_rng(0).normal(size=(len(items), 8)).round(4).astype(np.float32)
    vectors[-1] = vectors[0]
    assert cache.load("m", items) == {}
    cache.save("m", items, vectors)
    cache.save("m", items, vectors)
    kept = cache.load("m", items)
    assert sorted(kept) == list(range(len(items)))
    assert all(np.array_equal(kept[index], vectors[index]) for index in kept)
    assert cache.load("another model", items) == {}
    assert cache.load("m", [(comments[0].id, "Other words."), (comments[1].id, comments[0].text)]) == {}
    with store.read() as session:
        for row in session.scalars(select(Vector)):
            assert not any(vector.tobytes() in row.vector_sealed for vector in vectors)
    gone = gone_id(store, receipts[0])
    removal.withdraw(store, receipts[0], DAY)
    assert count(store, Vector) == len(comments) - 1
    cache.save("m", [(gone, "The wait.")], vectors[:1])
    assert count(store, Vector) == len(comments) - 1


@pytest.mark.weights
@pytest.mark.slow
def test_with_the_model_the_second_run_reads_no_comment_twice(
    store: Store, story: PublishedSurvey, told_stories: Tell
) -> None:
    told_stories()
    worker = Worker(store)
    runs.request(store, story.survey_id, date.today())
    worker.drain()
    model = run_of(store, story).model
    assert model is not None and model["fallback"] is False
    vectors = count(store, Vector)
    assert vectors > 0
    runs.request(store, story.survey_id, date.today())
    worker.drain()
    assert run_of(store, story).state == "done"
    assert count(store, Vector) == vectors

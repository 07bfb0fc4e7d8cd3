"""What people checked and decided holds in the next analysis, and in the ones after."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from analysis import load_codebook
from feedback.jobs.worker import Worker
from feedback.store import check_queue, checks, removal, runs, theme_edits
from feedback.store.checks import Checker
from feedback.store.database import Store
from feedback.store.loop_models import Moved, ToCheck
from feedback.store.models import Coding, Comment, Run
from feedback.store.surveys import PublishedSurvey
from feedback.store.theme_edits import Decider
from feedback.survey.reading_choice import ReadingChoice
from tests.support.telling import DAY, count, told

THEMES = [theme.id for theme in load_codebook().themes]
# Words that no codebook has: they can only form a group of their own.
SAME = [f"Zorbel gribbed the quinfer and the quinfer flommed, {day}." for day in range(12)]


@pytest.fixture
def receipts(told_stories) -> list[str]:
    return told_stories()


def sort(store: Store, survey: PublishedSurvey, worker: Worker) -> Run:
    runs.request(store, survey.survey_id, DAY)
    worker.drain()
    with store.read() as session:
        run = session.scalars(select(Run).order_by(Run.id.desc())).first()
    assert run is not None and (run.state, run.error) == ("done", "")
    return run


def codings(store: Store, comment_id: str) -> dict[str, bool]:
    with store.read() as session:
        rows = session.scalars(select(Coding).where(Coding.comment_id == comment_id))
        return {row.theme_id: row.by_person for row in rows}


def first_comment(store: Store) -> str:
    with store.read() as session:
        return session.scalars(select(Comment.id).order_by(Comment.id)).first() or ""


def check(store: Store, survey: PublishedSurvey, comment_id: str, *theme_ids: str) -> None:
    seen = checks.current(store, comment_id)
    who = Checker(survey.survey_id, comment_id, seen.id if seen else 0, None, DAY)
    assert checks.save(store, who, theme_ids) == checks.Outcome()


def edit(survey: PublishedSurvey, theme_id: str, seen: int = 0) -> Decider:
    return Decider(survey.survey_id, theme_id, seen, None, DAY)


def test_each_analysis_leaves_a_queue_of_what_may_be_read(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    told(store, story, "Not for anyone to read, please.", reading_choice=ReadingChoice.NOBODY)
    sort(store, story, worker)
    assert count(store, ToCheck) == len(receipts)
    first = check_queue.given(store, sort(store, story, worker).id, first_comment(store))
    assert all(each.near for each in first if each.theme_id in THEMES)


def test_what_a_person_said_stands_and_says_why_it_moved(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    sort(store, story, worker)
    comment_id = first_comment(store)
    other = next(theme_id for theme_id in reversed(THEMES) if theme_id not in codings(store, comment_id))
    check(store, story, comment_id, other)
    run = sort(store, story, worker)
    assert codings(store, comment_id) == {other: True}
    assert run.figures and run.figures["people"]["checks"] == 1
    assert run.figures["moved"]["because"]["a person checked it"] == 1
    with store.read() as session:
        why = session.scalars(select(Moved.why).where(Moved.comment_id == comment_id)).one()
    assert why == "a person checked it"
    sort(store, story, worker)
    assert codings(store, comment_id) == {other: True}


def test_a_check_taken_back_gives_the_word_to_the_machine_again(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    sort(store, story, worker)
    comment_id = first_comment(store)
    before = codings(store, comment_id)
    check(store, story, comment_id)
    sort(store, story, worker)
    assert codings(store, comment_id) == {"unsorted": True}
    seen = checks.current(store, comment_id)
    assert seen
    checks.undo(store, Checker(story.survey_id, comment_id, seen.id, None, DAY))
    sort(store, story, worker)
    assert codings(store, comment_id) == before


def test_a_check_of_someone_who_withdraws_stops_no_analysis(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    sort(store, story, worker)
    with store.read() as session:
        for comment_id in session.scalars(select(Comment.id)).all():
            check(store, story, comment_id, THEMES[0])
    removal.withdraw(store, receipts[0], date.today())
    run = sort(store, story, worker)
    assert run.figures and run.figures["people"]["checks"] == len(receipts) - 1


def test_merged_and_taken_out_themes_stay_so_while_new_words_come(
    store: Store, story: PublishedSurvey, worker: Worker, receipts: list[str]
) -> None:
    sort(store, story, worker)
    with store.read() as session:
        found = set(session.scalars(select(Coding.theme_id))) - {"unsorted"}
    merged, out, into = sorted(found & set(THEMES))[:3]
    theme_edits.merge(store, edit(story, merged), into)
    theme_edits.reject(store, edit(story, out))
    for _ in range(2):
        told(store, story, "Nobody told me how long I would have to wait there.")
        sort(store, story, worker)
        with store.read() as session:
            left = set(session.scalars(select(Coding.theme_id)))
        assert not left & {merged, out}


def test_a_suggestion_that_was_confirmed_keeps_its_id_and_takes_new_words(
    store: Store, story: PublishedSurvey, worker: Worker
) -> None:
    for words in SAME:
        told(store, story, words)
    sort(store, story, worker)
    with store.read() as session:
        [quinfer] = set(session.scalars(select(Coding.theme_id))) - {"unsorted"}
    assert quinfer not in THEMES
    theme_edits.confirm(store, edit(story, quinfer), "The quinfer", "Told of the quinfer.")
    told(store, story, "The quinfer flommed and zorbel gribbed again.")
    for _ in range(2):
        sort(store, story, worker)
        with store.read() as session:
            rows = session.scalars(select(Coding.comment_id).where(Coding.theme_id == quinfer)).all()
        assert len(set(rows)) == len(SAME) + 1

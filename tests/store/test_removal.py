"""Gone means gone: from every table that leaned on the words; numbers of finished runs stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, inspect, select

from feedback.store import removal, responses
from feedback.store.database import Store
from feedback.store.models import (
    Base,
    Coding,
    Comment,
    CommentReading,
    Response,
    Run,
    Theme,
    ThemeQuote,
    Tombstone,
    Vector,
)
from feedback.store.surveys import PublishedSurvey
from tests.support.telling import DAY, count, telling, told

LEANING = (Coding, ThemeQuote, CommentReading, Vector)
FIGURES = {"responses": 2}


def analyse(store: Store, survey: PublishedSurvey) -> None:
    """A finished run: each comment coded to a theme of its own and to one that all share."""
    with store.write() as session:
        run = Run(survey_id=survey.survey_id, state="done", requested_on=DAY, model={}, figures=FIGURES)
        session.add(run)
        session.flush()
        ids = list(session.scalars(select(Comment.id)))
        for theme_id in ["shared", *(f"own-{comment_id}" for comment_id in ids)]:
            session.execute(
                insert(Theme).values(
                    run_id=run.id, theme_id=theme_id, kind="suggested", position=0,
                    learned_words_sealed=store.keyring.seal(b"their words", theme_id),
                )
            )  # fmt: skip
        for comment_id in ids:
            for theme_id in ("shared", f"own-{comment_id}"):
                session.execute(
                    insert(Coding).values(
                        run_id=run.id, comment_id=comment_id, theme_id=theme_id, score=0.5,
                        start=0, end=3, primary=True,
                    )
                )  # fmt: skip
                session.execute(
                    insert(ThemeQuote).values(
                        run_id=run.id, comment_id=comment_id, theme_id=theme_id, position=0, start=0, end=3
                    )
                )
            session.execute(insert(CommentReading).values(run_id=run.id, comment_id=comment_id, tone="mixed"))
            session.execute(
                insert(Vector).values(comment_id=comment_id, key_hash=b"h" * 32, vector_sealed=b"v")
            )


def receipt(store: Store, survey: PublishedSurvey, happened: str) -> str:
    code = told(store, survey, happened).receipt
    assert code is not None
    return code


def test_withdrawing_takes_everything_that_leaned_on_the_words(store: Store, story: PublishedSurvey) -> None:
    mine, yours = receipt(store, story, "Mine."), receipt(store, story, "Yours.")
    analyse(store, story)
    before = {model: count(store, model) for model in LEANING}
    assert removal.withdraw(store, mine, DAY)
    assert responses.find_by_receipt(store, mine) is None
    assert responses.find_by_receipt(store, yours) is not None
    assert {model: count(store, model) for model in LEANING} == {m: n // 2 for m, n in before.items()}
    assert count(store, Comment) == count(store, Response) == count(store, Tombstone) == 1


def test_theme_words_that_may_have_come_from_the_comment_are_emptied(
    store: Store, story: PublishedSurvey
) -> None:
    mine, _ = receipt(store, story, "Mine."), receipt(store, story, "Yours.")
    analyse(store, story)
    removal.withdraw(store, mine, DAY)
    with store.read() as session:
        [yours] = session.scalars(select(Comment.id))
        still_named = list(
            session.scalars(select(Theme.theme_id).where(Theme.learned_words_sealed.is_not(None)))
        )
    assert still_named == [f"own-{yours}"]


def test_numbers_of_a_finished_run_stay(store: Store, story: PublishedSurvey) -> None:
    mine = receipt(store, story, "Mine.")
    analyse(store, story)
    removal.withdraw(store, mine, DAY)
    with store.read() as session:
        assert session.scalars(select(Run.figures).where(Run.state == "done")).one() == FIGURES


def test_every_table_with_a_comment_lets_go_of_it() -> None:
    """A table added later must cascade too, or words would outlive their withdrawal."""
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name in {"comment", "response"}:
                assert key.ondelete == "CASCADE", f"{table.name} keeps what leaned on a {key.column.table}"


def test_the_database_has_the_cascades_of_the_model(store: Store) -> None:
    found = {
        table
        for table in inspect(store.engine).get_table_names()
        for key in inspect(store.engine).get_foreign_keys(table)
        if key["referred_table"] in {"comment", "response"} and key["options"].get("ondelete") == "CASCADE"
    }
    assert found >= {"comment", "coding", "theme_quote", "comment_reading", "vector"}


def test_a_code_withdraws_once(store: Store, story: PublishedSurvey) -> None:
    mine = receipt(store, story, "Mine.")
    assert removal.withdraw(store, mine, DAY)
    assert not removal.withdraw(store, mine, DAY)
    assert not removal.withdraw(store, "0000000000000000", DAY)


@pytest.mark.parametrize(("age", "kept"), [(0, True), (30, True), (31, False), (400, False)])
def test_retention_removes_what_is_older_and_nothing_else(
    store: Store, story: PublishedSurvey, age: int, kept: bool
) -> None:
    today = date(2026, 9, 1)
    told(store, story, received_on=today - timedelta(days=age))
    gone = removal.remove_older_than(store, story.survey_id, today - timedelta(days=30), today)
    assert (gone == 0, count(store, Response) == 1, count(store, Comment) == 1) == (kept, kept, kept)
    assert removal.remove_older_than(store, story.survey_id, today - timedelta(days=30), today) == 0


def test_retention_of_one_survey_leaves_the_others(store: Store, story: PublishedSurvey, publish) -> None:
    routes = publish("routes")
    told(store, story)
    told(store, routes, words={"more": "Old too."}, answers={}, service=None)
    assert removal.remove_older_than(store, story.survey_id, DAY + timedelta(days=1), DAY) == 1
    with store.read() as session:
        assert list(session.scalars(select(Response.survey_id))) == [routes.survey_id]


def test_a_late_retry_does_not_bring_back_what_retention_removed(
    store: Store, story: PublishedSurvey
) -> None:
    submission = telling(story)
    responses.submit(store, submission)
    removal.remove_older_than(store, story.survey_id, DAY + timedelta(days=1), DAY)
    assert responses.submit(store, submission).receipt is None
    assert count(store, Response) == 0
    with store.read() as session:
        assert list(session.scalars(select(Tombstone.reason))) == ["retention"]

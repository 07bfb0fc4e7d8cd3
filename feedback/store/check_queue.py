"""Which comments a person is asked to check, and what the computer made of each.

Only comments whose tellers let this reader see their words are ever offered: settled here, not on a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from feedback.survey.reading_choice import Reader

from .checks import SKIPPED, newest
from .database import Store
from .loop_models import CommentCheck, ToCheck
from .models import Coding, Comment, CommentReading, Response
from .report import Span


@dataclass(frozen=True)
class Asked:
    """A comment of the queue: where its words are, and what checking it is good for."""

    span: Span
    why: str  # instructive, random, rare; empty where somebody looked it up


@dataclass(frozen=True)
class Given:
    """A theme that the last run gave a comment; `near` as in analysis.records.Near."""

    theme_id: str
    start: int
    end: int
    primary: bool
    by_person: bool
    near: tuple[tuple[str, float, int | None, str | None], ...]


def queue(store: Store, reader: Reader, survey_id: int, run_id: int, user_id: int | None) -> list[Asked]:
    """What is left to check of a run's queue, in its order, without what this person could not say."""
    query = places(reader, survey_id, run_id).add_columns(ToCheck.why).order_by(ToCheck.position)
    query = query.join(ToCheck, (ToCheck.comment_id == Comment.id) & (ToCheck.run_id == run_id))
    with store.read() as session:
        rows = session.execute(query).all()
        ids = {row.comment_id for row in rows}
        done = {check.comment_id for check in newest(session, ids).values() if check.holds}
        done |= set(
            session.scalars(
                select(CommentCheck.comment_id).where(
                    CommentCheck.comment_id.in_(ids),
                    CommentCheck.verdict == SKIPPED,
                    CommentCheck.user_id == user_id,
                )
            )
        )
    return [Asked(span(row), row.why) for row in rows if row.comment_id not in done]


def find(store: Store, reader: Reader, survey_id: int, run_id: int, comment_id: str) -> Asked | None:
    """One comment of a survey, if this reader may see its words."""
    with store.read() as session:
        row = session.execute(places(reader, survey_id, run_id).where(Comment.id == comment_id)).one_or_none()
        why = session.scalar(
            select(ToCheck.why).where(ToCheck.comment_id == comment_id, ToCheck.run_id == run_id)
        )
    return Asked(span(row), why or "") if row else None


def places(reader: Reader, survey_id: int, run_id: int) -> Any:
    return (
        select(
            Comment.id.label("comment_id"),
            func.coalesce(CommentReading.language, Response.language).label("language"),
            func.coalesce(CommentReading.tone, "not scored").label("tone"),
        )
        .join(Response, Response.id == Comment.response_id)
        .outerjoin(
            CommentReading, (CommentReading.comment_id == Comment.id) & (CommentReading.run_id == run_id)
        )
        .where(Response.survey_id == survey_id, Response.reading_choice >= int(reader))
    )


def span(row: Any) -> Span:
    """All of a comment: where its words are is known once they are opened."""
    return Span(row.comment_id, 0, 0, row.language, row.tone)


def given(store: Store, run_id: int, comment_id: str) -> list[Given]:
    """The themes that a run gave a comment, the main one first."""
    with store.read() as session:
        rows = session.scalars(
            select(Coding)
            .where(Coding.run_id == run_id, Coding.comment_id == comment_id)
            .order_by(Coding.primary.desc(), Coding.score.desc(), Coding.theme_id)
        ).all()
    return [
        Given(
            row.theme_id, row.start, row.end, row.primary, row.by_person,
            tuple((each[0], each[1], each[2], each[3]) for each in row.near or ()),
        )
        for row in rows
    ]  # fmt: skip

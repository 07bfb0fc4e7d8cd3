"""What people said of comments' themes, one row each time; the newest that is not a "can't say" counts.

Only comments whose tellers let this reader see their words are ever offered: settled here, not on a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from feedback.survey.reading_choice import Reader

from . import runs
from .database import Store
from .loop_models import CommentCheck, ToCheck
from .models import Comment, Response
from .staff_models import User

CHECKED, OPEN, SKIPPED = "checked", "open", "skipped"
SORT_AGAIN_AFTER = 10  # checks: learning from them takes seconds, and the vectors are kept
ON_A_PAGE = 25


@dataclass(frozen=True)
class Check:
    """What holds for a comment: somebody's word on it, or that the word was taken back."""

    id: int
    comment_id: str
    verdict: str
    theme_ids: tuple[str, ...]
    random: bool
    by: str | None
    made_on: date
    is_newest: bool = True

    @property
    def holds(self) -> bool:
        return self.verdict == CHECKED


@dataclass(frozen=True)
class Checker:
    """Who checks which comment, and the newest check of it that they had before them (0: none)."""

    survey_id: int
    comment_id: str
    seen: int
    user_id: int | None
    today: date
    reader: Reader = Reader.COMMISSIONER


@dataclass(frozen=True)
class Outcome:
    """`overtaken`: somebody else checked the comment in between, and nothing was stored."""

    overtaken: bool = False
    run_id: int | None = None  # the analysis asked for, once there is enough to learn from


def current(store: Store, comment_id: str) -> Check | None:
    """What holds for a comment, if anybody ever checked it."""
    with store.read() as session:
        return newest(session, [comment_id]).get(comment_id)


def newest(session: Session, comment_ids: Collection[str]) -> dict[str, Check]:
    last = select(func.max(CommentCheck.id)).where(
        CommentCheck.comment_id.in_(comment_ids), CommentCheck.verdict != SKIPPED
    )
    rows = session.execute(lines().where(CommentCheck.id.in_(last.group_by(CommentCheck.comment_id))))
    return {row.CommentCheck.comment_id: check_of(row) for row in rows}


def lines() -> Any:
    return select(CommentCheck, User.email).outerjoin(User, User.id == CommentCheck.user_id)


def check_of(row: Any, is_newest: bool = True) -> Check:
    check = row.CommentCheck
    return Check(
        check.id, check.comment_id, check.verdict, tuple(check.theme_ids), check.random, row.email,
        check.made_on, is_newest,
    )  # fmt: skip


def save(store: Store, who: Checker, theme_ids: Collection[str]) -> Outcome | None:
    """Store what this person said; None where there is no such comment that they may read."""
    with store.write() as session:
        runs.lock_survey(session, who.survey_id)
        if not may_check(session, who):
            return None
        last = newest(session, [who.comment_id]).get(who.comment_id)
        if (last.id if last else 0) != who.seen:
            return Outcome(overtaken=True)
        random = was_drawn(session, who) or (last is not None and last.random)
        return Outcome(run_id=add(session, who, CHECKED, list(theme_ids), random))


def skip(store: Store, who: Checker) -> Outcome | None:
    """This person can't say; somebody else may be asked."""
    with store.write() as session:
        if not may_check(session, who):
            return None
        return Outcome(run_id=add(session, who, SKIPPED, [], False))


def undo(store: Store, who: Checker) -> Outcome | None:
    """Take back the check `who.seen`: what held before it holds again."""
    with store.write() as session:
        runs.lock_survey(session, who.survey_id)
        if not may_check(session, who):
            return None
        rows = session.scalars(
            select(CommentCheck)
            .where(CommentCheck.comment_id == who.comment_id, CommentCheck.verdict != SKIPPED)
            .order_by(CommentCheck.id.desc())
            .limit(2)
        ).all()
        if not rows or rows[0].id != who.seen:
            return Outcome(overtaken=True)
        before = rows[1] if len(rows) > 1 else None
        verdict, theme_ids = (before.verdict, before.theme_ids) if before else (OPEN, [])
        return Outcome(run_id=add(session, who, verdict, theme_ids, rows[0].random, undoes=rows[0].id))


def add(
    session: Session,
    who: Checker,
    verdict: str,
    theme_ids: list[str],
    random: bool,
    undoes: int | None = None,
) -> int | None:
    """Write the row; the id of the analysis asked for, where this was one of every ten."""
    session.execute(
        insert(CommentCheck).values(
            survey_id=who.survey_id,
            comment_id=who.comment_id,
            verdict=verdict,
            theme_ids=theme_ids,
            random=random,
            undoes=undoes,
            user_id=who.user_id,
            made_on=who.today,
        )
    )
    if verdict == SKIPPED or said(session, who.survey_id) % SORT_AGAIN_AFTER:
        return None
    return runs.request_within(session, who.survey_id, who.today)


def said(session: Session, survey_id: int, after: int = 0) -> int:
    """How many checks were made, or taken back, after this one."""
    return (
        session.scalar(
            select(func.count())
            .select_from(CommentCheck)
            .where(
                CommentCheck.survey_id == survey_id, CommentCheck.verdict != SKIPPED, CommentCheck.id > after
            )
        )
        or 0
    )


def may_check(session: Session, who: Checker) -> bool:
    readable = (
        select(Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .where(
            Comment.id == who.comment_id,
            Response.survey_id == who.survey_id,
            Response.reading_choice >= int(who.reader),
        )
    )
    return session.scalar(readable) is not None


def was_drawn(session: Session, who: Checker) -> bool:
    return (
        session.scalar(
            select(ToCheck.why).where(ToCheck.comment_id == who.comment_id, ToCheck.why == "random").limit(1)
        )
        is not None
    )


def number(store: Store, survey_id: int) -> int:
    """How many comments have somebody's word now."""
    last = (
        select(func.max(CommentCheck.id))
        .where(CommentCheck.survey_id == survey_id, CommentCheck.verdict != SKIPPED)
        .group_by(CommentCheck.comment_id)
    )
    with store.read() as session:
        return (
            session.scalar(
                select(func.count())
                .select_from(CommentCheck)
                .where(CommentCheck.id.in_(last), CommentCheck.verdict == CHECKED)
            )
            or 0
        )


def waiting(store: Store, survey_id: int, last_seen: int) -> int:
    """How many checks no analysis has learnt from yet."""
    with store.read() as session:
        return said(session, survey_id, last_seen)


def history(store: Store, reader: Reader, survey_id: int, page: int) -> tuple[list[Check], int]:
    """One page of the checks of comments that this reader may see, the newest first; and how many pages."""
    mine = (
        CommentCheck.survey_id == survey_id,
        CommentCheck.verdict != SKIPPED,
        Response.reading_choice >= int(reader),
    )
    counted = (
        select(func.count())
        .select_from(CommentCheck)
        .join(Comment, Comment.id == CommentCheck.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(*mine)
    )
    with store.read() as session:
        pages = max(1, -(-(session.scalar(counted) or 0) // ON_A_PAGE))
        rows = session.execute(
            lines()
            .join(Comment, Comment.id == CommentCheck.comment_id)
            .join(Response, Response.id == Comment.response_id)
            .where(*mine)
            .order_by(CommentCheck.id.desc())
            .offset((page - 1) * ON_A_PAGE)
            .limit(ON_A_PAGE)
        ).all()
        last = newest(session, {row.CommentCheck.comment_id for row in rows})
    found: dict[str, int] = defaultdict(int, {comment_id: check.id for comment_id, check in last.items()})
    return [check_of(row, found[row.CommentCheck.comment_id] == row.CommentCheck.id) for row in rows], pages

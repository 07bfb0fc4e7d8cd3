"""What people decided about themes: named, merged, called none, confirmed, let readers see.

Each decision is a row that holds everything decided by then, so the newest row of a theme counts, taking it
back is one more row, and of two people who decide at once the second is told (`seen`). A name may echo what
people wrote, so it is sealed; it is the words of who gave it, and stays when a teller withdraws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from . import runs
from .database import Store
from .decided import CODEBOOK, Decided, newest_run, place, state_of
from .loop_models import EditedComment, ThemeEdit
from .models import Coding, Theme

Deed = Literal["name", "merge", "reject", "confirm", "show", "hide", "undo"]
ABOUT_ITS_COMMENTS = ("merge", "reject", "confirm", "show")
LONGEST_NAME, LONGEST_MEANING = 80, 500


class Refused(Exception):
    """The decision can't be taken; `reason`: no such theme, itself, or the other is a theme no more."""

    def __init__(self, reason: Literal["unknown", "itself", "no theme"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Decider:
    """Who decides about which theme, and the newest row they had before them."""

    survey_id: int
    theme_id: str
    seen: int
    user_id: int | None
    today: date


@dataclass(frozen=True)
class Outcome:
    """`overtaken`: somebody else decided in between, and nothing was changed."""

    overtaken: bool = False
    run_id: int | None = None  # the analysis that will go by it, where one is needed


def name(store: Store, who: Decider, name: str, meaning: str) -> Outcome:
    return change(store, who, "name", lambda now: replace(now, name=name or None, meaning=meaning or None))


def confirm(store: Store, who: Decider, name: str, meaning: str) -> Outcome:
    """It stays a theme, and new comments are sorted into it."""
    return change(
        store,
        who,
        "confirm",
        lambda now: replace(
            now, name=name or None, meaning=meaning or None, confirmed=True, not_a_theme=False, shown=True
        ),
    )


def merge(store: Store, who: Decider, into: str) -> Outcome:
    return change(store, who, "merge", lambda now: replace(now, merged_into=into, not_a_theme=False))


def reject(store: Store, who: Decider) -> Outcome:
    return change(store, who, "reject", lambda now: replace(now, not_a_theme=True, merged_into=None))


def show(store: Store, who: Decider, shown: bool) -> Outcome:
    """Let the report's readers see what a few people said, or no longer."""
    return change(store, who, "show" if shown else "hide", lambda now: replace(now, shown=shown))


def change(store: Store, who: Decider, deed: Deed, become: Callable[[Decided], Decided]) -> Outcome:
    with store.write() as session:
        runs.lock_survey(session, who.survey_id)
        now = now_of(store, session, who)
        if now.seen != who.seen:
            return Outcome(overtaken=True)
        then = become(now)
        refuse_nonsense(session, who, then)
        return Outcome(run_id=add(store, session, who, deed, now, then))


def undo(store: Store, who: Decider) -> Outcome:
    """Take back the decision `who.seen`; one that was followed by another can't be taken back alone."""
    with store.write() as session:
        runs.lock_survey(session, who.survey_id)
        last_two = session.scalars(
            select(ThemeEdit).where(*of_theme(who)).order_by(ThemeEdit.id.desc()).limit(2)
        ).all()
        if not last_two or last_two[0].id != who.seen:
            return Outcome(overtaken=True)
        now = state_of(store, last_two[0])
        then = state_of(store, last_two[1]) if len(last_two) > 1 else Decided(kind=now.kind)
        refuse_nonsense(session, who, then)
        return Outcome(run_id=add(store, session, who, "undo", now, then))


def add(store: Store, session: Session, who: Decider, deed: Deed, now: Decided, then: Decided) -> int | None:
    """Write the row; the id of the analysis that it asks for, if it changes what goes where."""
    words = {"name": then.name, "meaning": then.meaning}
    session.execute(
        insert(ThemeEdit).values(
            survey_id=who.survey_id,
            theme_id=who.theme_id,
            kind=now.kind,
            deed=deed,
            words_sealed=store.keyring.seal_json(words, place(who.survey_id, who.theme_id))
            if any(words.values())
            else None,
            merged_into=then.merged_into,
            not_a_theme=then.not_a_theme,
            confirmed=then.confirmed,
            shown=then.shown,
            undoes=now.seen if deed == "undo" else None,
            user_id=who.user_id,
            made_on=who.today,
        )
    )
    if now.kind != CODEBOOK and deed != "undo":
        keep_comments(session, who, deed)
    analysed = session.scalar(newest_run(who.survey_id)) is not None
    if analysed and now.sorting != then.sorting:
        return runs.request_within(session, who.survey_id, who.today)
    return None


def now_of(store: Store, session: Session, who: Decider) -> Decided:
    newest = session.scalar(select(ThemeEdit).where(*of_theme(who)).order_by(ThemeEdit.id.desc()).limit(1))
    if newest is not None:
        return state_of(store, newest)
    kind = session.scalar(
        select(Theme.kind).where(
            Theme.theme_id == who.theme_id, Theme.run_id == newest_run(who.survey_id).scalar_subquery()
        )
    )
    if kind is None:
        raise Refused("unknown")
    return Decided(kind=kind)


def refuse_nonsense(session: Session, who: Decider, then: Decided) -> None:
    """A theme can only go into another one that is there and stays: so no circle can come about."""
    if then.merged_into is None:
        return
    if then.merged_into == who.theme_id:
        raise Refused("itself")
    live = select(Theme.id).where(
        Theme.theme_id == then.merged_into, Theme.run_id == newest_run(who.survey_id).scalar_subquery()
    )
    other = session.scalar(
        select(ThemeEdit)
        .where(ThemeEdit.survey_id == who.survey_id, ThemeEdit.theme_id == then.merged_into)
        .order_by(ThemeEdit.id.desc())
        .limit(1)
    )
    if other is None and session.scalar(live) is None:
        raise Refused("unknown")
    if other is not None and (other.merged_into or other.not_a_theme):
        raise Refused("no theme")


def keep_comments(session: Session, who: Decider, deed: Deed) -> None:
    """Remember what the decision is about: the comments that a found theme has now."""
    mine = (EditedComment.survey_id == who.survey_id, EditedComment.theme_id == who.theme_id)
    known = session.scalar(select(func.count()).select_from(EditedComment).where(*mine))
    if known and deed not in ABOUT_ITS_COMMENTS:
        return
    codings = session.execute(
        select(Coding.comment_id, Coding.start, Coding.end)
        .where(Coding.theme_id == who.theme_id, Coding.run_id == newest_run(who.survey_id).scalar_subquery())
        .order_by(Coding.score)  # of two places in one comment the surer is written last and stays
    )
    found = {
        row.comment_id: {
            "survey_id": who.survey_id,
            "theme_id": who.theme_id,
            "comment_id": row.comment_id,
            "start": row.start,
            "end": row.end,
        }
        for row in codings
    }
    if found:
        session.execute(delete(EditedComment).where(*mine))
        session.execute(insert(EditedComment), list(found.values()))


def of_theme(who: Decider) -> tuple[Any, ...]:
    return ThemeEdit.survey_id == who.survey_id, ThemeEdit.theme_id == who.theme_id

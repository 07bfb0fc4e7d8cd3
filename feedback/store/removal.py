"""Taking responses out: withdrawn by their teller, or past the time they may be kept.

Codings, quotes, readings and vectors go with their comment (ON DELETE CASCADE); the words of a
theme that leaned on the comment are emptied, because a name or keyword may have come from it.
Figures of finished runs stay: they are numbers only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from .database import Store
from .models import Coding, Comment, Response, Theme, Tombstone
from .responses import receipt_hash


def withdraw(store: Store, code: str, today: date) -> bool:
    """Remove the response that this receipt belongs to; False where there is none."""
    with store.write() as session:
        response_id = session.scalar(
            select(Response.id).where(Response.receipt_hash == receipt_hash(store, code))
        )
        if response_id is None:
            return False
        remove(session, [response_id], "withdrawn", today)
        return True


def remove_older_than(store: Store, survey_id: int, first_day_kept: date, today: date) -> int:
    """Apply a survey's retention; safe to run again."""
    with store.write() as session:
        old = session.scalars(
            select(Response.id).where(Response.survey_id == survey_id, Response.received_on < first_day_kept)
        ).all()
        remove(session, old, "retention", today)
        return len(old)


def remove(session: Session, response_ids: Sequence[str], reason: str, today: date) -> None:
    for response_id in response_ids:
        response = session.get_one(Response, response_id)
        comment_ids = session.scalars(select(Comment.id).where(Comment.response_id == response_id)).all()
        forget_theme_words(session, comment_ids)
        session.execute(
            insert(Tombstone).values(
                key_hash=response.key_hash, survey_id=response.survey_id, reason=reason, gone_on=today
            )
        )
        session.execute(delete(Response).where(Response.id == response_id))
        session.expunge(response)


def forget_theme_words(session: Session, comment_ids: Sequence[str]) -> None:
    touched = (
        select(Theme.id)
        .join(Coding, (Coding.run_id == Theme.run_id) & (Coding.theme_id == Theme.theme_id))
        .where(Coding.comment_id.in_(comment_ids))
    )
    session.execute(update(Theme).where(Theme.id.in_(touched)).values(learned_words_sealed=None))

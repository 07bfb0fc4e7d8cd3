"""Taking responses out: withdrawn by their teller, or past the time they may be kept.

Codings, quotes, readings and vectors go with their comment (ON DELETE CASCADE); the words of a
theme that leaned on the comment are emptied, because a name or keyword may have come from it.
Figures of finished runs stay: they are numbers only. What was analysed is analysed again without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from . import runs
from .database import Store
from .models import Amendment, Coding, Comment, Response, Theme, Tombstone
from .receipts import receipt_hash


def withdraw(store: Store, code: str, today: date) -> bool:
    """Remove the response that this receipt belongs to; False where there is none."""
    with store.write() as session:
        found = session.execute(
            select(Response.id, Response.survey_id).where(Response.receipt_hash == receipt_hash(store, code))
        ).one_or_none()
        if found is None:
            return False
        remove(session, found.survey_id, [found.id], "withdrawn", today)
        return True


def remove_older_than(
    store: Store, survey_id: int, first_day_kept: date, today: date, version_id: int | None = None
) -> int:
    """Apply a survey's retention, or that of one version of it; safe to run again."""
    of_version = [] if version_id is None else [Response.survey_version_id == version_id]
    with store.write() as session:
        old = session.scalars(
            select(Response.id).where(
                Response.survey_id == survey_id, Response.received_on < first_day_kept, *of_version
            )
        ).all()
        remove(session, survey_id, old, "retention", today)
        return len(old)


def remove(session: Session, survey_id: int, response_ids: Sequence[str], reason: str, today: date) -> None:
    if not response_ids:
        return
    runs.lock_survey(session, survey_id)  # an analysis that ends now either sees this or is seen by it
    for response_id in response_ids:
        response = session.get_one(Response, response_id)
        comment_ids = session.scalars(select(Comment.id).where(Comment.response_id == response_id)).all()
        forget_theme_words(session, comment_ids)
        changes = session.scalars(select(Amendment.key_hash).where(Amendment.response_id == response_id))
        gone = {"survey_id": survey_id, "reason": reason, "gone_on": today}
        session.execute(
            insert(Tombstone), [{"key_hash": key_hash, **gone} for key_hash in [response.key_hash, *changes]]
        )
        session.execute(delete(Response).where(Response.id == response_id))
        session.expunge(response)
    runs.request_if_analysed(session, survey_id, today)


def forget_theme_words(session: Session, comment_ids: Sequence[str]) -> None:
    touched = (
        select(Theme.id)
        .join(Coding, (Coding.run_id == Theme.run_id) & (Coding.theme_id == Theme.theme_id))
        .where(Coding.comment_id.in_(comment_ids))
    )
    session.execute(update(Theme).where(Theme.id.in_(touched)).values(learned_words_sealed=None))

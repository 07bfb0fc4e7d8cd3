"""Recordings for staff: heard and written down only where their teller lets those who plan and pay read.

What is written down is a comment like any other from then on, and never mistaken for typed words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, func, insert, select

from feedback.survey.reading_choice import Reader

from . import runs
from .comments import open_text
from .database import Store
from .models import Comment, Response
from .recordings import Sound, place
from .removal import forget_theme_words
from .responses import sealed_comments
from .staff_models import User
from .voice_models import Recording, Transcript

READER = Reader.COMMISSIONER


@dataclass(frozen=True)
class Spoken:
    """One recording; `comment_id` and what follows are empty until somebody has written it down."""

    id: str
    question: str
    language: str
    service: str | None
    received_on: date
    comment_id: str = ""
    text: str = ""
    written_by: str = ""
    written_on: date | None = None


@dataclass(frozen=True)
class Counts:
    waiting: int
    written: int
    unheard: int  # their tellers let no person listen


def waiting(store: Store, survey_id: int, most: int) -> list[Spoken]:
    """The oldest first: whoever spoke first is heard first."""
    query = of_survey(survey_id).where(Transcript.recording_id.is_(None))
    return found(store, query.order_by(Response.received_on, Recording.id).limit(most))


def written(store: Store, survey_id: int, most: int) -> list[Spoken]:
    query = of_survey(survey_id).where(Transcript.recording_id.is_not(None))
    return found(store, query.order_by(Transcript.written_on.desc(), Recording.id).limit(most))


def one(store: Store, survey_id: int, recording_id: str) -> Spoken | None:
    return next(iter(found(store, of_survey(survey_id).where(Recording.id == recording_id))), None)


def counts(store: Store, survey_id: int) -> Counts:
    may = Response.reading_choice >= int(READER)
    query = (
        select(may, Transcript.recording_id.is_not(None), func.count())
        .select_from(Recording)
        .join(Response, Recording.response_id == Response.id)
        .outerjoin(Transcript, Transcript.recording_id == Recording.id)
        .where(Response.survey_id == survey_id)
        .group_by(may, Transcript.recording_id.is_not(None))
    )
    with store.read() as session:
        counted = {(bool(may), bool(done)): number for may, done, number in session.execute(query)}
    unheard = counted.get((False, False), 0) + counted.get((False, True), 0)
    return Counts(counted.get((True, False), 0), counted.get((True, True), 0), unheard)


def sound(store: Store, survey_id: int, recording_id: str) -> Sound | None:
    """To listen to; None as well where its teller lets nobody."""
    query = (
        select(Recording.media, Recording.audio_sealed)
        .join(Response, Recording.response_id == Response.id)
        .where(Response.survey_id == survey_id, Response.reading_choice >= int(READER))
        .where(Recording.id == recording_id)
    )
    with store.read() as session:
        row = session.execute(query).one_or_none()
    return Sound(row.media, store.keyring.open(row.audio_sealed, place(recording_id))) if row else None


def write(
    store: Store, survey_id: int, of: Spoken, text: str, user_id: int | None, today: date
) -> bool | None:
    """What somebody heard, in place of `of.comment_id`. New words are a new comment: what leaned on the old
    goes with them. False when somebody else wrote meanwhile, None when the recording is gone or closed now.
    """
    with store.write() as session:
        runs.lock_survey(session, survey_id)
        may = select(Recording.response_id).join(Response, Recording.response_id == Response.id)
        response_id = session.scalar(
            may.where(Response.survey_id == survey_id, Response.reading_choice >= int(READER))
            .where(Recording.id == of.id)
            .with_for_update(of=Recording)  # of two who write at once, the second sees the first
        )
        if response_id is None:
            return None
        now = session.scalar(select(Transcript.comment_id).where(Transcript.recording_id == of.id))
        if (now or "") != of.comment_id:
            return False
        if now:
            forget_theme_words(session, [now])
            session.execute(delete(Comment).where(Comment.id == now))
        [comment] = sealed_comments(store, response_id, {of.question: text})
        session.execute(insert(Comment).values(comment))
        done = {"recording_id": of.id, "user_id": user_id, "written_on": today}
        session.execute(insert(Transcript).values(comment_id=comment["id"], **done))
        runs.request_if_analysed(session, survey_id, today)
    return True


def of_response(store: Store, response_id: str) -> dict[str, str]:
    """For its teller: by question, what was written down of what they said."""
    query = (
        select(Comment)
        .join(Transcript, Transcript.comment_id == Comment.id)
        .where(Comment.response_id == response_id)
    )
    with store.read() as session:
        return {comment.question: open_text(store, comment) for comment in session.scalars(query)}


def of_survey(survey_id: int) -> Select[str, str, Response, Comment, Transcript, str]:
    return (
        select(Recording.id, Recording.question, Response, Comment, Transcript, User.email)
        .join(Response, Recording.response_id == Response.id)
        .outerjoin(Transcript, Transcript.recording_id == Recording.id)
        .outerjoin(Comment, Comment.id == Transcript.comment_id)
        .outerjoin(User, User.id == Transcript.user_id)
        .where(Response.survey_id == survey_id, Response.reading_choice >= int(READER))
    )


def found(store: Store, query: Select[str, str, Response, Comment, Transcript, str]) -> list[Spoken]:
    with store.read() as session:
        rows: Sequence[Any] = session.execute(query).all()
        return [
            Spoken(
                recording_id, question, response.language, response.service, response.received_on,
                comment.id if comment else "", open_text(store, comment) if comment else "",
                email or "", transcript.written_on if transcript else None,
            )
            for recording_id, question, response, comment, transcript, email in rows
        ]  # fmt: skip

"""The only place where people's words are opened for somebody else to read.

Who may read them is decided here, by their teller's choice, not in a template.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select

from feedback.survey.reading_choice import Reader, ReadingChoice

from .database import Store
from .models import Comment, Response
from .voice_models import Transcript

VOICE = "voice"  # the mode of a comment that was spoken, and written down by staff


@dataclass(frozen=True)
class ReadableComment:
    id: str
    response_id: str
    question: str
    text: str
    language: str
    service: str | None
    mode: str
    received_on: date


@dataclass(frozen=True)
class CommentToSort:
    """For the machine: every comment, with whether any person may see its words."""

    id: str
    response_id: str
    question: str
    text: str
    language: str
    service: str | None
    readable: bool


def readable(store: Store, reader: Reader, comment_ids: Collection[str]) -> dict[str, ReadableComment]:
    """Those of the comments whose tellers let this reader see them, by id."""
    found: dict[str, ReadableComment] = {}
    wanted = list(comment_ids)
    with store.read() as session:
        for start in range(0, len(wanted), 500):  # SQLite takes a limited number of parameters
            rows = session.execute(
                with_its_response()
                .where(Comment.id.in_(wanted[start : start + 500]))
                .where(Response.reading_choice >= int(reader))
            )
            for comment, response, transcript in rows:
                found[comment.id] = opened(store, comment, response, transcript)
    return found


def told_of_the_reader(promised: Collection[int]) -> ColumnElement[bool]:
    """Given on the pages of a version that named a safeguarding reader. Nobody can know what stood on a paper
    form, or what people were told whose words were imported.
    """
    return and_(
        Response.survey_version_id.in_(promised),
        Response.import_id.is_(None),
        Response.mode.in_(("self", "assisted", "kiosk")),
    )


def in_danger(store: Store, promised: Collection[int], comment_id: str) -> ReadableComment | None:
    """For the safeguarding reader only, once the opening is on record (flags.py): a comment given under one
    of the versions that promised this, whatever its teller chose.
    """
    with store.read() as session:
        row = session.execute(
            with_its_response().where(Comment.id == comment_id).where(told_of_the_reader(promised))
        ).one_or_none()
        return opened(store, *row) if row else None


def to_sort(store: Store, survey_id: int) -> Iterator[CommentToSort]:
    """Every comment of a survey, for the analysis only: its words go to no person from here."""
    with store.read() as session:
        rows = session.execute(
            select(Comment, Response)
            .join(Response, Comment.response_id == Response.id)
            .where(Response.survey_id == survey_id)
            .order_by(Response.received_on, Comment.id)
        )
        for comment, response in rows:
            yield CommentToSort(
                id=comment.id,
                response_id=response.id,
                question=comment.question,
                text=open_text(store, comment),
                language=response.language,
                service=response.service,
                readable=response.reading_choice > ReadingChoice.NOBODY,
            )


def with_its_response() -> Select[Comment, Response, Transcript]:
    return (
        select(Comment, Response, Transcript)
        .join(Response, Comment.response_id == Response.id)
        .outerjoin(Transcript, Transcript.comment_id == Comment.id)
    )


def opened(
    store: Store, comment: Comment, response: Response, transcript: Transcript | None
) -> ReadableComment:
    return ReadableComment(
        id=comment.id,
        response_id=response.id,
        question=comment.question,
        text=open_text(store, comment),
        language=response.language,
        service=response.service,
        mode=VOICE if transcript else response.mode,
        received_on=response.received_on,
    )


def open_text(store: Store, comment: Comment) -> str:
    return store.keyring.open(comment.text_sealed, f"comment.text:{comment.id}").decode()

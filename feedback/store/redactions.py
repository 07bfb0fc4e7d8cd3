"""Nothing is passed on unread: what a person read, what they took out, and what that leaves to be seen.

The words themselves stay sealed and whole. Here it is settled what a reader gets of them: what a person took
out is covered for everybody; what nobody has read yet is covered where the computer sees a personal detail,
for those who may read it in order to check it, and kept back from everybody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Exists, delete, exists, func, insert, select
from sqlalchemy.orm import Session

from analysis.personal import find
from feedback.survey.reading_choice import Reader

from . import runs
from .comments import ReadableComment, open_text
from .database import Store
from .models import Comment, Response, Run, ThemeQuote
from .redaction_models import CommentRead, Redaction
from .staff_models import User

AT_ONCE = 500  # SQLite takes a limited number of parameters
HINT_ONLY = "role"  # a post that somebody holds is pointed out, and stays unless a person takes it out
OTHER = "other"
COVER = "█"


@dataclass(frozen=True)
class Out:
    """text[start:end] is taken out: a name, a phone ... (analysis.personal.Kind), or "other"."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Piece:
    """A stretch of words as they are, or what stands in their place: then `kind` is set."""

    text: str
    kind: str | None = None


@dataclass(frozen=True)
class Seen:
    """What a reader gets of a comment; `is_read` says whether a person has checked it."""

    outs: tuple[Out, ...]
    is_read: bool


@dataclass(frozen=True)
class Reading:
    """A comment that was read: by whom and when."""

    comment_id: str
    by: str | None
    demonstration: bool
    made_on: date


def proposed(text: str, language: str) -> list[Out]:
    """What the computer would take out, or point out (`HINT_ONLY`)."""
    return [Out(found.start, found.end, found.kind) for found in find(text, language)]


def seen(store: Store, reader: Reader, comments: Mapping[str, ReadableComment]) -> dict[str, Seen]:
    """Per comment what this reader gets of it; those that they don't get are left out."""
    read = taken_out(store, comments)
    found: dict[str, Seen] = {}
    for comment_id, comment in comments.items():
        if comment_id in read:
            found[comment_id] = Seen(read[comment_id], True)
        elif reader == Reader.COMMISSIONER:
            outs = proposed(comment.text, comment.language)
            found[comment_id] = Seen(tuple(out for out in outs if out.kind != HINT_ONLY), False)
    return found


def taken_out(store: Store, comments: Mapping[str, ReadableComment]) -> dict[str, tuple[Out, ...]]:
    """What was taken out of those of the comments that were read, and still say what they said then."""
    outs: dict[str, list[Out]] = {}
    ids = list(comments)
    with store.read() as session:
        for start in range(0, len(ids), AT_ONCE):
            rows = session.execute(
                select(CommentRead.comment_id, CommentRead.text_hash, Redaction)
                .outerjoin(Redaction, Redaction.comment_id == CommentRead.comment_id)
                .where(CommentRead.comment_id.in_(ids[start : start + AT_ONCE]))
                .order_by(CommentRead.comment_id, Redaction.start)
            )
            for comment_id, hashed, out in rows:
                if hashed != text_hash(store, comments[comment_id].text):
                    continue
                kept = outs.setdefault(comment_id, [])
                if out is not None:
                    kept.append(Out(out.start, out.end, out.kind))
    return {comment_id: tuple(found) for comment_id, found in outs.items()}


def covered(comment: ReadableComment, outs: Iterable[Out]) -> ReadableComment:
    """The comment with what is taken out made unreadable; every other character keeps its place."""
    letters = list(comment.text)
    for out in outs:
        for place in range(out.start, min(out.end, len(letters))):
            if not letters[place].isspace():
                letters[place] = COVER
    return replace(comment, text="".join(letters))


def pieces(text: str, start: int, end: int, outs: Sequence[Out]) -> list[Piece]:
    """text[start:end] cut where something is taken out, even if only a part of that lies in it."""
    found: list[Piece] = []
    at = start
    for out in outs:
        if out.end <= at or out.start >= end:
            continue
        if out.start > at:
            found.append(Piece(text[at : out.start]))
        found.append(Piece("", out.kind))
        at = min(out.end, end)
    if at < end:
        found.append(Piece(text[at:end]))
    return found


def is_read() -> Exists:
    """A query's condition: a person has read the comment."""
    return exists().where(CommentRead.comment_id == Comment.id)


def languages(store: Store, survey_id: int) -> dict[str, int]:
    """How many responses were given in each language."""
    with store.read() as session:
        rows = session.execute(
            select(Response.language, func.count().label("number"))
            .where(Response.survey_id == survey_id)
            .group_by(Response.language)
        )
        return {row.language: row.number for row in rows}


def unread(store: Store, survey_id: int, of: Collection[str], most: int) -> list[str]:
    """Comments in the languages `of` that wait to be read and may be: the quotes of the newest report first,
    then the oldest.
    """
    with store.read() as session:
        newest = select(func.max(Run.id)).where(Run.survey_id == survey_id, Run.state == "done")
        quoted = exists().where(
            ThemeQuote.comment_id == Comment.id, ThemeQuote.run_id == newest.scalar_subquery()
        )
        return list(
            session.scalars(
                select(Comment.id)
                .join(Response, Response.id == Comment.response_id)
                .where(*may_be_checked(survey_id), Response.language.in_(of), ~is_read())
                .order_by(quoted.desc(), Response.received_on, Comment.id)
                .limit(most)
            )
        )


def waiting(store: Store, survey_id: int, of: Collection[str]) -> int:
    """How many comments in the languages `of` wait to be read, of those that may be."""
    with store.read() as session:
        return (
            session.scalar(
                select(func.count(Comment.id))
                .join(Response, Response.id == Comment.response_id)
                .where(*may_be_checked(survey_id), Response.language.in_(of), ~is_read())
            )
            or 0
        )


def may_be_checked(survey_id: int) -> tuple[ColumnElement[bool], ...]:
    return Response.survey_id == survey_id, Response.reading_choice >= int(Reader.COMMISSIONER)


def done(store: Store, survey_id: int, first: int, most: int) -> list[Reading]:
    """Comments that were read, the newest reading first."""
    with store.read() as session:
        rows = session.execute(
            select(
                CommentRead.comment_id,
                User.email,
                CommentRead.demonstration,
                CommentRead.made_on,
            )
            .join(Comment, Comment.id == CommentRead.comment_id)
            .join(Response, Response.id == Comment.response_id)
            .outerjoin(User, User.id == CommentRead.user_id)
            .where(*may_be_checked(survey_id))
            .order_by(CommentRead.made_on.desc(), CommentRead.comment_id)
            .offset(first)
            .limit(most)
        )
        return [Reading(row.comment_id, row.email, row.demonstration, row.made_on) for row in rows]


def confirm(
    store: Store,
    survey_id: int,
    read: Mapping[str, Sequence[Out]],
    user_id: int | None,
    today: date,
    *,
    demonstration: bool = False,
) -> int:
    """Keep that these comments were read and what is taken out of each; how many were.

    Left out: one that somebody else read in between, that was withdrawn, or that this survey or its
    checkers have no right to.
    """
    kept = 0
    with store.write() as session:
        runs.lock_survey(session, survey_id)  # of two who read the same words one is the first
        for comment in checkable(session, survey_id, read):
            text = open_text(store, comment)
            session.execute(
                insert(CommentRead).values(
                    comment_id=comment.id,
                    text_hash=text_hash(store, text),
                    demonstration=demonstration,
                    user_id=user_id,
                    made_on=today,
                )
            )
            outs = [
                {"comment_id": comment.id, "start": out.start, "end": out.end, "kind": out.kind}
                for out in apart(read[comment.id], len(text))
            ]
            if outs:
                session.execute(insert(Redaction), outs)
            kept += 1
    return kept


def checkable(session: Session, survey_id: int, ids: Collection[str]) -> Sequence[Comment]:
    return session.scalars(
        select(Comment)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.id.in_(ids), *may_be_checked(survey_id), ~is_read())
    ).all()


def undo(store: Store, survey_id: int, comment_id: str) -> bool:
    """The comment waits to be read again; what was taken out of it is proposed anew."""
    mine = (
        select(Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.id == comment_id, *may_be_checked(survey_id))
    )
    with store.write() as session:
        gone = session.execute(delete(CommentRead).where(CommentRead.comment_id.in_(mine)))
        return bool(gone.rowcount)  # type: ignore[attr-defined]


def apart(outs: Iterable[Out], length: int) -> list[Out]:
    """In order, within the text, none over another: where two overlap, they become one."""
    found: list[Out] = []
    for out in sorted(outs, key=lambda out: (out.start, -out.end)):
        start, end = max(out.start, 0), min(out.end, length)
        if found and start < found[-1].end:
            found[-1] = replace(found[-1], end=max(found[-1].end, end))
        elif start < end:
            found.append(Out(start, end, out.kind))
    return found


def text_hash(store: Store, text: str) -> bytes:
    return store.keyring.keyed_hash("comment.read", text.encode())

"""A submission goes in whole or not at all, once; and comes out whole when withdrawn."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Connection,
    bindparam,
    delete,
    exists,
    false,
    insert,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.exc import IntegrityError

from feedback.survey.reading_choice import ReadingChoice

from . import invitations, recordings
from .database import Store
from .drafts import draft_hash
from .models import Amendment, Comment, Draft, Response, Tombstone
from .receipts import derive_receipt, receipt_hash
from .voice_models import Transcript

OPEN, INVITED = "open", "invited"  # how a response came
NOBODYS = ""  # the id of no response


@dataclass(frozen=True)
class Submission:
    """One person's validated answers, on their path only."""

    key: bytes
    survey_id: int
    version_id: int
    edition_id: int | None
    language: str
    mode: str
    received_on: date
    reading_choice: ReadingChoice
    service: str | None
    words: Mapping[str, str]  # question -> free text
    answers: Mapping[str, Any]  # question -> every other answer
    import_id: int | None = None
    came_by: str | None = OPEN
    invitation: bytes | None = None  # the hash of the code that is used up by this
    voices: Mapping[str, str] = field(default_factory=dict)  # question -> digest of the draft's recording


@dataclass(frozen=True)
class Outcome:
    """What became of a submission: stored now, known already, or withdrawn before this retry."""

    receipt: str | None  # None where it was withdrawn
    first: bool
    same_words: bool


# Built once: every submission runs these.
SENT: BindParameter[bytes] = bindparam("sent")
RECEIPT_OF = select(Response.receipt_hash).where(Response.key_hash == SENT)
EARLIER: CompoundSelect[Any] = union_all(
    select(
        Response.receipt_hash, Response.words_hash, null().label("receipt_sealed"), false().label("withdrawn")
    ).where(Response.key_hash == SENT),
    select(null(), null(), Amendment.receipt_sealed, false()).where(Amendment.key_hash == SENT),
    select(null(), null(), null(), true()).where(exists().where(Tombstone.key_hash == SENT)),
)
INSERT_RESPONSE, INSERT_COMMENT = insert(Response), insert(Comment)
DELETE_DRAFT = delete(Draft).where(Draft.key_hash == SENT)


def submit(store: Store, submission: Submission) -> Outcome:
    """Commit the response, then answer; a retry with the same key gets the same receipt."""
    key_hash = draft_hash(store, submission.key)
    for attempt in range(3):  # a second attempt only if two people's codes collide: about never
        receipt = derive_receipt(store, submission.key, attempt)
        response, comments = sealed_rows(store, submission, key_hash, receipt)
        try:
            with store.writing() as connection:  # all sealing is done: the write lock is held briefly
                earlier = find_earlier(connection, key_hash)
                if earlier is None:
                    response["came_by"] = came_by(connection, submission)
                    connection.execute(INSERT_RESPONSE, response)
                    if comments:
                        connection.execute(INSERT_COMMENT, comments)
                    if submission.voices:
                        recordings.move(connection, key_hash, response["id"], submission.voices)
                connection.execute(DELETE_DRAFT, {"sent": key_hash})
        except IntegrityError:  # PostgreSQL lets two senders of one draft race to the insert
            with store.reading() as connection:
                earlier = find_earlier(connection, key_hash)
            if earlier is None and not is_taken(store, receipt):
                raise  # something else was wrong: not for us to hide
        else:
            if earlier is None:
                return Outcome(receipt, first=True, same_words=True)
        if earlier is not None:
            return known_already(store, submission, earlier, response["words_hash"])
    raise RuntimeError("three receipt codes in a row were taken")


def came_by(connection: Connection, submission: Submission) -> str | None:
    """A code that somebody else used meanwhile makes it an open answer; nothing of it is lost."""
    code = submission.invitation
    invited = code is not None and invitations.spend(connection, submission.survey_id, code)
    return INVITED if invited else submission.came_by


@dataclass(frozen=True)
class Earlier:
    receipt_hash: bytes | None = None
    words_hash: bytes | None = None
    receipt_sealed: bytes | None = None  # of a change to what was sent
    withdrawn: bool = False


def find_earlier(connection: Connection, key_hash: bytes) -> Earlier | None:
    row = connection.execute(EARLIER, {"sent": key_hash}).first()
    if row is None:
        return None
    return Earlier(row.receipt_hash, row.words_hash, row.receipt_sealed, row.withdrawn)


def became_of(store: Store, key: bytes) -> Outcome | None:
    """What a draft became that is gone because it was sent; None where it never was."""
    with store.reading() as connection:
        earlier = find_earlier(connection, draft_hash(store, key))
    if earlier is None:
        return None
    return Outcome(receipt_of_earlier(store, key, earlier), first=False, same_words=True)


def receipt_of_earlier(store: Store, key: bytes, earlier: Earlier) -> str | None:
    if earlier.receipt_sealed:
        place = f"amendment.receipt:{draft_hash(store, key).hex()}"
        return store.keyring.open(earlier.receipt_sealed, place).decode()
    codes = (derive_receipt(store, key, attempt) for attempt in range(3))
    return next((code for code in codes if receipt_hash(store, code) == earlier.receipt_hash), None)


def is_taken(store: Store, receipt: str) -> bool:
    with store.read() as session:
        return (
            session.scalar(select(Response.id).where(Response.receipt_hash == receipt_hash(store, receipt)))
            is not None
        )


def known_already(store: Store, submission: Submission, earlier: Earlier, words_hash: bytes) -> Outcome:
    if earlier.withdrawn:
        return Outcome(None, first=False, same_words=True)
    receipt = receipt_of_earlier(store, submission.key, earlier)
    return Outcome(receipt, first=False, same_words=earlier.words_hash == words_hash)


def sealed_rows(
    store: Store, submission: Submission, key_hash: bytes, receipt: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    response_id = uuid.uuid4().hex
    response = {
        "id": response_id,
        "survey_id": submission.survey_id,
        "survey_version_id": submission.version_id,
        "text_edition_id": submission.edition_id,
        "language": submission.language,
        "mode": submission.mode,
        "service": submission.service,
        "received_on": submission.received_on,
        "reading_choice": int(submission.reading_choice),
        "key_hash": key_hash,
        "words_hash": words_hash(store, submission),
        "receipt_hash": receipt_hash(store, receipt),
        "answers_sealed": store.keyring.seal_json(
            dict(submission.answers), f"response.answers:{response_id}"
        ),
        "import_id": submission.import_id,
        "came_by": submission.came_by,
    }
    return response, sealed_comments(store, response_id, submission.words)


def sealed_comments(store: Store, response_id: str, words: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": (comment_id := uuid.uuid4().hex),
            "response_id": response_id,
            "question": question,
            "text_sealed": store.keyring.seal(text.encode(), f"comment.text:{comment_id}"),
        }
        for question, text in words.items()
    ]


def words_hash(store: Store, submission: Submission) -> bytes:
    """The same for the same answers: it tells a retry from a change."""
    content = [
        sorted(submission.words.items()),
        sorted(submission.answers.items()),
        submission.reading_choice,
        *([sorted(submission.voices.items())] if submission.voices else []),
    ]
    return store.keyring.keyed_hash("words", json.dumps(content).encode())


@dataclass(frozen=True)
class OwnResponse:
    """What a person may read back with their receipt."""

    id: str
    version_id: int
    language: str
    received_on: date
    reading_choice: ReadingChoice
    words: dict[str, str]
    answers: dict[str, Any]


def find_by_receipt(store: Store, code: str) -> OwnResponse | None:
    with store.read() as session:
        row = session.scalar(select(Response).where(Response.receipt_hash == receipt_hash(store, code)))
        typed = Comment.id.not_in(select(Transcript.comment_id))  # what staff wrote down is no word of theirs
        whose = row.id if row else NOBODYS  # asked all the same: a wrong code takes as long
        comments = session.scalars(select(Comment).where(Comment.response_id == whose, typed))
        if row is None:
            return None
        words = {
            comment.question: store.keyring.open(comment.text_sealed, f"comment.text:{comment.id}").decode()
            for comment in comments
        }
        answers = store.keyring.open_json(row.answers_sealed, f"response.answers:{row.id}")
    return OwnResponse(
        id=row.id,
        version_id=row.survey_version_id,
        language=row.language,
        received_on=row.received_on,
        reading_choice=ReadingChoice(row.reading_choice),
        words=words,
        answers=cast(dict[str, Any], answers),
    )

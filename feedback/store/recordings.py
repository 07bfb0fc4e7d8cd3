"""Spoken answers: sealed whole, the draft's until it is sent, the response's from then on."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .database import Store
from .drafts import draft_hash
from .models import Draft
from .voice_models import Recording, Transcript

MOST_UNSENT = 1024**3  # bytes of all drafts together: who fills the disk with sound stops nobody's words


class NoRoom(Exception):
    """So much sound waits to be sent that no more is taken."""


@dataclass(frozen=True)
class Sound:
    media: str
    audio: bytes


@dataclass(frozen=True)
class Held:
    """A recording as its teller's pages name it."""

    id: str
    question: str
    digest: str


def keep(store: Store, key: bytes, question: str, sound: Sound) -> bool:
    """In place of whatever the draft held for this question. Posted again, it is kept once.

    False where there is no such draft (any more); raises NoRoom.
    """
    key_hash, row = draft_hash(store, key), sealed(store, question, sound)
    for _attempt in range(2):
        try:
            with store.write() as session:
                return put(session, key_hash, row)
        except IntegrityError:  # PostgreSQL lets two posts race; the second look finds the first, or no draft
            continue
    return False


def put(session: Session, key_hash: bytes, row: dict[str, Any]) -> bool:
    if not session.scalar(select(exists().where(Draft.key_hash == key_hash))):
        return False
    mine = (Recording.draft_key_hash == key_hash) & (Recording.question == row["question"])
    if session.scalar(select(Recording.digest).where(mine)) == row["digest"]:
        return True
    waiting = session.scalar(select(func.sum(Recording.size)).where(Recording.draft_key_hash.is_not(None)))
    if (waiting or 0) + row["size"] > MOST_UNSENT:
        raise NoRoom
    session.execute(delete(Recording).where(mine))
    session.execute(insert(Recording).values(row | {"draft_key_hash": key_hash}))
    return True


def sealed(store: Store, question: str, sound: Sound) -> dict[str, Any]:
    recording_id = uuid.uuid4().hex
    return {
        "id": recording_id,
        "question": question,
        "media": sound.media,
        "size": len(sound.audio),
        "digest": store.keyring.keyed_hash("recording", sound.audio),
        "audio_sealed": store.keyring.seal(sound.audio, place(recording_id)),
    }


def of_draft(store: Store, key: bytes) -> dict[str, Held]:
    return found(store, Recording.draft_key_hash == draft_hash(store, key))


def of_response(store: Store, response_id: str) -> dict[str, Held]:
    return found(store, Recording.response_id == response_id)


def found(store: Store, whose: ColumnElement[bool]) -> dict[str, Held]:
    with store.reading() as connection:
        rows = connection.execute(select(Recording.id, Recording.question, Recording.digest).where(whose))
        return {row.question: Held(row.id, row.question, row.digest.hex()) for row in rows}


def open_sound(store: Store, recording_id: str) -> Sound | None:
    """For its teller's own pages, which name no other; staff go by transcripts.py."""
    with store.reading() as connection:
        query = select(Recording.media, Recording.audio_sealed).where(Recording.id == recording_id)
        row = connection.execute(query).one_or_none()
    return Sound(row.media, store.keyring.open(row.audio_sealed, place(recording_id))) if row else None


def drop(store: Store, key: bytes, question: str) -> None:
    with store.write() as session:
        mine = Recording.draft_key_hash == draft_hash(store, key)
        session.execute(delete(Recording).where(mine, Recording.question == question))


def copy_to_draft(store: Store, response_id: str, key: bytes) -> None:
    """What was sent, for its teller to keep, take out or say anew; see amendments.py."""
    for held in of_response(store, response_id).values():
        sound = open_sound(store, held.id)
        if sound:
            keep(store, key, held.question, sound)


def move(connection: Connection, key_hash: bytes, response_id: str, voices: Mapping[str, str]) -> None:
    """From the draft to what it becomes, before the draft and all that is left of it go."""
    mine = (Recording.draft_key_hash == key_hash) & Recording.question.in_(list(voices))
    connection.execute(update(Recording).where(mine).values(draft_key_hash=None, response_id=response_id))


def put_in_place(session: Session, response_id: str, key_hash: bytes, voices: Mapping[str, str]) -> list[str]:
    """Make the draft's recordings those of the response; the same sound stays, with what was written down.

    Returns the ids of the comments written down from recordings that are gone now: the comments go too.
    """
    of_it = session.execute(
        select(Recording.id, Recording.question, Recording.digest).where(Recording.response_id == response_id)
    ).all()
    stay = {row.question for row in of_it if voices.get(row.question) == row.digest.hex()}
    gone = [row.id for row in of_it if row.question not in stay]
    comments = session.scalars(select(Transcript.comment_id).where(Transcript.recording_id.in_(gone))).all()
    session.execute(delete(Recording).where(Recording.id.in_(gone)))
    new = {question: digest for question, digest in voices.items() if question not in stay}
    move(session.connection(), key_hash, response_id, new)
    return list(comments)


def place(recording_id: str) -> str:
    return f"recording.audio:{recording_id}"

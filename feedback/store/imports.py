"""Comments that an organisation already held: stored in one transaction, each row once for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from feedback.survey.reading_choice import ReadingChoice

from .database import Store
from .drafts import draft_hash
from .models import Comment, Import, Response, Tombstone
from .receipts import derive_receipt
from .responses import Submission, sealed_rows

AT_ONCE = 500


@dataclass(frozen=True)
class HeldComment:
    """One row of a file that was found good."""

    row_id: str
    text: str
    language: str
    service: str | None
    received_on: date


@dataclass(frozen=True)
class Origin:
    """Where the comments come from, and what their tellers agreed to."""

    source: str
    told: str
    choice: ReadingChoice
    question: str


@dataclass(frozen=True)
class Imported:
    new: int
    here_already: int
    other_words: int  # of those here already: the first words are kept
    gone: int  # withdrawn or past their time: they stay gone


def bring_in(
    store: Store,
    survey_id: int,
    version_id: int,
    origin: Origin,
    comments: Sequence[HeldComment],
    today: date,
    dry_run: bool = False,
) -> Imported:
    """Store what is new. The same source and row id is the same comment, however often it is imported."""
    submissions = [submission(store, survey_id, version_id, origin, comment) for comment in comments]
    responses: dict[bytes, dict[str, Any]] = {}
    words: dict[bytes, list[dict[str, Any]]] = {}
    for each in submissions:  # all the sealing before the transaction
        key_hash = draft_hash(store, each.key)
        response, words[key_hash] = sealed_rows(store, each, key_hash, derive_receipt(store, each.key))
        responses[key_hash] = response | {"receipt_hash": None}  # nobody was given a receipt
    if dry_run:
        with store.read() as session:
            return counted(responses, *known(session, list(responses)))
    with store.write() as session:
        here, gone = known(session, list(responses))
        new = [key_hash for key_hash in responses if key_hash not in here and key_hash not in gone]
        if new:
            row = Import(
                survey_id=survey_id,
                source=origin.source,
                told=origin.told,
                reading_choice=int(origin.choice),
                imported_on=today,
            )
            session.add(row)
            session.flush()
            session.execute(
                insert(Response), [responses[key_hash] | {"import_id": row.id} for key_hash in new]
            )
            session.execute(insert(Comment), [comment for key_hash in new for comment in words[key_hash]])
        return counted(responses, here, gone)


def submission(
    store: Store, survey_id: int, version_id: int, origin: Origin, comment: HeldComment
) -> Submission:
    return Submission(
        key=store.keyring.keyed_hash("import", origin.source.encode(), comment.row_id.encode()),
        survey_id=survey_id,
        version_id=version_id,
        edition_id=None,
        language=comment.language,
        mode="imported",
        received_on=comment.received_on,
        reading_choice=origin.choice,
        service=comment.service,
        words={origin.question: comment.text},
        answers={},
        came_by=None,
    )


def known(session: Session, key_hashes: Sequence[bytes]) -> tuple[dict[bytes, bytes], set[bytes]]:
    """Of these keys: those stored, with the hash of their words, and those that are gone for good."""
    here: dict[bytes, bytes] = {}
    gone: set[bytes] = set()
    for start in range(0, len(key_hashes), AT_ONCE):
        some = key_hashes[start : start + AT_ONCE]
        rows = session.execute(
            select(Response.key_hash, Response.words_hash).where(Response.key_hash.in_(some))
        )
        here.update((row.key_hash, row.words_hash) for row in rows)
        gone.update(session.scalars(select(Tombstone.key_hash).where(Tombstone.key_hash.in_(some))))
    return here, gone


def counted(responses: dict[bytes, dict[str, Any]], here: dict[bytes, bytes], gone: set[bytes]) -> Imported:
    return Imported(
        new=len(responses) - len(here) - len(gone),
        here_already=len(here),
        other_words=sum(1 for key_hash, words in here.items() if responses[key_hash]["words_hash"] != words),
        gone=len(gone),
    )

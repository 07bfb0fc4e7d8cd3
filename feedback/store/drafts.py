"""Answers on their way: kept sealed under a key that only the person's browser holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import bindparam, delete, insert, select, update

from .database import Store
from .models import Draft

Answers = dict[str, Any]


@dataclass(frozen=True)
class StoredDraft:
    version_id: int
    answers: Answers


def draft_hash(store: Store, key: bytes) -> bytes:
    """What is stored in place of a draft's key; a response keeps it to know a retry."""
    return store.keyring.keyed_hash("draft key", key)


# Built once: every page of a survey runs these.
THIS_DRAFT = Draft.key_hash == bindparam("this_draft")
SELECT = select(Draft.survey_version_id, Draft.answers_sealed, Draft.expires_at).where(THIS_DRAFT)
INSERT = insert(Draft)
UPDATE = update(Draft).where(THIS_DRAFT)


def load(store: Store, key: bytes, now: float) -> StoredDraft | None:
    key_hash = draft_hash(store, key)
    with store.reading() as connection:
        row = connection.execute(SELECT, {"this_draft": key_hash}).one_or_none()
    if row is None or row.expires_at <= int(now):
        return None
    return StoredDraft(row.survey_version_id, unseal(store, key_hash, row.answers_sealed))


def save_page(
    store: Store, key: bytes, version_id: int, page: Mapping[str, Any], now: float, lifetime: int
) -> Answers:
    """Add one page's answers to the draft (None takes an answer out); all its answers back."""
    key_hash = draft_hash(store, key)
    with store.writing() as connection:
        row = connection.execute(SELECT, {"this_draft": key_hash}).one_or_none()
        alive = row is not None and row.expires_at > int(now)
        answers = unseal(store, key_hash, row.answers_sealed) if row is not None and alive else {}
        answers = {name: value for name, value in (answers | dict(page)).items() if value is not None}
        values: dict[str, Any] = {"answers_sealed": store.keyring.seal_json(answers, place(key_hash))}
        if not alive:  # a draft past its time is gone, even if nothing has swept it up yet
            values |= {"survey_version_id": version_id, "expires_at": int(now) + lifetime}
        if row is None:
            connection.execute(INSERT, {"key_hash": key_hash, **values})
        else:
            connection.execute(UPDATE, {"this_draft": key_hash, **values})
    return answers


def drop(store: Store, key: bytes) -> None:
    with store.write() as session:
        session.execute(delete(Draft).where(Draft.key_hash == draft_hash(store, key)))


def purge(store: Store, now: float) -> int:
    with store.write() as session:
        gone = session.execute(delete(Draft).where(Draft.expires_at <= int(now)))
        return cast(int, cast(Any, gone).rowcount)


def unseal(store: Store, key_hash: bytes, sealed: bytes) -> Answers:
    return cast(Answers, store.keyring.open_json(sealed, place(key_hash)))


def place(key_hash: bytes) -> str:
    return f"draft.answers:{key_hash.hex()}"

"""Answers on their way: kept sealed under a key that only the person's browser holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import bindparam, delete, insert, select, update

from .database import Store
from .models import Draft
from .receipts import derive_receipt, receipt_hash

Answers = dict[str, Any]


@dataclass(frozen=True)
class StoredDraft:
    version_id: int
    answers: Answers
    expires_at: int


@dataclass(frozen=True)
class FoundDraft:
    """An unsent draft that a receipt code opens, and the key to go on with."""

    version_id: int
    key: bytes
    expires_at: int


def draft_hash(store: Store, key: bytes) -> bytes:
    """What is stored in place of a draft's key; a response keeps it to know a retry."""
    return store.keyring.keyed_hash("draft key", key)


# Built once: every page of a survey runs these.
THIS_DRAFT = Draft.key_hash == bindparam("this_draft")
SELECT = select(Draft.survey_version_id, Draft.answers_sealed, Draft.expires_at).where(THIS_DRAFT)
INSERT = insert(Draft)
UPDATE = update(Draft).where(THIS_DRAFT)
NO_WAY_BACK: dict[str, bytes | None] = {"receipt_hash": None, "key_sealed": None}


def load(store: Store, key: bytes, now: float) -> StoredDraft | None:
    key_hash = draft_hash(store, key)
    with store.reading() as connection:
        row = connection.execute(SELECT, {"this_draft": key_hash}).one_or_none()
    if row is None or row.expires_at <= int(now):
        return None
    return StoredDraft(row.survey_version_id, unseal(store, key_hash, row.answers_sealed), row.expires_at)


def save_page(
    store: Store, key: bytes, version_id: int, page: Mapping[str, Any], now: float, lifetime: int,
    can_return: bool = False, lives_on: bool = False,
) -> Answers:  # fmt: skip
    """Add one page's answers to the draft (None takes an answer out); all its answers back.

    `can_return`: its receipt code opens it again, here or on another phone. `lives_on`: its time begins anew.
    """
    key_hash = draft_hash(store, key)
    with store.writing() as connection:
        row = connection.execute(SELECT, {"this_draft": key_hash}).one_or_none()
        alive = row is not None and row.expires_at > int(now)
        answers = unseal(store, key_hash, row.answers_sealed) if row is not None and alive else {}
        answers = {name: value for name, value in (answers | dict(page)).items() if value is not None}
        values: dict[str, Any] = {"answers_sealed": store.keyring.seal_json(answers, place(key_hash))}
        if lives_on or not alive:
            values |= {"expires_at": int(now) + lifetime}
        if not alive:  # a draft past its time is gone, even if nothing has swept it up yet
            values |= {"survey_version_id": version_id}
            values |= way_back(store, key, key_hash) if can_return else NO_WAY_BACK
        if row is None:
            connection.execute(INSERT, {"key_hash": key_hash, **values})
        else:
            connection.execute(UPDATE, {"this_draft": key_hash, **values})
    return answers


def way_back(store: Store, key: bytes, key_hash: bytes) -> dict[str, bytes | None]:
    return {
        "receipt_hash": receipt_hash(store, derive_receipt(store, key)),
        "key_sealed": store.keyring.seal(key, key_place(key_hash)),
    }


def find_by_receipt(store: Store, code: str, now: float) -> FoundDraft | None:
    """The unsent draft of this code. Should two people's codes ever be the same, it opens neither."""
    query = (
        select(Draft.key_hash, Draft.key_sealed, Draft.survey_version_id, Draft.expires_at)
        .where(Draft.receipt_hash == receipt_hash(store, code), Draft.expires_at > int(now))
        .limit(2)
    )
    with store.read() as session:
        rows = session.execute(query).all()
    if len(rows) != 1:
        return None
    [row] = rows
    key = store.keyring.open(row.key_sealed, key_place(row.key_hash))
    return FoundDraft(row.survey_version_id, key, row.expires_at)


def drop(store: Store, key: bytes) -> None:
    with store.write() as session:
        session.execute(delete(Draft).where(Draft.key_hash == draft_hash(store, key)))


def purge(store: Store, now: float) -> int:
    with store.write() as session:
        gone = session.execute(delete(Draft).where(Draft.expires_at <= int(now)))
        return cast(int, cast(Any, gone).rowcount)


def unseal(store: Store, key_hash: bytes, sealed: bytes) -> Answers:
    return cast(Answers, store.keyring.open_json(sealed, place(key_hash)))


def key_place(key_hash: bytes) -> str:
    return f"draft.key:{key_hash.hex()}"


def place(key_hash: bytes) -> str:
    return f"draft.answers:{key_hash.hex()}"

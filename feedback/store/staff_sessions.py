"""Sessions of staff, kept at the server: deleting a row signs the person out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import delete, insert, select, update

from .database import Store
from .encryption import CannotOpen
from .staff_models import StaffSession

Content = dict[str, Any]


def load(store: Store, key: bytes, now: float) -> Content | None:
    key_hash = session_hash(store, key)
    with store.read() as session:
        sealed = session.scalar(
            select(StaffSession.content_sealed).where(
                StaffSession.key_hash == key_hash, StaffSession.expires_at > int(now)
            )
        )
    if sealed is None:
        return None
    try:
        return unseal(store, key_hash, sealed)
    except CannotOpen:  # moved here from another row, or sealed under a key that we no longer hold
        return None


def begin(store: Store, key: bytes, content: Mapping[str, Any], expires_at: float) -> None:
    key_hash = session_hash(store, key)
    sealed = store.keyring.seal_json(dict(content), place(key_hash))
    with store.write() as session:
        session.execute(
            insert(StaffSession).values(key_hash=key_hash, content_sealed=sealed, expires_at=int(expires_at))
        )


def change(store: Store, key: bytes, content: Mapping[str, Any]) -> None:
    """New content until the same moment; a session that was ended meanwhile stays ended."""
    key_hash = session_hash(store, key)
    sealed = store.keyring.seal_json(dict(content), place(key_hash))
    with store.write() as session:
        session.execute(
            update(StaffSession).where(StaffSession.key_hash == key_hash).values(content_sealed=sealed)
        )


def end(store: Store, key: bytes) -> None:
    with store.write() as session:
        session.execute(delete(StaffSession).where(StaffSession.key_hash == session_hash(store, key)))


def end_all_of(store: Store, uniquifier: str) -> int:
    """End every session of one person; how many there were."""
    with store.write() as session:
        ended = [
            row.key_hash
            for row in session.execute(select(StaffSession.key_hash, StaffSession.content_sealed))
            if unseal(store, row.key_hash, row.content_sealed).get("_user_id") == uniquifier
        ]
        for key_hash in ended:
            session.execute(delete(StaffSession).where(StaffSession.key_hash == key_hash))
    return len(ended)


def purge(store: Store, now: float) -> int:
    with store.write() as session:
        gone = session.execute(delete(StaffSession).where(StaffSession.expires_at <= int(now)))
        return cast(int, cast(Any, gone).rowcount)


def session_hash(store: Store, key: bytes) -> bytes:
    return store.keyring.keyed_hash("staff session", key)


def unseal(store: Store, key_hash: bytes, sealed: bytes) -> Content:
    return cast(Content, store.keyring.open_json(sealed, place(key_hash)))


def place(key_hash: bytes) -> str:
    return f"staff_session.content:{key_hash.hex()}"

"""A draft's receipt code: made from its key, stored as a keyed hash only."""

from __future__ import annotations

from . import receipt_code
from .database import Store


def derive_receipt(store: Store, key: bytes, attempt: int = 0) -> str:
    """From the draft's key, so that it is there from the first page and every retry shows the same."""
    return receipt_code.from_hash(store.keyring.keyed_hash("receipt", key, bytes([attempt])))


def receipt_hash(store: Store, code: str) -> bytes:
    return store.keyring.keyed_hash("receipt code", code.encode())

"""The signed field in every form: which draft its answers belong to. It works without any cookie."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass

from itsdangerous import BadData

from feedback.web.signing import Forged, signer

PURPOSE = "form token"


@dataclass(frozen=True)
class Token:
    key: bytes
    version_id: int
    kept: bool  # answers were already kept when the form was made: if they are gone now, say so
    age: float


def make(slug: str, key: bytes, version_id: int, kept: bool) -> str:
    return str(signer(PURPOSE).dumps([slug, base64.b64encode(key).decode(), version_id, kept]))


def read(slug: str, text: str) -> Token:
    try:
        (of, key, version_id, kept), signed_at = signer(PURPOSE).loads(text, return_timestamp=True)
    except (BadData, ValueError, TypeError):
        raise Forged from None
    if of != slug:
        raise Forged
    return Token(base64.b64decode(key), version_id, kept, time.time() - signed_at.timestamp())

"""The signed field in every form: which draft its answers belong to. It works without any cookie."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from feedback.web.signing import read_for, sign_for

PURPOSE = "form token"


@dataclass(frozen=True)
class Token:
    key: bytes
    version_id: int
    kept: bool  # answers were already kept when the form was made: if they are gone now, say so
    age: float


def make(slug: str, key: bytes, version_id: int, kept: bool) -> str:
    return sign_for(PURPOSE, slug, base64.b64encode(key).decode(), version_id, kept)


def read(slug: str, text: str) -> Token:
    (key, version_id, kept), age = read_for(PURPOSE, slug, text)
    return Token(base64.b64decode(key), version_id, kept, age)

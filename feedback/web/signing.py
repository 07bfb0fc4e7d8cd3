"""Signed values that a browser may hold: nobody can make or change one without our key."""

from __future__ import annotations

import time
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from .current import store


def signer(purpose: str) -> URLSafeTimedSerializer:
    """The signer for one purpose; what was signed for another never passes."""
    kept: dict[str, URLSafeTimedSerializer] = current_app.extensions.setdefault("heard_signers", {})
    if purpose not in kept:
        secret = store().keyring.keyed_hash("cookie signing")
        kept[purpose] = URLSafeTimedSerializer(secret, salt=purpose)
    return kept[purpose]


class Forged(Exception):
    """A signed value that we didn't sign, that was changed, or that belongs to another survey."""


def sign_for(purpose: str, slug: str, *values: object) -> str:
    return str(signer(purpose).dumps([slug, *values]))


def read_for(purpose: str, slug: str, signed: str) -> tuple[list[Any], float]:
    """The values that were signed for this survey, and their age in seconds."""
    try:
        (of, *values), signed_at = signer(purpose).loads(signed, return_timestamp=True)
    except (BadData, ValueError, TypeError):
        raise Forged from None
    if of != slug:
        raise Forged
    return values, time.time() - signed_at.timestamp()

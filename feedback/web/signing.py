"""Signed values that a browser may hold: nobody can make or change one without our key."""

from __future__ import annotations

from flask import current_app
from itsdangerous import URLSafeTimedSerializer

from .current import store


def signer(purpose: str) -> URLSafeTimedSerializer:
    """The signer for one purpose; what was signed for another never passes."""
    kept: dict[str, URLSafeTimedSerializer] = current_app.extensions.setdefault("heard_signers", {})
    if purpose not in kept:
        secret = store().keyring.keyed_hash("cookie signing")
        kept[purpose] = URLSafeTimedSerializer(secret, salt=purpose)
    return kept[purpose]


class Forged(Exception):
    """A signed value that we didn't sign, or that was changed."""

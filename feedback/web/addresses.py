"""Whole addresses of this site, to print and to paste elsewhere."""

from __future__ import annotations

from flask import request

from .current import settings


def whole(path: str) -> str:
    """Behind a proxy we are spoken to over http; people reach us over https all the same."""
    return f"{'http' if settings().demo else 'https'}://{request.host}{path}"


def spoken(address: str) -> str:
    """As one reads it out or types it."""
    return address.partition("://")[2]

"""The one cookie: whose draft this browser holds, or that it has been sent. Gone when the browser closes."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass

from flask import request
from itsdangerous import BadData
from werkzeug.wrappers import Response

from feedback.web.current import settings
from feedback.web.signing import Forged, signer

PURPOSE = "draft cookie"


@dataclass(frozen=True)
class Held:
    key: bytes
    sent: bool
    note: str  # what else to say on the sent page
    age: float


def name(slug: str) -> str:
    return f"draft-{slug}" if settings().demo else f"__Host-draft-{slug}"


def is_there(slug: str) -> bool:
    return name(slug) in request.cookies


def read(slug: str) -> Held | None:
    value = request.cookies.get(name(slug))
    if value is None:
        return None
    try:
        (of, key, sent, note), signed_at = signer(PURPOSE).loads(value, return_timestamp=True)
    except (BadData, ValueError, TypeError):
        raise Forged from None
    if of != slug:
        raise Forged
    return Held(base64.b64decode(key), sent, note, time.time() - signed_at.timestamp())


def hold(response: Response, slug: str, key: bytes, sent: bool = False, note: str = "") -> Response:
    value = signer(PURPOSE).dumps([slug, base64.b64encode(key).decode(), sent, note])
    response.set_cookie(name(slug), str(value), secure=not settings().demo, httponly=True, samesite="Strict")
    return response


def let_go(response: Response, slug: str) -> Response:
    response.delete_cookie(name(slug), secure=not settings().demo, httponly=True, samesite="Strict")
    return response

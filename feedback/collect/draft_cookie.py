"""The one cookie: whose draft this browser holds, or that it has been sent. Gone when the browser closes."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from feedback.web.current import settings
from feedback.web.signing import read_for, sign_for

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
    (key, sent, note), age = read_for(PURPOSE, slug, value)
    return Held(base64.b64decode(key), sent, note, age)


def hold(response: Response, slug: str, key: bytes, sent: bool = False, note: str = "") -> Response:
    value = sign_for(PURPOSE, slug, base64.b64encode(key).decode(), sent, note)
    response.set_cookie(name(slug), value, secure=not settings().demo, httponly=True, samesite="Strict")
    return response


def let_go(response: Response, slug: str) -> Response:
    response.delete_cookie(name(slug), secure=not settings().demo, httponly=True, samesite="Strict")
    return response


def let_all_go(response: Response) -> Response:
    """Of every survey: with a code, answers to another one than the kiosk's may have been opened at it."""
    for held in request.cookies:
        if held.startswith(name("")):
            response.delete_cookie(held, secure=not settings().demo, httponly=True, samesite="Strict")
    return response

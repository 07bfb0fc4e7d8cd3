"""A tablet that many people answer on, one after another. It knows its survey, and nobody's session."""

from __future__ import annotations

from typing import cast

from flask import Flask, request
from itsdangerous import BadData
from werkzeug.wrappers import Response

from .current import settings
from .signing import signer

PURPOSE = "kiosk"
DAYS = 30
SECONDS = DAYS * 24 * 3600


def init_kiosk(app: Flask) -> None:
    app.jinja_env.globals["kiosk_here"] = here


def here() -> str | None:
    """The survey that this browser is a kiosk of; None where it is nobody's kiosk."""
    value = request.cookies.get(name())
    if value is None:
        return None
    try:
        return cast(str, signer(PURPOSE).loads(value, max_age=SECONDS))
    except BadData:
        return None


def start(response: Response, slug: str) -> Response:
    response.set_cookie(
        name(),
        str(signer(PURPOSE).dumps(slug)),
        max_age=SECONDS,
        secure=not settings().demo,
        httponly=True,
        samesite="Strict",
    )
    return response


def stop(response: Response) -> Response:
    response.delete_cookie(name(), secure=not settings().demo, httponly=True, samesite="Strict")
    return response


def name() -> str:
    return "kiosk" if settings().demo else "__Host-kiosk"

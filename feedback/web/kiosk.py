"""A tablet that many people answer on, one after another. It knows its survey, and nobody's session."""

from __future__ import annotations

import secrets

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
    app.jinja_env.globals["kiosk_turn"] = turn


def here() -> str | None:
    """The survey that this browser is a kiosk of; None where it is nobody's kiosk."""
    return held()[0]


def turn() -> str:
    """Names whoever's turn it is, and nothing of them: a form of somebody before carries another one."""
    return held()[1]


def held() -> tuple[str | None, str]:
    value = request.cookies.get(name())
    if value is None:
        return None, ""
    try:
        slug, turn = signer(PURPOSE).loads(value, max_age=SECONDS)
    except (BadData, ValueError):
        return None, ""
    return slug, turn


def start(response: Response, slug: str) -> Response:
    """The next person's turn: the first one's, where this browser was no kiosk before."""
    response.set_cookie(
        name(),
        str(signer(PURPOSE).dumps([slug, secrets.token_urlsafe(9)])),
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

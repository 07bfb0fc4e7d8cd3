"""Staff sessions: the browser holds a key, the server holds the rest and can end it.

Before sign-in there is nothing worth keeping, so the form's token travels sealed in the cookie itself:
looking at the sign-in page writes nothing to the database.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import time
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from feedback.store import staff_sessions
from feedback.store.database import Store
from feedback.store.encryption import CannotOpen

HOURS_SIGNED_IN = 12
SECONDS_TO_SIGN_IN = 3600
KEY_BYTES = 32
SEALED = "~"  # begins a cookie that carries its own content; no key in base64 has it
COOKIE_PLACE = "staff_session.cookie"
USER = "_user_id"
NEVER_KEPT = "_id"  # Flask-Login's hash of address and browser


class StaffSession(CallbackDict[str, Any], SessionMixin):
    def __init__(self, content: dict[str, Any] | None = None, key: bytes | None = None) -> None:
        super().__init__(content, on_update=StaffSession.note_change)
        self.key = key
        self.user_at_start = self.get(USER)
        self.modified = False
        self.accessed = True

    def note_change(self) -> None:
        self.modified = True


class StaffSessions(SessionInterface):
    def __init__(self, store: Store, secure: bool) -> None:
        self.store = store
        self.secure = secure
        self.cookie = "__Host-staff" if secure else "staff"

    def open_session(self, app: Flask, request: Request) -> StaffSession:
        value = request.cookies.get(self.cookie, "")
        if value.startswith(SEALED):
            return StaffSession(self.open_cookie(value))
        key = decode(value)
        content = staff_sessions.load(self.store, key, time.time()) if len(key) == KEY_BYTES else None
        return StaffSession(content, key) if content is not None else StaffSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, StaffSession) or not session.modified:
            return
        content = {name: value for name, value in session.items() if name != NEVER_KEPT}
        now = time.time()
        if session.get(USER) != session.user_at_start and session.key is not None:
            staff_sessions.end(self.store, session.key)  # a key never outlives a change of who it is
            session.key = None
        if not session.get(USER):
            self.send(response, self.seal_cookie(content, now) if content else "", SECONDS_TO_SIGN_IN)
        elif session.key is None:
            key = secrets.token_bytes(KEY_BYTES)
            lifetime = HOURS_SIGNED_IN * 3600
            staff_sessions.begin(self.store, key, content, now + lifetime)
            self.send(response, encode(key), lifetime)
        else:
            staff_sessions.change(self.store, session.key, content)

    def send(self, response: Response, value: str, lifetime: int) -> None:
        response.vary.add("Cookie")
        response.set_cookie(
            self.cookie,
            value,
            max_age=lifetime if value else 0,
            secure=self.secure,
            httponly=True,
            samesite="Lax",
            path="/",
        )

    def seal_cookie(self, content: dict[str, Any], now: float) -> str:
        plain = json.dumps({"until": int(now) + SECONDS_TO_SIGN_IN, "content": content})
        return SEALED + encode(self.store.keyring.seal(plain.encode(), COOKIE_PLACE))

    def open_cookie(self, value: str) -> dict[str, Any]:
        try:
            box = json.loads(self.store.keyring.open(decode(value.removeprefix(SEALED)), COOKIE_PLACE))
        except CannotOpen:
            return {}
        content: dict[str, Any] = box["content"] if box["until"] > time.time() else {}
        return content


def encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def decode(value: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError):
        return b""

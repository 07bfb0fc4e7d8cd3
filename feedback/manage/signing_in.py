"""Flask-Security on our own store, with everything we don't use switched off."""

from __future__ import annotations

import time
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_security import Security, hash_password
from flask_wtf.csrf import CSRFProtect

from feedback.settings import Settings, is_loopback
from feedback.store.database import Store
from feedback.store.staff import StaffDatastore
from feedback.store.staff_models import User

from .attempts import Attempts
from .sessions import StaffSessions

# OWASP's figures for argon2id: 19 MiB, two passes, one lane.
ARGON2 = {"argon2__memory_cost": 19456, "argon2__time_cost": 2, "argon2__parallelism": 1}


def init_signing_in(app: Flask) -> None:
    settings = cast(Settings, app.extensions["heard_settings"])
    store = cast(Store, app.extensions["heard_store"])
    secret = store.keyring.keyed_hash("flask secret").hex()
    app.config.from_mapping(
        SECRET_KEY=app.config["SECRET_KEY"] or secret,
        SECURITY_PASSWORD_SALT=store.keyring.keyed_hash("password pepper").hex(),
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=ARGON2,
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_TRACKABLE=False,
        SECURITY_REGISTERABLE=False,
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
        WTF_CSRF_CHECK_DEFAULT=False,  # asked for by what each page declares, below
        WTF_CSRF_SSL_STRICT=False,  # our Referrer-Policy sends no referrer to compare
        WTF_CSRF_TIME_LIMIT=None,  # the token ends with its session
    )
    if settings.demo:
        app.before_request(this_machine_only)
    app.session_interface = StaffSessions(store, secure=not settings.demo)
    app.extensions["heard_csrf"] = CSRFProtect(app)
    app.extensions["heard_attempts"] = Attempts(time.monotonic)
    # Our own pages sign in and out (routes.py), so that each is declared, translated and accessible.
    Security(app, StaffDatastore(store), register_blueprint=False)
    app.login_manager.session_protection = None  # type: ignore[attr-defined]  # would hash the address


def this_machine_only() -> None:
    """Cookies of the demonstration are not Secure: it answers to no other name, whoever bound it to what."""
    if not is_loopback(urlsplit(f"//{request.host}").hostname or ""):
        abort(400)


def check(email: str, password: str) -> User | None:
    """The person with this e-mail and password; takes as long when there is nobody of that name."""
    datastore = cast(StaffDatastore, current_app.extensions["security"].datastore)
    user = datastore.find_user(case_insensitive=True, email=email)
    if user is None:
        hash_password(password)
        return None
    return user if user.verify_and_update_password(password) and user.active else None


def attempts() -> Attempts:
    return cast(Attempts, current_app.extensions["heard_attempts"])

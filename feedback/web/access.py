"""Who may open a page: declared on every view, enforced before any of them runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

View = TypeVar("View", bound=Callable[..., Any])
ROLES = ("owner", "commissioner", "worker", "safeguarding")
EVERYONE: frozenset[str] = frozenset()
DECLARED = "heard_access"


def public(view: View) -> View:
    """Anyone may open this page; it learns nothing about who they are."""
    setattr(view, DECLARED, EVERYONE)
    return view


def needs(*roles: str) -> Callable[[View], View]:
    """Only staff with one of these roles may open this page."""
    if not roles or not set(roles) <= set(ROLES):
        raise ValueError(f"needs() takes one or more of {', '.join(ROLES)}")

    def declare(view: View) -> View:
        setattr(view, DECLARED, frozenset(roles))
        return view

    return declare


def declarations(app: Flask) -> dict[str, frozenset[str] | None]:
    """Each endpoint with the roles it needs: none for a public one, None where nobody said."""
    return {endpoint: getattr(view, DECLARED, None) for endpoint, view in app.view_functions.items()}


def init_access(app: Flask) -> None:
    if "static" in app.view_functions:
        public(app.view_functions["static"])
    app.before_request(enforce)


def enforce() -> ResponseReturnValue | None:
    if request.endpoint is None:  # no such page: Flask answers that
        return None
    roles = getattr(current_app.view_functions[request.endpoint], DECLARED, None)
    if roles is None:
        current_app.logger.error("%s declares no access rule: nobody gets in", request.endpoint)
        abort(500)
    if roles == EVERYONE:
        return None
    if not current_user.is_authenticated:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("manage.sign_in", next=back))
    if not any(current_user.has_role(role) for role in roles):
        abort(403)
    current_app.extensions["csrf"].protect()  # does nothing for a request that only reads
    return None

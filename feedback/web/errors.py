"""When something is wrong: a page in the person's language, with what they wrote still in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError, TimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from .posted import posted, words_are_kept

STORE_IS_AWAY = (OperationalError, InterfaceError, InternalError, TimeoutError)
TRY_AGAIN_AFTER = 30  # seconds
NOT_WORDS = re.compile(r"[A-Za-z0-9_-]{0,60}", re.ASCII)


def init_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(SQLAlchemyError, show_store_error)


def show_error(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if error.response is not None or code < 400:  # a redirect is an exception to Werkzeug too
        return error
    heading, what_now = explanation(code)
    html = render_template(
        "errors/error.html",
        heading=heading,
        what_now=what_now,
        kept=kept_fields(),
        action=request.full_path,
        slug=(request.view_args or {}).get("slug") if request.blueprint == "collect" else None,
    )
    response = make_response(html, code)
    response.headers.extend({name: value for name, value in error.get_headers() if name == "Allow"})
    if code in {429, 503}:
        response.headers["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def show_store_error(error: SQLAlchemyError) -> Response | HTTPException:
    # Never str(error): it can quote what was to be stored.
    current_app.logger.error("The store failed: %s", type(getattr(error, "orig", None) or error).__name__)
    if isinstance(error, STORE_IS_AWAY):
        return show_error(ServiceUnavailable())
    if current_app.testing:
        raise error
    return show_error(InternalServerError())


@dataclass(frozen=True)
class KeptField:
    name: str
    value: str
    shown: bool  # words are shown; ticks and signatures ride along unseen


def kept_fields() -> list[KeptField]:
    if request.method != "POST" or not words_are_kept():
        return []
    try:
        fields = posted().fields
    except HTTPException:  # the form itself could not be read
        return []
    return [
        KeptField(name, value, name != "token" and NOT_WORDS.fullmatch(value) is None)
        for name, value in fields.items(multi=True)
    ]


def explanation(code: int) -> tuple[str, str]:
    texts = {
        403: (_("This page is not open to you"), _("If you think it should be, ask the people who run it.")),
        404: (
            _("There is no page here"),
            _("The address may be mistyped, or the page may have been closed."),
        ),
        413: (
            _("That is more than we can take at once"),
            _("Nothing was saved. Please make it shorter, or send it in parts."),
        ),
        429: (_("Too many tries in a short time"), _("Please wait a while, then try again.")),
        503: (
            _("We can't save anything just now"),
            _("Nothing was saved, and it is not your fault. Please wait a minute, then try again."),
        ),
    }
    if code in texts:
        return texts[code]
    if code >= 500:
        return (
            _("Something went wrong on our side"),
            _("Nothing was saved, and it is not your fault. Please try again."),
        )
    return (_("We could not understand that"), _("Nothing was saved. Please go back and try again."))

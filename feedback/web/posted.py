"""What a form brought, read within limits. Where it must be refused, its words are still there to keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote_to_bytes

from flask import Flask, abort, current_app, g, request
from werkzeug.datastructures import MultiDict

from .uploads import most_bytes_of_file

View = TypeVar("View", bound=Callable[..., Any])
MOST_BYTES = 2 * 1024 * 1024
MOST_FIELDS = 500
KEEPS_WORDS = "heard_keeps_words"
KEEPABLE_BYTES = 4 * MOST_BYTES  # up to this much is read so that it can be given back, never stored


class Refusal(Enum):
    TOO_LARGE = 413
    TOO_MANY_FIELDS = 400
    NOT_TEXT = 422


@dataclass(frozen=True)
class Posted:
    fields: MultiDict[str, str]
    refusal: Refusal | None


def init_posted(app: Flask) -> None:
    app.config.setdefault("MAX_CONTENT_LENGTH", MOST_BYTES)
    app.config.setdefault("MAX_FORM_MEMORY_SIZE", KEEPABLE_BYTES)  # the content length is the limit
    app.config.setdefault("MAX_FORM_PARTS", 2 * MOST_FIELDS)
    app.before_request(refuse_bad_forms)


def keeps_words(view: View) -> View:
    """For views that show a refused form again, filled in; elsewhere a refused form is an error page."""
    setattr(view, KEEPS_WORDS, True)
    return view


def words_are_kept() -> bool:
    return request.endpoint is not None and getattr(
        current_app.view_functions[request.endpoint], KEEPS_WORDS, False
    )


def refuse_bad_forms() -> None:
    if request.method != "POST" or request.endpoint is None or most_bytes_of_file():
        return
    if words_are_kept():
        request.max_content_length = KEEPABLE_BYTES
        return
    if refusal := posted().refusal:
        abort(refusal.value)


def posted() -> Posted:
    if "posted" not in g:
        g.posted = read_posted()
    return g.posted  # type: ignore[no-any-return]


def read_posted() -> Posted:
    body = request.get_data(cache=True)
    urlencoded = request.mimetype == "application/x-www-form-urlencoded"
    refusal: Refusal | None = None
    if len(body) > MOST_BYTES:
        refusal = Refusal.TOO_LARGE
    elif not is_utf8(unquote_to_bytes(body) if urlencoded else body):
        refusal = Refusal.NOT_TEXT
    if not urlencoded:
        fields = MultiDict(request.form.items(multi=True))
        too_many = len(list(fields.items(multi=True))) > MOST_FIELDS
    else:
        too_many = body.count(b"&") >= MOST_FIELDS
        first = b"&".join(body.split(b"&", MOST_FIELDS)[:MOST_FIELDS]).decode("latin-1")
        fields = MultiDict(parse_qsl(first, keep_blank_values=True, errors="replace"))
    return Posted(fields, refusal or (Refusal.TOO_MANY_FIELDS if too_many else None))


def is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True

"""Files that staff send: held in memory, because they may be somebody's words, and therefore small."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any, TypeVar

from flask import Flask, Request, current_app, request

View = TypeVar("View", bound=Callable[..., Any])
TAKES_FILE = "heard_takes_file"
REST_OF_FORM = 100_000  # bytes beside the file


class RequestInMemory(Request):
    """Werkzeug would lay a large upload down in the system's folder for temporary files."""

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return io.BytesIO()


def takes_file(most_bytes: int) -> Callable[[View], View]:
    """For staff views with a file in their form, which is any bytes up to this many."""

    def declare(view: View) -> View:
        setattr(view, TAKES_FILE, most_bytes)
        return view

    return declare


def most_bytes_of_file() -> int | None:
    """How large a file may be that is sent to the view of this request; None where it takes none."""
    if request.endpoint is None:
        return None
    return getattr(current_app.view_functions[request.endpoint], TAKES_FILE, None)


def init_uploads(app: Flask) -> None:
    app.request_class = RequestInMemory
    app.before_request(allow_size)


def allow_size() -> None:
    if most := most_bytes_of_file():
        request.max_content_length = most + REST_OF_FORM

"""Static files under a name that changes with their content, so that phones may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from .access import public

A_YEAR = "public, max-age=31536000, immutable"


def init_assets(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.after_request(keep_for_long)
    app.add_url_rule("/favicon.ico", "favicon", favicon)


def asset(name: str) -> str:
    file = Path(str(current_app.static_folder)) / name
    return url_for("static", filename=name, v=fingerprint(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=64)
def fingerprint(file: Path, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def keep_for_long(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code != 200:
        return response
    response.direct_passthrough = False
    response.make_sequence()  # read and closed now: compressing a stream would leave the file open
    if "v" in request.args:
        response.headers["Cache-Control"] = A_YEAR
    return response


@public
def favicon() -> AnyResponse:
    return redirect(asset("icon.svg"), 308)

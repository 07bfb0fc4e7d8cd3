"""Forms are sent from our own pages only."""

from __future__ import annotations

from flask import Flask, abort, request


def init_origin(app: Flask) -> None:
    app.before_request(refuse_other_sites)


def refuse_other_sites() -> None:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            abort(403)
        return
    # Older browsers. With our Referrer-Policy they send "null" from our own forms, so that must pass:
    # the form's signed token is what counts then. Only the host is compared: behind a proxy we are spoken
    # to over http, while the browser spoke https.
    origin = request.headers.get("Origin", "null")
    if origin != "null" and origin.partition("://")[2] != request.host:
        abort(403)

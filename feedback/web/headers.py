"""What a browser is told on every answer: run nothing that isn't ours, keep nothing, tell nobody."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

from .current import settings

DENIED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope",
    "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
NO_MICROPHONE = ", ".join(f"{feature}=()" for feature in DENIED)
MICROPHONE = NO_MICROPHONE.replace("microphone=()", "microphone=(self)")
POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'{nonce}; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors {framed_by}"
)


def init_headers(app: Flask) -> None:
    app.after_request(add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    """For the few inline scripts or styles of one page; pages that never ask allow none."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def plays_sound() -> None:
    """This page holds a sound of ours to listen to."""
    g.media_sources = g.get("media_sources", "; media-src 'self'")


def records_sound() -> None:
    """This page may ask for the microphone, and plays what was recorded before it is sent."""
    g.microphone, g.media_sources = True, "; media-src 'self' blob:"


def add_headers(response: Response) -> Response:
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    framed_by = g.get("frame_ancestors", "'none'")
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce, framed_by=framed_by) + g.get(
        "media_sources", ""
    )
    response.headers["Permissions-Policy"] = MICROPHONE if "microphone" in g else NO_MICROPHONE
    response.headers.update(FIXED)
    if not settings().demo:  # the demonstration speaks plain http on this machine only
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response

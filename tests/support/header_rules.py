"""The headers that every answer of the site carries."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie

from werkzeug.wrappers import Response

FORBIDDEN_SOURCES = {"*", "http:", "https:", "data:", "'unsafe-inline'", "'unsafe-eval'"}
NOTHING = ["'none'"]


def check(response: Response, url: str, demo: bool) -> None:
    headers = response.headers
    assert headers.get("X-Content-Type-Options") == "nosniff", f"{url}: no nosniff"
    assert headers.get("Referrer-Policy") == "no-referrer", f"{url}: no Referrer-Policy: no-referrer"
    for cookie in headers.getlist("Set-Cookie"):
        check_cookie(cookie, url, demo)
    if response.mimetype == "text/html" and response.status_code not in range(300, 400):
        assert "no-store" in headers.get("Cache-Control", ""), f"{url}: HTML may be stored by a browser"
        check_policy(headers.get("Content-Security-Policy", ""), url)


def check_policy(policy: str, url: str) -> None:
    rules = directives(policy)
    assert rules.get("default-src") == NOTHING, f"{url}: CSP default-src is {rules.get('default-src')}"
    for name in ("base-uri", "frame-ancestors"):
        assert rules.get(name) == NOTHING, f"{url}: CSP {name} is {rules.get(name)}"
    assert rules.get("form-action") in (["'self'"], NOTHING), f"{url}: CSP form-action is open"
    for name, sources in rules.items():
        bad = FORBIDDEN_SOURCES & set(sources) - ({"data:"} if name == "img-src" else set())
        assert not bad, f"{url}: CSP {name} allows {bad}"


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def nonce_of(response: Response) -> str | None:
    found = re.search(r"'nonce-([^']+)'", response.headers.get("Content-Security-Policy", ""))
    return found.group(1) if found else None


def check_cookie(header: str, url: str, demo: bool) -> None:
    parsed: SimpleCookie = SimpleCookie(header)
    for name, cookie in parsed.items():
        assert cookie["httponly"], f"{url}: cookie {name} can be read by scripts"
        assert cookie["samesite"] in {"Lax", "Strict"}, f"{url}: cookie {name} has no SameSite"
        if not demo:
            assert name.startswith("__Host-"), f"{url}: cookie {name} is not a __Host- cookie"
            assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"], f"{url}: {header}"

"""What every answer tells the browser, beyond what the strict client checks on each page."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.visitor import Visitor

PATHS = ["/receipt", "/nowhere", "/s/story", "/static/heard.css", "/favicon.ico"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_closed(app: Flask, story, path: str) -> None:
    headers = app.test_client().get(path, buffered=True).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy.pop("default-src") == "'none'"
    for rule in ("object-src", "base-uri", "frame-ancestors"):
        assert policy.pop(rule) == "'none'"
    assert set(policy.values()) == {"'self'"}, "nothing from elsewhere, nothing inline"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"] and "camera=()" in headers["Permissions-Policy"]
    assert "noindex" in headers["X-Robots-Tag"]
    assert "Set-Cookie" not in headers


def test_https_is_demanded_everywhere_but_in_the_demonstration(app: Flask, production_app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/receipt").headers
    age = (
        production_app.test_client()
        .get("/receipt", base_url="https://localhost")
        .headers["Strict-Transport-Security"]
    )
    assert int(age.split("max-age=")[1].split(";")[0]) >= 31_536_000


def test_personal_pages_are_kept_nowhere(visitor: Visitor, story) -> None:
    for path in ("/s/story", "/receipt", "/nowhere"):
        assert visitor.client.get(path).headers["Cache-Control"] == "no-store"


def test_static_files_may_be_kept_for_a_year_under_a_name_that_changes(visitor: Visitor) -> None:
    page = visitor.goes_to("/receipt").page
    [sheet] = [link.get("href", "") for link in page.all("link") if link.get("rel") == "stylesheet"]
    assert "immutable" in visitor.client.get(sheet, buffered=True).headers["Cache-Control"]
    assert "immutable" not in visitor.client.get("/static/heard.css", buffered=True).headers["Cache-Control"]


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_pages_and_files_travel_small(app: Flask, encoding: str) -> None:
    for path in ("/receipt", "/static/heard.css"):
        response = app.test_client().get(path, headers={"Accept-Encoding": encoding}, buffered=True)
        assert response.headers["Content-Encoding"] == encoding, path


def test_the_icon_tells_nothing(visitor: Visitor) -> None:
    response = visitor.client.get("/favicon.ico", follow_redirects=True, buffered=True)
    assert response.mimetype == "image/svg+xml"
    assert "text" not in response.get_data(as_text=True).replace("image/svg+xml", "")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "null"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "https://localhost"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "http://localhost.elsewhere.example"}, 403),
    ],
)
def test_forms_come_from_our_own_pages_only(
    visitor: Visitor, story, headers: dict[str, str], status: int
) -> None:
    assert visitor.client.post("/s/story/begin", headers=headers).status_code == status

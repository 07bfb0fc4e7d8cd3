"""A test client that checks every page and every header any test meets."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from . import header_rules, page_rules
from .page import Page


class StrictClient(FlaskClient):
    """Fetch with it as with Flask's own; a page that breaks a rule fails the test that fetched it."""

    application: Flask

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nonces: set[str] = set()

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        self.check(response.history[0] if response.history else response)  # later steps come through here
        return response

    def check(self, response: TestResponse) -> None:
        url = response.request.path
        header_rules.check(response, url, self.application.extensions["heard_settings"].demo)
        if response.mimetype != "text/html" or response.status_code in range(300, 400):
            return
        nonce = header_rules.nonce_of(response)
        page_rules.check(Page(response.get_data(as_text=True), url), nonce)
        if nonce is not None:
            assert nonce not in self.nonces, f"{url}: a nonce was used twice"
            self.nonces.add(nonce)

    def page(self, url: str, **kwargs: Any) -> Page:
        response = self.get(url, follow_redirects=True, **kwargs)
        assert response.mimetype == "text/html", f"{url}: {response.mimetype}"
        return Page(response.get_data(as_text=True), response.request.path)

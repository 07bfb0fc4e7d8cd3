"""Someone in front of a browser without scripts: reads pages, follows links, fills in forms."""

from __future__ import annotations

from typing import Any, Self, cast

from flask import Flask
from werkzeug.test import TestResponse

from .client import StrictClient
from .form import Form
from .page import Page


class Visitor:
    def __init__(self, app: Flask) -> None:
        self.app = app
        app.test_client_class = StrictClient
        self.client = cast(StrictClient, app.test_client())
        self.base_url = "http://localhost" if app.extensions["heard_settings"].demo else "https://localhost"
        self.page = Page("<!doctype html><title>nothing yet</title>", "/")
        self.response: TestResponse | None = None
        self._form: Form | None = None

    @property
    def status(self) -> int:
        assert self.response is not None
        return self.response.status_code

    @property
    def form(self) -> Form:
        """The page's main form, as filled in so far."""
        if self._form is None:
            self._form = self.page.main_form
        return self._form

    def goes_to(self, url: str, **kwargs: Any) -> Self:
        return self.meets(self.client.get(url, base_url=self.base_url, follow_redirects=True, **kwargs))

    def follows(self, link: str) -> Self:
        return self.goes_to(self.page.link(link))

    def fills_in(self, **values: Any) -> Self:
        for name, value in values.items():
            self.form.fill(name, value)
        return self

    def presses(self, button: str | None = None, form: Form | None = None) -> Self:
        form = form or self.form
        return self.submits(form, form.data(button))

    def submits(self, form: Form, data: dict[str, list[str]]) -> Self:
        send = self.client.post if form.method == "POST" else self.client.get
        payload = {"data": data} if form.method == "POST" else {"query_string": data}
        return self.meets(send(form.action, base_url=self.base_url, follow_redirects=True, **payload))

    def meets(self, response: TestResponse) -> Self:
        self.response, self._form = response, None
        if response.mimetype == "text/html":
            self.page = Page(response.get_data(as_text=True), response.request.path)
        return self

    def sees(self, *texts: str) -> Self:
        for text in texts:
            folded = " ".join(text.split())
            assert folded in self.page.text, f"{self.page.url}: no {folded!r} in: {self.page.text}"
        return self

    def does_not_see(self, *texts: str) -> Self:
        """Neither on the page nor hidden anywhere in its source."""
        for text in texts:
            assert text not in self.page.html, f"{self.page.url} shows {text!r}"
            assert " ".join(text.split()) not in self.page.text, f"{self.page.url} shows {text!r}"
        return self

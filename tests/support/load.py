"""People in a hurry: whole walks over plain HTTP, light enough to load a server from the same machine."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

from feedback.store import receipt_code

from .respondent import CODE

TOKEN = re.compile(r'name="token" value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OFF = (OSError, HTTPException)


class Refused(Exception):
    """The server answered, but not with what a walk expects; `status` says how."""

    def __init__(self, status: int, where: str) -> None:
        super().__init__(f"{where}: {status}")
        self.status = status


@dataclass
class Hurried:
    """One person with one connection, kept open between pages as a browser does."""

    port: int
    slug: str = "story"
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None
    token: str = ""

    def __enter__(self) -> Hurried:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, Message, str]:
        """Status, headers and page of one request; a broken connection is opened anew next time."""
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            self.connection.request(
                method,
                path,
                urlencode(form) if form is not None else None,
                headers | FORM if form else headers,
            )
            answer = self.connection.getresponse()
            page = answer.read().decode()
        except OFF:
            self.close()
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, page

    def page(self, method: str, path: str, form: dict[str, str] | None = None) -> str:
        """The page one gets to, over a redirect where there is one."""
        status, headers, body = self.ask(method, path, form)
        if status == 303:
            address = urlsplit(headers["Location"])
            status, _, body = self.ask("GET", address.path + (f"?{address.query}" if address.query else ""))
        if status != 200:
            raise Refused(status, f"{method} {path}")
        if found := TOKEN.search(body):
            self.token = found.group(1)
        return body

    def walks_to_check(self, words: str) -> None:
        self.cookies.clear()
        base = f"/s/{self.slug}"
        self.page("GET", base)
        self.page("POST", f"{base}/begin", {"lang": "en"})
        self.page("POST", f"{base}/story", {"token": self.token, "happened": words})
        self.page("POST", f"{base}/service", {"token": self.token, "which_service": "hostel", "better": ""})
        self.page("POST", f"{base}/who", {"token": self.token, "readers": "plan_and_pay"})

    def sends(self) -> str:
        """The receipt's digits: the server has promised to have kept the story."""
        body = self.page("POST", f"/s/{self.slug}/check", {"token": self.token})
        shown = CODE.search(body)
        code = receipt_code.read(shown.group()) if shown else None
        if code is None:
            raise Refused(200, "no receipt on the page after sending")
        return code

    def insists(self, words: str, until: float) -> str | None:
        """Walks and sends through crashes: what fails is tried again, sending with the very same form."""
        while time.monotonic() < until:
            with patience():
                self.walks_to_check(words)
                break
        return self.insists_on_sending(until)

    def insists_on_sending(self, until: float) -> str | None:
        while time.monotonic() < until:
            with patience():
                return self.sends()
        return None


@contextmanager
def patience() -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        if refusal.status < 500:
            raise
        time.sleep(0.05)
    except OFF:
        time.sleep(0.05)

"""A real Chromium the size of a cheap phone. It never leaves this machine, and notes what went wrong."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Request, ViewportSize

from feedback.store import receipt_code
from tests.conftest import PASSWORD
from tests.support.respondent import CODE

from .looks import sideways, small_targets

PHONE: ViewportSize = {"width": 360, "height": 740}
MISSING = "The browser tests need Chromium: `apt-get install chromium`, or `playwright install chromium`."
# Without a window of its own first: a new page there costs a third of the time.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser")
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
EXIT = "a.exit"
GO_ON = "main form button:not([type=button], [name]), main a.button"


def launch(playwright: Playwright, *more: str) -> Browser:
    """The system's Chromium, else Playwright's own. Without one the tests fail: they never skip."""
    system = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    try:
        return playwright.chromium.launch(executable_path=system, args=["--no-sandbox", NO_NETWORK, *more])
    except Exception as error:
        raise AssertionError(f"{MISSING}\n{error}") from None


class Phone:
    def __init__(self, context: BrowserContext, url: str, scripts: bool) -> None:
        self.context, self.url, self.scripts = context, url, scripts
        self.faults: list[str] = []
        self.left_for: list[str] = []  # other sites that a page tried to open
        self.loses_network = False  # then a request that fails is no fault of the page
        context.on("request", self._asked)
        self.page: Page = context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("console", self._console)
        self.page.on("requestfailed", self._failed)

    def _asked(self, request: Request) -> None:
        if request.url.removeprefix("blob:").startswith(self.url):
            return
        if request.is_navigation_request():
            self.left_for.append(request.url)
        else:
            self.faults.append(f"fetched from elsewhere: {request.url}")

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        aborted = request.failure and "ERR_ABORTED" in request.failure  # a page was left while it loaded
        if request.url.startswith(self.url) and not aborted and not self.loses_network:
            self.faults.append(f"failed: {request.url} {request.failure}")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())

    def opens(self, path: str) -> Self:
        self.page.goto(f"{self.url}{path}")
        return self

    def sees(self, *texts: str) -> Self:
        for text in texts:
            assert text in self.text, f"{self.path}: no {text!r} in {self.text}"
        return self

    def field(self, name: str) -> Locator:
        return self.page.locator(f"main [name='{name}']")

    def answers(self, **answers: Any) -> Self:
        for name, value in answers.items():
            self._answer(name, value)
        return self

    def _answer(self, name: str, value: Any) -> None:
        if isinstance(value, tuple):
            for part, piece in zip(("month", "year"), value, strict=True):
                self._set(self.page.locator(f"main [name^='{name}'][name$='{part}']"), str(piece))
        elif isinstance(value, list):
            for each in value:
                self.choose(name, each)
        else:
            self._set(self.field(name), str(value))

    def _set(self, control: Locator, value: str) -> None:
        kind = control.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName")
        if kind in {"radio", "checkbox"}:
            self.choose(str(control.first.get_attribute("name")), value)
        elif kind == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)

    def choose(self, name: str, value: str) -> None:
        """By its label, as a thumb does."""
        control = self.page.locator(f"main [name='{name}'][value='{value}']")
        choice_id = control.get_attribute("id")
        self.page.locator(f"label[for='{choice_id}'], label:has([id='{choice_id}'])").click()
        assert control.is_checked()

    def goes_on(self) -> Self:
        return self.presses(GO_ON)

    def presses(self, button: str) -> Self:
        """What leads to another page, until that is there; unfolded first where it lies in a fold."""
        control = self.page.locator(button).first
        fold = control.locator("xpath=ancestor::details[not(@open)]/summary")
        if fold.count():
            fold.click()
        with self.page.expect_navigation():
            control.click()
        return self

    def begins(self) -> Self:
        for _ in range(3):
            if re.search(r"/s/[^/]+/(?!begin|notice|safe)[^/]+$", self.path):
                return self
            self.goes_on()
        raise AssertionError(f"no first question, but {self.path}")

    def signs_in(self) -> Self:
        return self.opens("/sign-in").says_who("owner@example.org").goes_on()

    def says_who(self, email: str) -> Self:
        self.page.locator("main input:not([type=hidden], [type=password])").fill(email)
        self.page.locator("main input[type=password]").fill(PASSWORD)
        return self

    def leaves(self) -> Self:
        """By the exit, to another site; there is no network, so nothing of that site loads."""
        before = len(self.left_for)
        self.page.locator(EXIT).click()
        self.page.wait_for_timeout(200)
        for _ in range(50):
            if len(self.left_for) > before:
                break
            self.page.wait_for_timeout(100)
        assert len(self.left_for) == before + 1, f"{self.path}: the exit did not lead away"
        return self

    @property
    def receipt(self) -> str:
        shown = CODE.search(self.text)
        assert shown, f"{self.path}: no receipt code in {self.text}"
        code = receipt_code.read(shown.group())
        assert code is not None, f"{shown.group()} is not a code"
        return code

    def is_fit_for_use(self) -> Self:
        """What must hold on every page at every size; called at each step of a walk."""
        if self.scripts:  # axe is itself a script
            found = Axe().run(self.page).response["violations"]
            assert not found, f"{self.path}: " + "\n".join(
                f"{each['id']}: {each['help']}: {[node['html'] for node in each['nodes']]}" for each in found
            )
        assert sideways(self.page) <= 0, f"{self.path} scrolls sideways by {sideways(self.page)} px"
        small = small_targets(self.page)
        assert not small, f"{self.path}: under 44 px: {small}"
        return self


@contextmanager
def phone(
    browser: Browser,
    url: str,
    scripts: bool = True,
    lang: str = "en",
    size: ViewportSize | None = None,
    kind: type[Phone] = Phone,
) -> Iterator[Phone]:
    context = browser.new_context(
        viewport=size or PHONE,
        has_touch=True,
        java_script_enabled=scripts,
        locale=lang,
        bypass_csp=False,
    )
    context.set_default_timeout(10_000)
    held = kind(context, url, scripts)
    yield held
    faults = list(held.faults)
    context.close()
    assert not faults, "\n".join(faults)

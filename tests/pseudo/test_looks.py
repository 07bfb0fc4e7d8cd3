"""On a narrow phone, texts 40 % longer than ours still fit, and a mirrored page is whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.browser.looks import sideways, small_targets
from tests.browser.phone import Phone, phone

from .making import ACCENTED, MIRRORED

pytestmark = [
    pytest.mark.browser,
    # A page that is left while its scripts are still coming: the server, in this process, drops the file.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]
MOST_STEPS = 40
# Every control and heading begins at the side where reading begins.
AT_THE_WRONG_SIDE = """() => {
  const main = document.querySelector('main').getBoundingClientRect(), wrong = [];
  for (const e of document.querySelectorAll('main :is(h1, label.choice, textarea, input[type=text])')) {
    if (e.closest('.pair')) continue; // beside another one
    const box = e.getBoundingClientRect();
    if (box.width && main.right - box.right > box.left - main.left + 1) wrong.push(e.outerHTML.slice(0, 100));
  }
  return wrong;
}"""


@pytest.fixture
def url(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def faults(held: Phone) -> list[str]:
    found = [f"under 44 px: {each}" for each in small_targets(held.page)]
    if wide := sideways(held.page):
        found.append(f"scrolls sideways by {wide} px")
    if held.page.locator("html").get_attribute("dir") == "rtl":
        found += [f"at the wrong side: {each}" for each in held.page.evaluate(AT_THE_WRONG_SIDE)]
    return [f"{held.path}: {each}" for each in found]


@pytest.mark.parametrize("tag", [ACCENTED.tag, MIRRORED.tag])
@pytest.mark.parametrize("slug", ["every-type", "experience"])
def test_a_survey_fits_a_narrow_phone(browser: Browser, url: str, slug: str, tag: str) -> None:
    with phone(browser, url) as held:
        held.opens(f"/s/{slug}?lang={tag}")
        held.page.locator(".tongues summary").click()
        found = faults(held)
        for _ in range(MOST_STEPS):
            for words in held.page.locator("main textarea[name]").all():
                words.fill("They came late.")
            held.goes_on()
            found += faults(held)
            if held.path.endswith("/sent"):
                break
        assert held.path.endswith("/sent") and not found, "\n".join(found)


@pytest.mark.parametrize("tag", [ACCENTED.tag, MIRRORED.tag])
def test_the_pages_of_owners_fit_too(browser: Browser, url: str, new_staff, tag: str) -> None:
    new_staff("owner", email="owner@example.org")
    with phone(browser, url) as held:
        held.opens(f"/sign-in?lang={tag}")
        found = faults(held)
        held.says_who("owner@example.org").goes_on()
        for path in ("/manage", "/manage/translations", "/manage/experience/texts"):
            held.opens(f"{path}?lang={tag}")
            found += faults(held)
        assert not found, "\n".join(found)

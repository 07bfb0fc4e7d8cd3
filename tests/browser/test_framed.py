"""Within a page of another site: a whole walk without a cookie, and out of it by the exit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Frame, Page

from feedback.store import framing_sites, surveys
from feedback.store.models import Comment, Response
from tests.support.telling import count

from .conftest import Site
from .phone import launch

TODAY = date(2026, 3, 2)
ANOTHER_SITE = "localhost"  # to a browser another site than 127.0.0.1


@pytest.fixture
def other_site(site: Site) -> Iterator[str]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            slug = self.path.strip("/") or "story"
            frame = f'<!doctype html><title>Other</title><iframe src="{site.url}/s/{slug}" title="A survey">'
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"{frame}</iframe>".encode())

        def log_message(self, *_args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{ANOTHER_SITE}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """In a browser of its own, which may go to two sites of this machine."""
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    another = launch(SimpleNamespace(chromium=browser.browser_type), rules)  # type: ignore[arg-type]
    yield another.new_page()
    another.close()


@pytest.fixture
def lets_frame(site: Site, other_site: str) -> None:
    found = surveys.find(site.store, "story")
    assert found
    framing_sites.set_for(site.store, found.survey_id, [other_site])


def framed(page: Page) -> Frame:
    [frame] = page.main_frame.child_frames
    return frame


def goes_on(page: Page) -> None:
    with page.expect_event("framenavigated"):
        framed(page).locator("main form button:not([type=button], [name])").first.click()
    framed(page).wait_for_load_state()


def stays_out(page: Page, address: str) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(address)
    page.wait_for_function("() => true")
    assert any("frame-ancestors" in each for each in refused), refused
    assert framed(page).get_by_text("Leave this site now").count() == 0


def test_a_whole_walk_within_another_sites_page(
    site: Site, page: Page, other_site: str, lets_frame: None
) -> None:
    page.goto(other_site)
    responses, comments = count(site.store, Response), count(site.store, Comment)
    goes_on(page)
    framed(page).locator("[name=happened]").fill("Told from another site's page.")
    goes_on(page)
    while "Check your answers" not in framed(page).locator("h1").inner_text():
        goes_on(page)
    with page.expect_event("framenavigated"):
        framed(page).locator("button[name=go-to]").first.click()
    assert framed(page).locator("[name=happened]").input_value() == "Told from another site's page."
    while framed(page).locator("h1").first.inner_text() != "Thank you":
        goes_on(page)
    assert framed(page).locator(".code").is_visible()
    assert (count(site.store, Response), count(site.store, Comment)) == (responses + 1, comments + 1)
    assert page.context.cookies(site.url) == [], "no cookie of ours reaches another site's page"


def test_the_exit_leads_the_whole_page_away(
    site: Site, page: Page, other_site: str, lets_frame: None
) -> None:
    page.goto(other_site)
    left: list[str] = []
    page.on("request", lambda asked: left.append(asked.url) if asked.frame == page.main_frame else None)
    framed(page).locator("a.exit").click()
    page.wait_for_timeout(500)
    assert any("bbc.co.uk" in each for each in left)


@pytest.mark.parametrize("slug", ["every_type", "quiet"])
def test_a_survey_whose_owner_named_no_site_stays_out_of_frames(
    page: Page, other_site: str, slug: str
) -> None:
    stays_out(page, f"{other_site}/{slug}")


def test_another_site_than_the_named_one_may_not(site: Site, page: Page, other_site: str) -> None:
    found = surveys.find(site.store, "story")
    assert found
    framing_sites.set_for(site.store, found.survey_id, ["https://www.example.org"])
    stays_out(page, other_site)

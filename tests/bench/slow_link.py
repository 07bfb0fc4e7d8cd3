"""A survey over a slow link, with nothing of it on the phone yet: when can people read, and answer?

Chromium slows itself down (400 kbit/s each way, 400 ms to and fro). What lets the survey go on without a
network is fetched after the page is complete; how much that is, is measured too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Browser, Page, sync_playwright

from feedback.settings import ROOT
from feedback.store import surveys
from feedback.survey.loading import load_bundle
from tests.browser.offline import READY
from tests.browser.phone import PHONE, launch

from .sites import site

SPEED, LATENCY = 400_000, 400  # bits a second, milliseconds
MOST_MS = 3000
TIMES = """async () => {
  const [page] = performance.getEntriesByType('navigation');
  const painted = () => performance.getEntriesByName('first-contentful-paint')[0];
  while (!painted()) await new Promise(done => setTimeout(done, 20));
  return [painted().startTime, page.domContentLoadedEventEnd];
}"""
LATER = """() => performance.getEntriesByType('resource')
  .filter(each => each.startTime > performance.getEntriesByType('navigation')[0].loadEventStart)
  .reduce((sum, each) => sum + each.transferSize, 0)"""


@dataclass(frozen=True)
class Opened:
    language: str
    start: tuple[float, float]  # milliseconds until the first words are painted, and until all of it is there
    question: tuple[float, float]
    later: int  # bytes fetched after that, so that it goes on without a network

    @property
    def slowest(self) -> float:
        return max(*self.start, *self.question)


def open_slowly() -> Iterator[Opened]:
    """The start page from nothing, then the first question, in each language of the survey of experiences."""
    with site("SQLite") as slow, sync_playwright() as playwright:
        surveys.publish(
            slow.store, load_bundle(ROOT / "feedback/survey/library/experience.json"), date.today()
        )
        published = surveys.find(slow.store, "experience")
        assert published is not None
        browser = launch(playwright)
        for language in published.languages:
            url = f"{slow.server.url}/s/experience?lang={language}"
            yield Opened(language, *opened(browser, url), later(browser, url))
        browser.close()


def opened(browser: Browser, url: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Without the worker, whose requests Chromium would not slow down."""
    context = browser.new_context(viewport=PHONE, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    slow_down(page)
    page.goto(url)
    start = times(page)
    page.locator("main form button:not([name])").first.click()
    page.wait_for_url("**/s/experience/*")
    question = times(page)
    context.close()
    return start, question


def later(browser: Browser, url: str) -> int:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    page.evaluate(READY)
    size = int(page.evaluate(LATER))
    context.close()
    return size


def slow_down(page: Page) -> None:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    rate = SPEED / 8
    conditions = {"offline": False, "latency": LATENCY, "downloadThroughput": rate, "uploadThroughput": rate}
    line.send("Network.emulateNetworkConditions", conditions)


def times(page: Page) -> tuple[float, float]:
    page.wait_for_load_state("load")
    readable, usable = page.evaluate(TIMES)
    return readable, usable

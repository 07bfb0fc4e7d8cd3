"""One tablet that a worker takes round a hostel, with a network and without, and who tells on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from playwright.sync_api import Browser, Error

from tests.support.wire import Wire

from .offline import Traveller
from .phone import phone

TABLET = {"width": 800, "height": 1280}
AGAIN = "a[data-kiosk]"
NEXT = "#offline-page a.button"


class SharedTablet(Traveller):
    def is_started(self, slug: str = "story") -> Self:
        """By a worker with a network, who waits until it may go."""
        self.signs_in().opens(f"/manage/{slug}/reach").presses("form[action*='/reach/kiosk'] button")
        return self.is_ready()

    def is_ready(self) -> Self:
        self.page.locator("[data-tablet=ready]").wait_for()
        return self

    def chooses(self, lang: str) -> Self:
        self.page.click(f"main a[hreflang={lang}]")
        self.page.wait_for_url("**/kiosk/*/start?lang=*")
        return self

    def tells(self, lang: str, words: str) -> Self:
        """From the languages to the end, without a network."""
        self.chooses(lang).goes_on_to("story").answers(happened=words).goes_on_to("service")
        return self.goes_on_to("who").goes_on_to("check").goes_on_to("sent")

    def waits(self) -> Self:
        self.page.locator(NEXT).wait_for()
        return self

    def is_left(self, by: str = AGAIN) -> Self:
        self.page.click(by)
        return self.is_at_the_languages()

    def is_at_the_languages(self) -> Self:
        self.page.wait_for_url("**/kiosk/*")
        self.page.locator(".first-choice").wait_for()
        return self

    def shows_nothing_of(self, *words: str) -> Self:
        held = self.page.content() + "".join(
            field.input_value() for field in self.page.locator("textarea, input:not([type=hidden])").all()
        )
        for each in words:
            assert each not in held, f"{self.page.url} shows {each!r}"
        return self

    def goes_all_the_way_back(self, *words: str) -> Self:
        """Through everything of the survey that the browser remembers, to the pages of staff before it."""
        for _ in range(12):
            try:
                self.page.go_back()
                self.page.wait_for_load_state()
            except Error:  # a page of staff's, and no network
                self.page.wait_for_url("chrome-error://**")
                return self
            if "/kiosk/" not in self.page.url and "/s/" not in self.page.url:
                return self
            self.shows_nothing_of(*words)
        raise AssertionError(f"no end, but {self.page.url}")

    def says(self, text: str) -> Self:
        self.page.get_by_text(text, exact=False).wait_for()
        return self

    @property
    def languages_that_wait(self) -> list[str]:
        return sorted(each["language"] for each in self.shelf("outbox"))


@contextmanager
def shared_tablet(browser: Browser, wire: Wire, **kinds: Any) -> Iterator[SharedTablet]:
    with phone(browser, wire.url, kind=SharedTablet, **{"size": TABLET, **kinds}) as held:
        assert isinstance(held, SharedTablet)
        held.wire = wire
        held.loses_network = True
        yield held

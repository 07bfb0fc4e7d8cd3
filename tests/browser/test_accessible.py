"""Every page, in every language, in light, dark and people's own colours: axe finds nothing, thumbs and Tab
find all, nothing is lost when it is enlarged, and nothing happens before somebody presses something.

In `make test` people's pages from left to right and staff's from right to left; in `make bench` all of them.
"""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import ViewportSize

from .axe import violations
from .by_keyboard import unreached
from .conftest import NewPhone, Site
from .enlarged import DESK, lost_when_enlarged
from .every_page import EVERY_LANGUAGE, LANGUAGES, never_seen, pages_of_people, publish_in_all
from .every_staff_page import pages_of_staff
from .looks import sideways, small_targets
from .phone import PHONE, Phone
from .surprises import surprises

LEAST_PUBLIC, LEAST_STAFF = 58, 39  # pages; fewer, and something was passed by


@pytest.fixture(scope="module", autouse=True)
def spoken_everywhere(site: Site) -> None:
    publish_in_all(site.store, LANGUAGES)


UNFOLD = "() => document.querySelectorAll('main details').forEach(each => { each.open = true; })"
# Headings and questions in another language than the page; what somebody wrote is in a <bdi>.
FOREIGN = """() => [...document.querySelectorAll('main :is(h1, h2, legend) [lang], main label[for] > [lang]')]
  .filter(each => each.lang !== document.documentElement.lang && !each.closest('bdi'))
  .map(each => `not in the page's language: ${each.outerHTML.slice(0, 120)}`)"""


def faults(phone: Phone, where: str, text_alone_at: ViewportSize = PHONE) -> list[str]:
    phone.page.evaluate(UNFOLD)
    found = violations(phone)
    if wide := sideways(phone.page):
        found.append(f"scrolls sideways by {wide} px")
    found += [f"under 44 px: {each}" for each in small_targets(phone.page)]
    found += unreached(phone) + surprises(phone) + lost_when_enlarged(phone, text_alone_at)
    return [f"{where}: {each}" for each in found]


@pytest.mark.parametrize("lang", LANGUAGES if EVERY_LANGUAGE else ("en",))
def test_the_pages_of_people(new_phone: NewPhone, app: Flask, lang: str) -> None:
    with new_phone(lang=lang) as phone:
        seen, paths, found = [], [], []
        for where in pages_of_people(phone, lang):
            assert phone.page.locator("html").get_attribute("lang") == lang, where
            seen.append(where)
            paths.append(phone.path)
            found += faults(phone, where)
            found += [f"{where}: {each}" for each in phone.page.evaluate(FOREIGN)]
    assert not found, "\n".join(found)
    assert never_seen(app, paths, of_staff=False) == set()
    assert len(seen) >= LEAST_PUBLIC, seen


@pytest.mark.parametrize("lang", LANGUAGES if EVERY_LANGUAGE else ("ar",))
def test_the_pages_of_staff(new_phone: NewPhone, app: Flask, with_rows: None, lang: str) -> None:
    with new_phone(lang=lang) as phone:
        phone.opens(f"/sign-in?lang={lang}")
        seen, paths, found = [], [], []
        phone.says_who("all@example.org").goes_on()
        for where in pages_of_staff(phone, app, lang):
            seen.append(where)
            paths.append(phone.path)
            found += faults(phone, where, DESK)
    assert not found, "\n".join(found)
    assert never_seen(app, paths, of_staff=True) == set()
    assert len(seen) >= LEAST_STAFF, seen

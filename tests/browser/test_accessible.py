"""Every page, in every language, in light, dark and people's own colours: axe finds nothing, thumbs find all.

In `make test` people's pages from left to right and staff's from right to left; in `make bench` all of them.
"""

from __future__ import annotations

import pytest
from flask import Flask

from .axe import violations
from .conftest import NewPhone, Site
from .every_page import EVERY_LANGUAGE, LANGUAGES, pages_of_people, pages_of_staff, publish_in_all
from .looks import sideways, small_targets
from .phone import Phone
from .test_staff_pages import report as report  # enough people for a report

LEAST_PUBLIC, LEAST_STAFF = 40, 12  # pages; fewer, and something was passed by


@pytest.fixture(scope="module", autouse=True)
def spoken_everywhere(site: Site, report: None) -> None:
    publish_in_all(site.store, LANGUAGES)


UNFOLD = "() => document.querySelectorAll('main details').forEach(each => { each.open = true; })"


def faults(phone: Phone, where: str) -> list[str]:
    phone.page.evaluate(UNFOLD)
    found = violations(phone)
    if wide := sideways(phone.page):
        found.append(f"scrolls sideways by {wide} px")
    found += [f"under 44 px: {each}" for each in small_targets(phone.page)]
    return [f"{where}: {each}" for each in found]


@pytest.mark.parametrize("lang", LANGUAGES if EVERY_LANGUAGE else ("en",))
def test_the_pages_of_people(new_phone: NewPhone, lang: str) -> None:
    with new_phone(lang=lang) as phone:
        seen, found = [], []
        for where in pages_of_people(phone, lang):
            assert phone.page.locator("html").get_attribute("lang") == lang, where
            seen.append(where)
            found += faults(phone, where)
    assert not found, "\n".join(found)
    assert len(seen) >= LEAST_PUBLIC, seen


@pytest.mark.parametrize("lang", LANGUAGES if EVERY_LANGUAGE else ("ar",))
def test_the_pages_of_staff(new_phone: NewPhone, app: Flask, lang: str) -> None:
    with new_phone(lang=lang) as phone:
        phone.opens(f"/sign-in?lang={lang}")
        found = faults(phone, "/sign-in")
        phone.says_who("all@example.org").goes_on()
        seen = []
        for where in pages_of_staff(phone, app, lang):
            seen.append(where)
            found += faults(phone, where)
    assert not found, "\n".join(found)
    assert len(seen) >= LEAST_STAFF, seen

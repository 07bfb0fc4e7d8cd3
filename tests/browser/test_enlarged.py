"""At 400 % zoom, with text spaced out by WCAG and with text twice as large nothing is lost."""

from __future__ import annotations

import re
from typing import cast

import pytest
from flask import Flask

from feedback.settings import ROOT

from .conftest import NewPhone, Site
from .every_page import EVERY_LANGUAGE, LANGUAGES, pages_of_people, publish_in_all
from .every_staff_page import pages_of_staff
from .looks import ADD_STYLE, TEXT_SPACING, sideways
from .phone import EXIT, PHONE, Phone

ZOOMED = {"width": 320, "height": 256}  # what a 1280 x 1024 screen has left at 400 %
TEXT_ALONE = "html { font-size: 200% !important; }"
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e);
  if (e.closest('.unseen, svg') || style.overflowX === 'visible' || style.display === 'inline') return false;
  if (e.matches('textarea, input, select') || ['auto', 'scroll'].includes(style.overflowX)) return false;
  return e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
}).map(e => e.outerHTML.slice(0, 120))"""
HIDDEN_BEHIND = """exit => {
  const here = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(exit).closest('header').getBoundingClientRect();
  return here.bottom <= bar.bottom || here.top >= innerHeight || here.height === 0;
}"""


@pytest.fixture(scope="module", autouse=True)
def spoken_everywhere(site: Site) -> None:
    publish_in_all(site.store, LANGUAGES)


def lost(phone: Phone) -> list[str]:
    wide = sideways(phone.page)
    return [f"scrolls sideways by {wide} px"] * (wide > 0) + cast(list[str], phone.page.evaluate(CUT_OFF))


def lost_at_400(phone: Phone, where: str) -> list[str]:
    found = [f"{where} at 400 %: {each}" for each in lost(phone)]
    phone.page.evaluate(ADD_STYLE, TEXT_SPACING)
    found += [f"{where} at 400 %, spaced out: {each}" for each in lost(phone)]
    phone.page.evaluate("() => { document.adoptedStyleSheets = []; }")
    return found


def lost_twice_as_large(phone: Phone, where: str) -> list[str]:
    phone.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    phone.page.evaluate(ADD_STYLE, TEXT_ALONE)
    found = [f"{where}, text twice as large: {each}" for each in lost(phone)]
    phone.page.evaluate("() => { document.adoptedStyleSheets = []; }")
    phone.page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("lang", LANGUAGES if EVERY_LANGUAGE else ["en"])
def test_every_page_of_people(new_phone: NewPhone, lang: str) -> None:
    with new_phone(size=ZOOMED, lang=lang) as phone:
        found = []
        for where in pages_of_people(phone, lang):
            found += lost_at_400(phone, where) + lost_twice_as_large(phone, where)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lang", LANGUAGES if EVERY_LANGUAGE else ["ar"])
def test_every_page_of_staff(new_phone: NewPhone, app: Flask, with_rows: None, lang: str) -> None:
    with new_phone(size=ZOOMED, lang=lang) as phone:
        phone.opens("/sign-in").says_who("all@example.org").goes_on()
        found = []
        for where in pages_of_staff(phone, app, lang):
            found += lost_at_400(phone, where)
    assert not found, "\n".join(found)


def test_what_has_the_focus_is_never_hidden_behind_the_bar(new_phone: NewPhone) -> None:
    """WCAG 2.4.11, on a screen so small that the bar takes a fifth of it."""
    with new_phone(size=ZOOMED) as phone:
        phone.opens("/s/every-type").begins()
        for _ in range(9):
            for key in ("Tab", "Shift+Tab"):
                for _each in range(14):
                    phone.page.keyboard.press(key)
                    focused = phone.page.locator("main *:focus")
                    if focused.count():
                        hidden = phone.page.evaluate(HIDDEN_BEHIND, EXIT)
                        assert not hidden, f"{phone.path}: {focused.evaluate('e => e.outerHTML')}"
            phone.goes_on()


def test_nothing_moves_by_itself() -> None:
    """So that there is nothing to reduce for who can't bear movement."""
    for file in sorted((ROOT / "feedback/static").glob("*.css")):
        moving = re.findall(r"(?:animation|transition|scroll-behavior|@keyframes)[^;]*", file.read_text())
        assert not moving, f"{file.name}: {moving}"

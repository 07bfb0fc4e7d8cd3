"""On a screen that is zoomed in, what has the focus is seen; and nothing moves."""

from __future__ import annotations

import re

from feedback.settings import ROOT

from .conftest import NewPhone
from .enlarged import TEXT_ALONE, ZOOMED, lost
from .phone import EXIT

HIDDEN_BEHIND = """exit => {
  const here = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(exit).closest('header').getBoundingClientRect();
  return here.bottom <= bar.bottom || here.top >= innerHeight || here.height === 0;
}"""


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


def test_a_long_word_in_a_question_breaks(new_phone: NewPhone) -> None:
    """As Turkish and Somali have them; a question's own words make its group as wide as the longest."""
    with new_phone() as phone:
        phone.opens("/s/every-type").begins()
        while not (asked := phone.page.locator("main fieldset > legend")).count():
            phone.goes_on()
        asked.first.evaluate("e => { (e.firstElementChild ?? e).textContent = 'arrangements'.repeat(4); }")
        assert lost(phone) == [] and lost(phone, TEXT_ALONE) == []


def test_nothing_moves_by_itself() -> None:
    """So that there is nothing to reduce for who can't bear movement."""
    for file in sorted((ROOT / "feedback/static").glob("*.css")):
        moving = re.findall(r"(?:animation|transition|scroll-behavior|@keyframes)[^;]*", file.read_text())
        assert not moving, f"{file.name}: {moving}"

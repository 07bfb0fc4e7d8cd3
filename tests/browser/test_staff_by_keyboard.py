"""Staff without a mouse: on each of their pages Tab comes to everything that can be pressed, and one sees where."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_security import hash_password

from feedback.store import staff
from feedback.web.access import ROLES
from tests.conftest import PASSWORD

from .conftest import NewPhone, Site
from .every_page import pages_of_staff
from .phone import Phone
from .test_keyboard import FOCUS_SEEN
from .test_staff_pages import report as report  # enough people for a report

# Of radio buttons with one name Tab comes to one; what lies in something folded is reached once it is open.
TO_REACH = """() => {
  document.querySelectorAll('main details').forEach((each) => { each.open = true; });
  const groups = new Set();
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, audio[controls]')]
    .filter((each) => !each.disabled && each.type !== 'hidden' && each.tabIndex >= 0 && each.checkVisibility())
    .filter((each) => {
      if (each.type !== 'radio') return true;
      const group = [...each.form.elements].filter((other) => other.type === 'radio' && other.name === each.name);
      return each === (group.find((other) => other.checked) ?? group[0]);
    });
  self.toReach = new Set(all);
  return all.length;
}"""
REACHED = "() => { self.toReach.delete(document.activeElement); return self.toReach.size; }"
LEFT = "() => [...self.toReach].slice(0, 5).map((each) => each.outerHTML.slice(0, 200))"
STEPS_MORE = 40  # a player of sound has stops of its own


def faults(phone: Phone, where: str) -> list[str]:
    found = []
    steps = phone.page.evaluate(TO_REACH) + STEPS_MORE
    for _step in range(steps):
        phone.page.keyboard.press("Tab")
        focused = phone.page.locator("*:focus")
        if focused.count() and not focused.evaluate(FOCUS_SEEN):
            found.append(f"{where}: no ring on {focused.evaluate('e => e.outerHTML')[:200]}")
        if phone.page.evaluate(REACHED) == 0:
            return found
    return found + [f"{where}: Tab does not come to {each}" for each in phone.page.evaluate(LEFT)]


@pytest.mark.parametrize("lang", ["en"])
def test_every_page_of_staff_by_keyboard(
    new_phone: NewPhone, site: Site, app: Flask, report: None, lang: str
) -> None:
    with app.app_context():
        staff.save(site.store, "keys@example.org", hash_password(PASSWORD), set(ROLES))
    with new_phone(lang=lang) as phone:
        phone.opens(f"/sign-in?lang={lang}")
        found = faults(phone, "/sign-in")
        phone.page.locator("main input:not([type=hidden], [type=password])").fill("keys@example.org")
        phone.page.locator("main input[type=password]").fill(PASSWORD)
        phone.page.keyboard.press("Enter")
        phone.page.wait_for_url("**/manage")
        seen = []
        for where in pages_of_staff(phone, app, lang):
            seen.append(where)
            found += faults(phone, where)
    assert not found, "\n".join(found)
    assert len(seen) > 10, seen

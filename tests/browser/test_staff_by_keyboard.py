"""Staff without a mouse: on each of their pages Tab comes to all that can be pressed, and one sees where."""

from __future__ import annotations

import pytest
from flask import Flask

from .conftest import NewPhone
from .every_staff_page import pages_of_staff
from .phone import Phone
from .test_accessible import LEAST_STAFF
from .test_keyboard import FOCUS_SEEN

# Of radio buttons with one name Tab comes to one; what lies in something folded is reached once it is open.
TO_REACH = """() => {
  document.querySelectorAll('main details').forEach((each) => { each.open = true; });
  const pressed = 'a[href], button, input, select, textarea, summary, audio[controls]';
  const mates = ({ form, name }) => [...form.querySelectorAll(`[type=radio][name="${name}"]`)];
  const first = (each) => mates(each).find(({ checked }) => checked) ?? mates(each)[0];
  const all = [...document.querySelectorAll(pressed)]
    .filter((each) => !each.disabled && each.tabIndex >= 0 && each.checkVisibility())
    .filter((each) => each.type !== 'radio' || each === first(each));
  self.toReach = new Set(all);
  return all.length;
}"""
ONE_STEP = f"""() => {{
  const ring = {FOCUS_SEEN};
  const at = document.activeElement;
  self.toReach.delete(at);
  return [self.toReach.size, at === document.body || ring(at) ? '' : at.outerHTML.slice(0, 200)];
}}"""
LEFT = "() => [...self.toReach].slice(0, 5).map((each) => each.outerHTML.slice(0, 200))"
STEPS_MORE = 40  # a player of sound has stops of its own


def faults(phone: Phone, where: str) -> list[str]:
    found = []
    steps = phone.page.evaluate(TO_REACH) + STEPS_MORE
    for _step in range(steps):
        phone.page.keyboard.press("Tab")
        left, without_ring = phone.page.evaluate(ONE_STEP)
        if without_ring:
            found.append(f"{where}: no ring on {without_ring}")
        if left == 0:
            return found
    return found + [f"{where}: Tab does not come to {each}" for each in phone.page.evaluate(LEFT)]


@pytest.mark.parametrize("lang", ["en"])
def test_every_page_of_staff_by_keyboard(new_phone: NewPhone, app: Flask, with_rows: None, lang: str) -> None:
    with new_phone(lang=lang) as phone:
        phone.opens(f"/sign-in?lang={lang}")
        found = faults(phone, "/sign-in")
        phone.says_who("all@example.org")
        with phone.page.expect_navigation():
            phone.page.keyboard.press("Enter")
        seen = []
        for where in pages_of_staff(phone, app, lang):
            seen.append(where)
            found += faults(phone, where)
    assert not found, "\n".join(found)
    assert len(seen) >= LEAST_STAFF, seen

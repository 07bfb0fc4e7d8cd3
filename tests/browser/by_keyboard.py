"""A page without a mouse or a thumb: Tab comes to all that can be pressed, and one sees where."""

from __future__ import annotations

from .phone import GO_ON, Phone

FOCUS_SEEN = """e => {
  const style = getComputedStyle(e);
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const label = e.labels && e.labels[0] ? getComputedStyle(e.labels[0]) : null;
  return ring || style.boxShadow !== 'none'
    || (label && (label.outlineStyle !== 'none' || label.boxShadow !== 'none'));
}"""
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


def unreached(phone: Phone) -> list[str]:
    """Tried with everything unfolded; the focus is somewhere else afterwards, and nothing more."""
    found = []
    for _step in range(phone.page.evaluate(TO_REACH) + STEPS_MORE):
        phone.page.keyboard.press("Tab")
        left, without_ring = phone.page.evaluate(ONE_STEP)
        if without_ring:
            found.append(f"no ring on {without_ring}")
        if left == 0:
            return found
    return found + [f"Tab does not come to {each}" for each in phone.page.evaluate(LEFT)]


def tab_to(phone: Phone, selector: str) -> None:
    for _ in range(60):
        phone.page.keyboard.press("Tab")
        focused = phone.page.locator("*:focus")
        if focused.count() == 0:
            continue
        assert focused.evaluate(FOCUS_SEEN), (
            f"{phone.path}: no ring on {focused.evaluate('e => e.outerHTML')}"
        )
        if focused.evaluate("(e, selector) => e.matches(selector)", selector):
            return
    raise AssertionError(f"{phone.path}: {selector} can't be reached by Tab")


def press_to_go_on(phone: Phone) -> None:
    tab_to(phone, GO_ON)
    with phone.page.expect_navigation():
        phone.page.keyboard.press("Enter")

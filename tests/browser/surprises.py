"""What a page does that nobody asked it for: on focus, on a finger that is put down, or by itself."""

from __future__ import annotations

from typing import cast

from .phone import Phone

CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], audio"
# A finger put down and taken away again has pressed nothing (WCAG 2.5.2); the focus only looks (3.2.1).
LOOK = """async controls => {
  const found = [];
  const state = () => `${location.href} ${document.body.innerHTML}`;
  const before = state(), focused = document.activeElement;
  const all = [...document.querySelectorAll(controls)];
  const named = each => each.outerHTML.slice(0, 120);
  for (const [what, act] of Object.entries({
    'the focus': each => each.focus({ preventScroll: true }),
    'a finger put down': each => ['pointerdown', 'mousedown', 'touchstart'].forEach(name =>
      each.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }))),
  })) {
    all.forEach(act);
    await new Promise(done => setTimeout(done));
    if (state() !== before) found.push(`${what} changed the page`);
  }
  focused?.focus({ preventScroll: true });
  for (const each of document.querySelectorAll('audio, video'))
    if (each.autoplay || !each.paused) found.push(`it plays by itself: ${named(each)}`);
  for (const each of document.querySelectorAll('main img, svg text, [draggable=true]'))
    found.push(`a picture of text, or something to drag: ${named(each)}`);
  return found;
}"""


def surprises(phone: Phone) -> list[str]:
    return cast(list[str], phone.page.evaluate(LOOK, CONTROLS))

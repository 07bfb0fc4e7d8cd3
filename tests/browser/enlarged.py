"""What of a page is lost at 400 % zoom, with text spaced out by WCAG, and with text twice as large."""

from __future__ import annotations

from typing import cast

from playwright.sync_api import ViewportSize

from .looks import ADD_STYLE, TEXT_SPACING, sideways
from .phone import PHONE, Phone

ZOOMED: ViewportSize = {"width": 320, "height": 256}  # what a 1280 x 1024 screen has left at 400 %
DESK: ViewportSize = {"width": 1280, "height": 1024}
TEXT_ALONE = "html { font-size: 200% !important; }"
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e);
  if (e.closest('.unseen, svg') || style.overflowX === 'visible' || style.display === 'inline') return false;
  if (e.matches('textarea, input, select') || ['auto', 'scroll'].includes(style.overflowX)) return false;
  return e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
}).map(e => e.outerHTML.slice(0, 120))"""


def lost_when_enlarged(phone: Phone, text_alone_at: ViewportSize) -> list[str]:
    """A table of figures may not fit a phone when its text alone is twice as large; it must at a desk."""
    phone.page.set_viewport_size(ZOOMED)
    found = [f"at 400 %: {each}" for each in lost(phone)]
    found += [f"at 400 %, spaced out: {each}" for each in lost(phone, TEXT_SPACING)]
    phone.page.set_viewport_size(text_alone_at)
    found += [f"text twice as large: {each}" for each in lost(phone, TEXT_ALONE)]
    phone.page.set_viewport_size(PHONE)
    return found


def lost(phone: Phone, style: str = "") -> list[str]:
    phone.page.evaluate(ADD_STYLE, style)
    wide = sideways(phone.page)
    found = [f"scrolls sideways by {wide} px"] * (wide > 0)
    found += cast(list[str], phone.page.evaluate(CUT_OFF))
    phone.page.evaluate("() => { document.adoptedStyleSheets = []; }")
    return found

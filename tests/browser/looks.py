"""What a page measures in the browser: its width against the screen, its controls against a thumb."""

from __future__ import annotations

from typing import cast

from playwright.sync_api import Page

LEAST = 44

# A link inside a sentence is as high as its line (WCAG 2.5.8 exempts it); everything else is a control.
SMALL_TARGETS = """least => {
  const small = [];
  const shown = e => {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && !e.closest('.unseen, .skip');
  };
  const inSentence = a => {
    if (getComputedStyle(a).display !== 'inline') return false;
    const block = a.closest('p, li, dd, td, th, caption, blockquote, figcaption');
    return block && block.textContent.trim().length > a.textContent.trim().length;
  };
  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (e.type === 'hidden' || (e.tagName === 'A' && inSentence(e))) continue;
    let box = e.getBoundingClientRect();
    let width = box.width, height = box.height;
    if (e.type === 'radio' || e.type === 'checkbox') {
      const label = e.labels[0] && e.labels[0].getBoundingClientRect();
      if (label) {
        width = Math.max(box.right, label.right) - Math.min(box.left, label.left);
        height = Math.max(box.bottom, label.bottom) - Math.min(box.top, label.top);
      }
    } else if (!shown(e)) continue;
    if (width < least - 0.5 || height < least - 0.5)
      small.push(`${e.outerHTML.slice(0, 120)}: ${width.toFixed(1)} x ${height.toFixed(1)}`);
  }
  return small;
}"""

ADD_STYLE = """css => {
  const sheet = new CSSStyleSheet();  // as a person's own settings, not subject to the page's policy
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return cast(
        int,
        page.evaluate("() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"),
    )


def small_targets(page: Page) -> list[str]:
    return cast(list[str], page.evaluate(SMALL_TARGETS, LEAST))


def space_text_out(page: Page) -> None:
    """WCAG 1.4.12: people who set their own spacing lose nothing."""
    page.evaluate(ADD_STYLE, TEXT_SPACING)

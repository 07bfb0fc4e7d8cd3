"""A phone that has voices, or that pretends to: a browser without a screen has none."""

from __future__ import annotations

import json

from playwright.sync_api import Locator

from .phone import Phone

PRETENDED = """
class Said extends EventTarget { constructor(text) { super(); this.text = text; } }
self.SpeechSynthesisUtterance = Said;
self.said = [];
self.stopped = 0;
Object.defineProperty(self, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  there: [], getVoices() { return this.there; }, cancel() { self.stopped++; },
  speak(each) { self.said.push(each); },
  come(tags) {
    this.there = tags.map((lang) => ({ lang, localService: true, default: false }));
    this.dispatchEvent(new Event("voiceschanged"));
  },
}) });
"""
LISTEN = "main .question button[data-other]"


def has_voices(held: Phone, *tags: str) -> None:
    """From the next page on. Without any they come later, as a phone's often do: `come`."""
    held.context.add_init_script(f"{PRETENDED} speechSynthesis.come({json.dumps(tags)});")


def come(held: Phone, *tags: str) -> None:
    held.page.evaluate("tags => speechSynthesis.come(tags)", list(tags))


def listens(held: Phone) -> Locator:
    """The buttons that can be seen; one of them stops what it has begun."""
    return held.page.locator(LISTEN).filter(visible=True)


def said(held: Phone) -> list[str]:
    """Since it was last asked, and by whose voice."""
    return list(held.page.evaluate("said.splice(0).map(({ text, lang }) => `${lang}: ${text}`)"))


def stopped(held: Phone) -> int:
    return int(held.page.evaluate("stopped"))

"""What stands on a page that no catalogue knows, and what was put together from pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.page import Page

BLOCKS = {
    "p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "legend", "label", "caption", "th", "td", "summary",
    "button", "option", "figcaption", "title", "div",
}  # fmt: skip
APART = {"a", "button", "small", "select", "input", "textarea", "option", "br", "form", "ul", "table", "svg"}
MARKED = {"unseen", "strength"}  # by class: said aside, or a chip of its own
SAID = ("aria-label", "alt", "title", "placeholder", "data-problem", "data-title")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
PIECE = re.compile(r"⟦([^⟦⟧]*)⟧")


def is_data(page: Page, element: Element) -> bool:
    """In a language of its own, or set apart because a person wrote it."""
    for each in (element, *page.ancestors(element)):
        if each.tag in {"script", "style", "bdi", "blockquote", "textarea", "mark"}:
            return True
        if each.get("lang") not in {None, page.language} or "code" in each.get("class", "").split():
            return True
    return False


def texts(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        if not is_data(page, element):
            yield element.text or ""
            yield from (element.get(name, "") for name in SAID)
        parent = page.parents.get(element)
        if parent is not None and not is_data(page, parent):
            yield element.tail or ""


def hard_coded(page: Page, known: set[str]) -> list[str]:
    """Words in plain letters: everything from a catalogue carries accents."""
    return [
        f"{page.url}: {' '.join(text.split())[:100]!r} ({word})"
        for text in texts(page)
        for word in ENGLISH.findall(ADDRESS.sub("", text))
        if word.lower() not in known
    ]


def put_together(page: Page) -> list[str]:
    """Two texts in one line where the first is no whole sentence: another language orders them otherwise."""
    found = []
    for block in page.all(*BLOCKS):
        line = "".join(run(block, top=True))
        for first, second in zip(PIECE.finditer(line), list(PIECE.finditer(line))[1:], strict=False):
            between = line[first.end() : second.start()]
            if not between.strip(" \n") and not re.search(r"[.:?!…”]$", first.group(1)):
                found.append(f"{page.url}: {first.group()} + {second.group()}")
    return found


def run(element: Element, top: bool = False) -> Iterator[str]:
    if not top and (element.tag in BLOCKS | APART or MARKED & set(element.get("class", "").split())):
        yield "|"
        return
    yield element.text or ""
    for child in element:
        yield from run(child)
        yield child.tail or ""

"""An HTML page as a test sees it: parsed strictly, searched by what a person would look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import ParseError

from .form import Form

SILENT = {"script", "style", "template", "noscript", "title"}


# Tokens and nonces: all that differs between two visits to the same page.
VARIES = re.compile(r'( (?:nonce|value|content|data-key|data-token)=")([\w.=+/-]{16,})(?=")', re.ASCII)
HOLE = "a hole in the page, number "


@lru_cache(maxsize=4)
def parsed(html: str) -> Element:
    """Nobody changes what comes out, so the checks of a page and whoever reads it share one."""
    filled: list[str] = []

    def dig(match: re.Match[str]) -> str:
        filled.append(match[2])
        return f"{match[1]}{HOLE}{len(filled) - 1}"

    root = deepcopy(strictly_parsed(VARIES.sub(dig, html)))
    for element in root.iter():
        for name, value in element.items():
            if value.startswith(HOLE):
                element.set(name, filled[int(value.removeprefix(HOLE))])
    return root


@lru_cache(maxsize=256)
def strictly_parsed(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        root: Element = parser.parse(html)
    except ParseError as error:
        position = parser.tokenizer.stream.position()
        line = html.splitlines()[position[0] - 1 : position[0]]
        raise ValueError(f"not valid HTML at {position}: {error} {line}") from None
    return root


class Page:
    def __init__(self, html: str, url: str) -> None:
        self.html = html
        self.url = url
        try:
            self.root = parsed(html)
        except ValueError as error:
            raise AssertionError(f"{url}: {error}") from None
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str) -> Iterator[Element]:
        return (element for element in self.root.iter() if element.tag in tags)

    def one(self, tag: str) -> Element:
        found = list(self.all(tag))
        assert len(found) == 1, f"{self.url}: {len(found)} <{tag}> where one was expected"
        return found[0]

    def by_id(self, element_id: str) -> Element | None:
        return next((each for each in self.root.iter() if each.get("id") == element_id), None)

    def ancestors(self, element: Element) -> Iterator[Element]:
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def inside(self, element: Element, tag: str) -> Element | None:
        return next((parent for parent in self.ancestors(element) if parent.tag == tag), None)

    @cached_property
    def title(self) -> str:
        return text_of(self.one("title"), silent=set())

    @cached_property
    def heading(self) -> str:
        return text_of(self.one("h1"))

    @cached_property
    def text(self) -> str:
        return text_of(self.one("body"))

    @cached_property
    def language(self) -> str:
        return self.one("html").get("lang", "")

    @property
    def forms(self) -> list[Form]:
        return [Form(self, element) for element in self.all("form")]

    @property
    def main_form(self) -> Form:
        """The form that the page is about: in main, sent to us, and the one with most to fill in."""
        inside = [form for form in self.forms if self.inside(form.element, "main") is not None]
        assert inside, f"{self.url}: there is no form in main: {self.text[:300]}"
        return max(inside, key=lambda form: (form.method == "POST", len(form.controls)))

    def link(self, text_or_href: str) -> str:
        for element in self.all("a"):
            href = element.get("href", "")
            if text_or_href in (text_of(element), href) or (
                text_or_href.startswith("/") and href.split("?")[0] == text_or_href
            ):
                return href
        raise AssertionError(f"{self.url}: no link {text_or_href!r} among {self.links}")

    @property
    def links(self) -> list[tuple[str, str]]:
        return [(text_of(element), element.get("href", "")) for element in self.all("a")]


def text_of(element: Element, silent: set[str] | None = None) -> str:
    """What can be read of an element, white space folded."""
    pieces: list[str] = []

    def walk(node: Element) -> None:
        if node.tag in (SILENT if silent is None else silent) or not isinstance(node.tag, str):
            return
        pieces.append(node.text or "")
        for child in node:
            walk(child)
            pieces.append(child.tail or "")

    walk(element)
    return " ".join("".join(pieces).split())

"""What holds for every page anybody fetches. Each rule names the page and the fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from babel import Locale, UnknownLocaleError

from .page import Page, text_of

UNSEEN = {"hidden", "submit", "button", "image", "reset"}
FETCHED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "use": "href"}


def check(page: Page, nonce: str | None) -> None:
    faults = [
        fault
        for rule in (language, names, ids, labels, groups, references, own_origin, leftovers)
        for fault in rule(page)
    ]
    faults += inline_code(page, nonce)
    assert not faults, f"{page.url}:\n  " + "\n  ".join(faults)


def language(page: Page) -> Iterator[str]:
    root = page.one("html")
    if not root.get("lang") or root.get("dir") not in {"ltr", "rtl"}:
        yield f"html needs lang and dir, has {root.attrib}"
    for element in page.root.iter():
        tag = element.get("lang")
        if tag is None:
            continue
        expected = direction(tag)
        if expected is None:
            yield f"lang={tag!r} is no language"
            continue
        around = [element, *page.ancestors(element)]
        actual = next((each.get("dir") for each in around if each.get("dir")), None)
        if actual not in {expected, "auto"}:
            yield f"<{element.tag} lang={tag}> runs {actual}, not {expected}: {text_of(element)[:60]!r}"


def direction(tag: str) -> str | None:
    try:
        return Locale.parse(tag.partition("-x-")[0], sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return None


def names(page: Page) -> Iterator[str]:
    if not page.title:
        yield "the title is empty"
    headings = [each for each in page.all("h1") if page.inside(each, "template") is None]
    if len(headings) != 1 or not text_of(headings[0]):
        yield f"there must be one h1 with words: {[text_of(each) for each in headings]}"
    if len(list(page.all("main"))) != 1:
        yield "there must be one main"
    for link in page.all("a"):
        if "href" in link.attrib and not (text_of(link) or link.get("aria-label") or titled(link)):
            yield f"a link without words: {link.attrib}"
    for image in page.all("img"):
        if "alt" not in image.attrib:
            yield f"an image without alt: {image.attrib}"


def titled(element: Element) -> bool:
    return any(text_of(each, silent=set()) for each in element.iter() if str(each.tag).endswith("title"))


def ids(page: Page) -> Iterator[str]:
    counted = Counter(each.get("id") for each in page.root.iter() if "id" in each.attrib)
    yield from (f"id {name!r} is given {count} times" for name, count in counted.items() if count > 1)


def labels(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label") if text_of(label)}
    for control in page.all("input", "select", "textarea"):
        if control.get("type") in UNSEEN:
            continue
        around = page.inside(control, "label")
        if not (
            control.get("aria-label")
            or control.get("aria-labelledby")
            or (control.get("id") and control.get("id") in labelled)
            or (around is not None and text_of(around))
        ):
            yield f"no label for {control.tag} {control.attrib}"
    for button in page.all("button"):
        if not (text_of(button) or button.get("aria-label")):
            yield f"a button without words: {button.attrib}"


def groups(page: Page) -> Iterator[str]:
    """axe passes a radio group without a legend; a person who can't see it would be lost."""
    for control in page.all("input"):
        if control.get("type") != "radio":
            continue
        fieldset = page.inside(control, "fieldset")
        if fieldset is None or not any(text_of(each) for each in fieldset.iter("legend")):
            yield f"radio {control.get('name')} stands in no fieldset with a legend"


def references(page: Page) -> Iterator[str]:
    known = {each.get("id") for each in page.root.iter() if "id" in each.attrib}
    for element in page.root.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage"):
            for name in element.get(attribute, "").split():
                if name not in known:
                    yield f"{attribute} points to {name!r}, which is not on the page"
        href = element.get("href", "")
        if element.tag == "a" and len(href) > 1 and href.startswith("#") and href[1:] not in known:
            yield f"a link to {href}, which is not on the page"


def own_origin(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        attribute = FETCHED.get(str(element.tag))
        target = element.get(attribute, "") if attribute else ""
        if target and urlsplit(target).netloc:
            yield f"<{element.tag}> fetches from elsewhere: {target}"
        if element.tag == "form" and urlsplit(element.get("action", "")).netloc:
            yield f"a form that sends elsewhere: {element.get('action')}"


def inline_code(page: Page, nonce: str | None) -> Iterator[str]:
    for element in page.root.iter():
        for attribute in element.attrib:
            if str(attribute) == "style" or str(attribute).lower().startswith("on"):
                yield f"<{element.tag}> has {attribute}="
        inline = element.tag == "style" or (element.tag == "script" and "src" not in element.attrib)
        if inline and (nonce is None or element.get("nonce") != nonce):
            yield f"an inline <{element.tag}> without the page's nonce"
        for attribute in ("href", "src", "action", "formaction"):
            if element.get(attribute, "").strip().lower().startswith(("javascript:", "data:text/html")):
                yield f"<{element.tag} {attribute}> runs code: {element.get(attribute)}"


def leftovers(page: Page) -> Iterator[str]:
    if "%(" in page.text:
        yield f"a placeholder was left unfilled: {page.text[page.text.index('%(') :][:60]}"

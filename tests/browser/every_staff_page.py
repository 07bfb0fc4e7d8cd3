"""Every page of staff's with something on it, one after the other, for whoever wants to look at each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from playwright.sync_api import FilePayload
from werkzeug.exceptions import HTTPException

from tests.support.something_to_show import SLUG

from .every_page import opened
from .phone import Phone

MANAGE = f"/manage/{SLUG}"
BROKEN: FilePayload = {"name": "broken.csv", "mimeType": "text/csv", "buffer": b"key,text\nnone,None\n"}


def pages_of_staff(phone: Phone, app: Flask, lang: str) -> Iterator[str]:
    """By every link that there is, then by the forms."""
    yield from by_links(phone, app, lang)
    yield from by_forms(phone, lang)
    yield from refused(phone, lang)


def by_links(phone: Phone, app: Flask, lang: str) -> Iterator[str]:
    """Of pages that differ in their data alone the first will do; of surveys the one with most to show."""
    addresses = app.url_map.bind("localhost")
    waiting, seen = ["/manage", "/report"], set()
    while waiting:
        path = waiting.pop(0)
        try:
            endpoint, values = addresses.match(path, method="GET")
        except HTTPException:
            continue
        if endpoint in seen or endpoint == "static" or path.startswith("/s/"):
            continue
        if values.get("slug", SLUG) != SLUG:
            continue
        answer = phone.context.request.get(f"{phone.url}{path}?lang={lang}")
        if "text/html" not in answer.headers.get("content-type", "") or answer.headers.get(
            "content-disposition"
        ):
            continue
        assert answer.ok, f"{path}: {answer.status}"
        seen.add(endpoint)
        yield opened(phone, path, lang)
        links = phone.page.locator("a[href^='/']").evaluate_all("all => all.map(e => e.getAttribute('href'))")
        waiting += [re.split("[?#]", link)[0] for link in links]


def by_forms(phone: Phone, lang: str) -> Iterator[str]:
    """What only a button leads to, and the other face of a page."""
    opened(phone, f"{MANAGE}/reach", lang)
    poster = phone.page.locator("a[href*='strips=1']").first.get_attribute("href")
    yield opened(phone, f"{poster}", lang)
    opened(phone, f"{MANAGE}/invitations", lang)
    phone.page.locator("#number").fill("3")
    phone.presses("main button[value=cards]")
    yield f"{phone.path} as cards"
    yield first_flag(phone, lang, "section:not(:has(blockquote))")
    phone.presses("main form[action*='/open'] button")
    yield f"{phone.path}, which shows words that are closed"


def first_flag(phone: Phone, lang: str, section: str = "section") -> str:
    opened(phone, f"{MANAGE}/read-first", lang)
    phone.presses(f"main {section} a")
    return phone.path


def refused(phone: Phone, lang: str) -> Iterator[str]:
    """What staff may get wrong: each page says what and where."""
    first_flag(phone, lang)
    phone.presses("main form:has(textarea) button")
    yield f"{phone.path} with nothing said"
    opened(phone, f"{MANAGE}/recordings", lang)
    phone.presses(f"main li a[href*='{MANAGE}/recordings/']")
    phone.page.locator("#text").fill(" ")
    phone.presses("main form button")
    yield f"{phone.path} with nothing written"
    opened(phone, f"{MANAGE}/check", lang)
    phone.page.evaluate(
        "() => document.querySelectorAll('[name=theme]').forEach(e => { e.checked = false; })"
    )
    phone.presses("main form:has([name=theme]) button")
    yield f"{phone.path} with nothing ticked"
    opened(phone, f"{MANAGE}/invitations", lang)
    phone.page.locator("#number").fill("many")
    phone.presses("main button[value=cards]")
    yield f"{phone.path}: no number"
    opened(phone, f"{MANAGE}/reach", lang)
    phone.page.locator("#sites").fill("example")
    phone.presses("form[action*='/sites'] button")
    yield f"{phone.path}: no site"
    for page in ("codebook", "texts"):
        opened(phone, f"{MANAGE}/{page}", lang)
        if page == "texts":
            phone.page.locator("#language").select_option("cy")
        phone.page.locator("#file").set_input_files(BROKEN)
        phone.presses("form:has(#file) button")
        yield f"{phone.path} with a broken file"

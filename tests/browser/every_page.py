"""Every page there is, one after the other, for whoever wants to look at each of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date

from flask import Flask
from werkzeug.exceptions import HTTPException

from feedback.settings import ROOT, Settings
from feedback.store import surveys
from feedback.store.database import Store
from feedback.survey.edition import Edition
from feedback.survey.loading import Bundle, load_bundle
from feedback.web.languages import whole_languages
from tests.support.surveys import FOLDER

from .phone import Phone

LANGUAGES = whole_languages(Settings.load({}))
EVERY_LANGUAGE = "HEARD_EVERY_LANGUAGE" in os.environ  # as `make bench` asks
DETAILS = "My worker Gwenllian was kind. Ring 07700 900123."
MOST_STEPS = 40


def publish_in_all(store: Store, languages: tuple[str, ...]) -> None:
    """Surveys under names of their own whose pages speak every language, their own words in English still."""
    sources = {
        "types": FOLDER / "every_type.json",
        "hushed": FOLDER / "quiet.json",
        "lived": ROOT / "feedback/survey/library/experience.json",
    }
    for slug, source in sources.items():
        survey = load_bundle(source).survey
        survey = survey.model_copy(update={"slug": slug, "title": f"{survey.title} ({slug})"})
        editions = {
            tag: Edition(language=tag, reviewed_by="a test")
            for tag in languages
            if tag != survey.default_language
        }
        surveys.publish(store, Bundle(survey, editions), date(2026, 3, 1))


def pages_of_people(phone: Phone, lang: str) -> Iterator[str]:
    """Yields where it is; whoever asks for the next may have looked at everything but changed nothing."""
    for path in ("/accessibility", "/receipt", "/nowhere", "/s/lived/offline-shell", "/kiosk/types"):
        yield opened(phone, path, lang)
    yield from walk(phone, "types", lang)
    yield from mistakes(phone, lang)
    yield from walk(phone, "lived", lang)
    receipt = phone.receipt
    yield from walk(phone, "hushed", lang)
    yield from with_code(phone, receipt, lang)


def opened(phone: Phone, path: str, lang: str) -> str:
    phone.opens(f"{path}?lang={lang}")
    return path


def walk(phone: Phone, slug: str, lang: str) -> Iterator[str]:
    """From the start to the receipt, with words that the guard has something to say about."""
    yield opened(phone, f"/s/{slug}", lang)
    for _ in range(MOST_STEPS):
        for field in phone.page.locator("main textarea").all():
            field.fill(DETAILS)
        phone.goes_on()
        yield phone.path
        if phone.path.endswith("/sent"):
            return
    raise AssertionError(f"no end to {slug}: {phone.path}")


def mistakes(phone: Phone, lang: str) -> Iterator[str]:
    """Each kind of question with something that can't be taken."""
    opened(phone, "/s/types", lang)
    phone.begins()
    phone.page.locator("main textarea").evaluate("e => { e.value = 'x'.repeat(20001); }")
    phone.goes_on()
    yield f"{phone.path} with a mistake"
    phone.page.locator("main textarea").fill("Short.")
    phone.goes_on()
    for _ in range(MOST_STEPS):
        if phone.path.endswith("/check"):
            return
        spoil(phone)
        phone.goes_on()
        yield f"{phone.path} with a mistake"
        phone.opens(f"{phone.path}?lang={lang}")
        phone.goes_on()


def spoil(phone: Phone) -> None:
    """Choices can only be wrong where somebody meddled; numbers and months as people mistype them."""
    phone.page.evaluate(
        """() => {
          for (const e of document.querySelectorAll('main form input')) {
            if (e.type === 'text') e.value = e.inputMode === 'numeric' ? 'some' : 'x'.repeat(501);
            if (e.type === 'radio' || e.type === 'checkbox') { e.value = 'made-up'; e.checked = true; }
          }
        }"""
    )


def with_code(phone: Phone, receipt: str, lang: str) -> Iterator[str]:
    def types(code: str) -> str:
        opened(phone, "/receipt", lang)
        phone.page.locator("#code").fill(code)
        phone.goes_on()
        return f"/receipt for {code}"

    yield types("1234")
    yield types(receipt)
    opened(phone, "/s/types", lang)
    phone.begins()
    phone.page.locator("main textarea").fill("Not sent yet.")
    phone.presses("main button[name=later]")
    yield phone.path
    unsent = phone.receipt
    yield types(unsent)
    phone.presses("main form[action*=delete] button")
    yield phone.path
    types(receipt)
    phone.presses("main form[action*=withdraw] button")
    yield phone.path


def pages_of_staff(phone: Phone, app: Flask, lang: str) -> Iterator[str]:
    """Whoever is signed in follows every link; of pages that differ in their data alone the first will do."""
    addresses = app.url_map.bind("localhost")
    waiting, seen = ["/manage", "/report"], set()
    while waiting:
        path = waiting.pop(0)
        try:
            endpoint, _values = addresses.match(path, method="GET")
        except HTTPException:
            continue
        if endpoint in seen or endpoint == "static" or path.startswith("/s/"):
            continue
        answer = phone.context.request.get(f"{phone.url}{path}?lang={lang}")
        if "text/html" not in answer.headers.get("content-type", "") or answer.headers.get(
            "content-disposition"
        ):
            continue
        if answer.status == 404:  # nothing was analysed for that survey: another one's link may do
            continue
        assert answer.ok, f"{path}: {answer.status}"
        seen.add(endpoint)
        yield opened(phone, path, lang)
        links = phone.page.locator("a[href^='/']").evaluate_all("all => all.map(e => e.getAttribute('href'))")
        waiting += [re.split("[?#]", link)[0] for link in links]

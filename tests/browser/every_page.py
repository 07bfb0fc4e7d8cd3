"""Every page of people's, one after the other, for whoever wants to look at each of them.

The surveys are those of the library with their real texts, so that a page is as long as it is in life.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from datetime import date

from flask import Flask
from werkzeug.exceptions import HTTPException

from feedback.settings import ROOT, Settings
from feedback.store import surveys
from feedback.store.database import Store
from feedback.survey.loading import Bundle, load_bundle
from feedback.web.access import EVERYONE, declarations
from feedback.web.languages import whole_languages
from tests.support.sounds import BEEP

from .phone import Phone

LANGUAGES = whole_languages(Settings.load({}))
EVERY_LANGUAGE = "HEARD_EVERY_LANGUAGE" in os.environ  # as `make bench` asks
LIBRARY = ROOT / "feedback/survey/library"
SOURCES = {"lived": "experience", "housed": "housing", "hushed": "home"}
DETAILS = "My worker Gwenllian was kind. Ring 07700 900123."
MOST_STEPS = 40
ALONE = ("/accessibility", "/sign-in", "/receipt", "/nowhere", "/go/zzzzzz", "/s/lived/offline-shell")
# Addresses that show no page of their own: a file, a sound, a script, a step that leads to another.
NO_PAGES = {
    "aloud.hear", "coming_back.go_on", "favicon", "guard.guard_as_you_write", "kiosk.to_keep",
    "manage.healthy", "offline.worker", "static", "voice.listen",
    "codebooks.download", "read_aloud.sound", "recordings.sound", "report.quotes_table",
    "report.themes_table", "texts.download",
}  # fmt: skip
# As voice.js sends what it recorded; a browser without a microphone has nothing to record.
SAY = """async ([address, sound]) => {
  const { token } = document.querySelector("main form").elements;
  const body = Uint8Array.from(atob(sound), (each) => each.charCodeAt(0));
  const headers = { "Content-Type": "audio/webm", "Heard-Token": token.value };
  const answer = await fetch(address, { method: "POST", body, headers });
  token.value = (await answer.json()).token;
}"""
CHOOSE = """() => {
  for (const each of document.querySelectorAll('main :is([type=radio], [type=checkbox])'))
    each.checked = each === document.querySelector(`main [name="${each.name}"]:not([name=take-out])`);
}"""


def publish_in_all(store: Store, languages: tuple[str, ...]) -> None:
    """Under names of their own, in every language: the library's texts as if a speaker had read each."""
    for slug, source in SOURCES.items():
        bundle = load_bundle(LIBRARY / f"{source}.json")
        assert set(languages) <= {bundle.survey.default_language, *bundle.editions}, slug
        survey = bundle.survey.model_copy(update={"slug": slug, "voice": not bundle.survey.sensitive})
        read = {
            tag: edition.model_copy(update={"reviewed_by": "a test"})
            for tag, edition in bundle.editions.items()
        }
        surveys.publish(store, Bundle(survey, read), date(2026, 3, 1))


def never_seen(app: Flask, paths: list[str], of_staff: bool) -> set[str]:
    """The kinds of pages, of people's or of staff's, that none of these paths is."""
    addresses, seen = app.url_map.bind("localhost"), set(NO_PAGES)
    for path in paths:
        try:
            seen.add(addresses.match(path, method="GET")[0])
        except HTTPException:  # an answer to a form, at an address of its own
            continue
    roles = declarations(app)
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {each for each in shown - seen if (roles[each] != EVERYONE) == of_staff}


def pages_of_people(phone: Phone, lang: str) -> Iterator[str]:
    """Yields where it is; whoever asks for the next may have looked at everything but changed nothing."""
    for path in ALONE:
        yield opened(phone, path, lang)
    yield f"{opened(phone, '/kiosk/lived', lang)}, which is not shared"
    yield from mistakes(phone, "housed", lang)
    yield from walk(phone, "lived", lang)
    receipt = phone.receipt
    yield from walk(phone, "hushed", lang)
    phone.presses("main form[action*='/sent'] button")
    yield f"{phone.path} with a code that one asks for"
    yield from amended(phone, receipt, lang)
    yield from with_code(phone, receipt, lang)
    yield from shared(phone, "lived", lang)


def opened(phone: Phone, path: str, lang: str) -> str:
    phone.opens(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    return path


def walk(phone: Phone, slug: str, lang: str) -> Iterator[str]:
    """From the start to the receipt with an answer to everything, in words that show who somebody is."""
    yield opened(phone, f"/s/{slug}", lang)
    guarded = False
    for _ in range(MOST_STEPS):
        phone.goes_on()
        yield phone.path
        if phone.path.endswith("/sent"):
            return
        answer(phone)
        if not guarded and phone.page.locator("main textarea").count():
            guarded = True
            phone.page.locator("main .guard.note").first.wait_for()
            yield f"{phone.path} where something is spotted"
    raise AssertionError(f"no end to {slug}: {phone.path}")


def answer(phone: Phone) -> None:
    for field in phone.page.locator("main textarea:not([readonly])").all():
        field.fill(DETAILS)
    phone.page.evaluate(CHOOSE)
    if phone.path == "/s/lived/story":
        sound = base64.b64encode(BEEP).decode()
        phone.page.evaluate(SAY, ["/s/lived/voice/what_happened", sound])


def mistakes(phone: Phone, slug: str, lang: str) -> Iterator[str]:
    """Each kind of question with something that can't be taken."""
    opened(phone, f"/s/{slug}", lang)
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
        stayed = phone.path
        phone.goes_on()
        if phone.path == stayed:
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


def types_code(phone: Phone, code: str, lang: str) -> str:
    opened(phone, "/receipt", lang)
    phone.page.locator("#code").fill(code)
    phone.goes_on()
    return f"/receipt for {code}"


def amended(phone: Phone, receipt: str, lang: str) -> Iterator[str]:
    """What was sent, with something added to it."""
    types_code(phone, receipt, lang)
    phone.presses("main form[action*=change] button")
    yield f"{phone.path} of a sent answer"
    phone.presses("main a[href*='/s/lived/story']")
    yield f"{phone.path} of a sent answer"
    phone.page.locator("main textarea").fill("And one thing more.")
    phone.goes_on()
    phone.goes_on()
    yield f"{phone.path} of a changed answer"


def with_code(phone: Phone, receipt: str, lang: str) -> Iterator[str]:
    yield types_code(phone, "1234", lang)
    yield types_code(phone, receipt, lang)
    opened(phone, "/s/housed", lang)
    phone.begins()
    phone.page.locator("main textarea").fill("Not sent yet.")
    phone.presses("main button[name=later]")
    yield phone.path
    unsent = phone.receipt
    yield types_code(phone, unsent, lang)
    phone.presses("main form[action*=delete] button")
    yield phone.path
    types_code(phone, receipt, lang)
    phone.presses("main form[action*=withdraw] button")
    yield phone.path


def shared(phone: Phone, slug: str, lang: str) -> Iterator[str]:
    """A worker makes it a screen that people share; from then on it is one."""
    phone.opens("/sign-in").says_who("all@example.org").goes_on()
    phone.opens(f"/manage/{slug}/reach").presses("form[action*='/reach/kiosk'] button")
    yield opened(phone, f"/kiosk/{slug}", lang)
    phone.presses(f"main a[hreflang='{lang}']")
    yield phone.path
    phone.goes_on()
    yield f"{phone.path} on a shared screen"
    opened(phone, "/receipt", lang)
    yield f"{phone.path} on a shared screen"

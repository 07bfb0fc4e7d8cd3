"""No page says anything that a translator has not seen, and no sentence is put together from pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from flask import Flask
from werkzeug.exceptions import HTTPException

from feedback.survey.loading import load_bundle
from feedback.web.access import ROLES
from feedback.web.languages import LANGUAGES
from tests.report.conftest import CODEBOOK, many, says
from tests.support.page import Page
from tests.support.respondent import Respondent
from tests.support.staff import Staff
from tests.support.visitor import Visitor

from .conftest import SURVEYS
from .making import ACCENTED, accented
from .reading import ENGLISH, hard_coded, put_together

TAG = ACCENTED.tag
DETAILS = "My worker Gwenllian rang 07700 900123."
MOST_STEPS = 60
LEAST_OF_STAFF = 25  # pages; fewer, and something was passed by


def words(*texts: str) -> set[str]:
    return {word.lower() for text in texts for word in ENGLISH.findall(text)}


@pytest.fixture(scope="module")
def data() -> set[str]:
    """Words that are nobody's to translate: what CLDR says, names, addresses, endings of files."""
    locale = Locale.parse(ACCENTED.babel)
    found = words(*locale.months["format"]["wide"].values(), *locale.months["format"]["abbreviated"].values())
    found |= words(*(known.autonym for known in LANGUAGES.values()), *LANGUAGES)
    found |= words(
        *(str(Locale.parse(tag.partition("-x-")[0], sep="-").get_display_name(locale)) for tag in LANGUAGES)
    )
    found |= words("and", "English (South Africa) Hebrew nobody", "po xlsx csv json qdc")
    for path in SURVEYS.values():
        survey = load_bundle(path).survey
        found |= words(*(service.name for service in survey.services), survey.slug)
    return found


class Faults:
    def __init__(self, known: set[str]) -> None:
        self.known, self.found, self.pages = known, [], 0

    def look(self, page: Page) -> None:
        self.pages += 1
        assert page.language == TAG, f"{page.url} is in {page.language}"
        self.found += hard_coded(page, self.known) + put_together(page)


@pytest.fixture
def faults(data: set[str]) -> Iterator[Faults]:
    looked = Faults(data)
    yield looked
    assert looked.pages and not looked.found, f"{looked.pages} pages:\n" + "\n".join(
        sorted(set(looked.found))
    )


@pytest.mark.parametrize("slug", [load_bundle(path).survey.slug for path in SURVEYS.values()])
def test_the_pages_of_a_survey(app: Flask, faults: Faults, slug: str) -> None:
    person = Respondent(app).opens(slug, lang=TAG)
    for _ in range(MOST_STEPS):
        faults.look(person.page)
        if person.page.url.endswith("/sent"):
            return
        for area in person.page.all("textarea"):
            if area.get("name") and person.at_a_question:
                person.fills_in(**{area.get("name", ""): DETAILS})
        person.goes_on()
    raise AssertionError(f"no end: {person.page.url}")


def test_mistakes(app: Flask, faults: Faults) -> None:
    person = Respondent(app).opens("every-type", lang=TAG).begins()
    for _ in range(MOST_STEPS):
        if person.page.url.endswith("/who"):
            return
        for name in person.form.values.keys() - {"token"}:
            long = person.form.kind(name) == "textarea"
            person.form.values[name] = ["x" * 20_001 if long else "made up"]
        person.presses()
        faults.look(person.page)
        person.goes_to(f"{person.page.url}?lang={TAG}").goes_on()


def test_with_a_code(app: Flask, faults: Faults) -> None:
    person = Respondent(app)
    for address in ("/receipt", "/nowhere", "/accessibility", "/sign-in"):
        faults.look(person.goes_to(f"{address}?lang={TAG}").page)
    person.opens("every-type", lang=TAG).begins().goes_to_readers().presses("later")
    faults.look(person.page)
    person.tells("rated", lang=TAG, happened="They came late.")
    for code in ("1234", "1111 1111 1111 1117", str(person.receipt)):
        person.goes_to(f"/receipt?lang={TAG}").fills_in(code=code).presses()
        faults.look(person.page)
    person.withdraws(str(person.receipt))


def test_the_pages_of_staff(app: Flask, faults: Faults, new_staff, heard) -> None:
    kinds = [many(12), many(11, "They were kind", "kind", quoted=True), many(10, "Soup", "suggested-1")]
    heard(*kinds, says("He hit me.", "unsorted"), says("Two said so", "few-1"))
    person: Staff = new_staff(*ROLES).signs_in()
    faults.known |= words(
        *(each.words for kind in kinds for each in kind), "soup bread weeks He hit me Two said so"
    )
    faults.known |= words(
        *(f"{theme.name} {theme.definition} {theme.exclusions}" for theme in CODEBOOK.themes)
    )
    seen = set()
    for page in linked(app, person):
        seen.add(page.url)
        faults.look(page)
    assert len(seen) >= LEAST_OF_STAFF, sorted(seen)


def linked(app: Flask, person: Visitor) -> Iterator[Page]:
    """Every page that can be got to by links, one for each kind of page."""
    addresses, seen = app.url_map.bind("localhost"), set()
    waiting = [f"/manage?lang={TAG}", f"/report?lang={TAG}"]
    while waiting:
        waiting.sort(key=lambda address: "/rated" not in address)  # first those with something to show
        address = waiting.pop(0)
        try:
            endpoint, _values = addresses.match(re.split("[?#]", address)[0], method="GET")
        except HTTPException:
            continue
        if endpoint in seen or endpoint == "static":
            continue
        answer = person.client.get(address, follow_redirects=True)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        seen.add(endpoint)
        page = Page(answer.get_data(as_text=True), answer.request.path)
        yield page
        waiting += [href for _text, href in page.links if href.startswith("/")]


def test_the_reader_of_pages_finds_what_it_is_for() -> None:
    def page(body: str) -> Page:
        head = f"<!doctype html><html lang=en-ZA><head><title>{accented('Hm')}</title></head>"
        return Page(f"{head}<body>{body}</body></html>", "/made-up")

    assert hard_coded(page("<p>Hello you</p>"), set()) == [
        "/made-up: 'Hello you' (Hello)",
        "/made-up: 'Hello you' (you)",
    ]
    assert len(hard_coded(page(f"<p aria-label='Hello'>{accented('Hello')}</p>"), set())) == 1
    assert not hard_coded(page("<p><span lang=en>Hello</span> <bdi>you</bdi></p>"), set())
    assert len(put_together(page(f"<p>{accented('You have')} {accented('new letters')}</p>"))) == 1
    assert not put_together(page(f"<p>{accented('You have letters.')} {accented('Read them.')}</p>"))
    assert not put_together(page(f"<p><a href=x>{accented('One')}</a> <a href=y>{accented('Two')}</a></p>"))
    assert len(accented("A sentence of a usual length.")) >= 1.4 * len("A sentence of a usual length.")


def test_the_library_is_read_whole(pseudo: Path) -> None:
    assert {"experience", "housing", "home"} <= set(SURVEYS)

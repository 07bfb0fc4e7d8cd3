"""A poster on paper: one A4 page in every language, and on it a code that a phone reads from a step away."""

from __future__ import annotations

from datetime import date

import pytest
import zxingcpp

from feedback.store import short_links, surveys
from tests.support import printed

from .conftest import NewPhone, Site
from .every_page import EVERY_LANGUAGE, LANGUAGES, publish_in_all
from .phone import Phone

LEAST = 60  # millimetres of the code's dark part
TALLEST = ("en", "ar", "ur", "cy", "ro", "en-x-easy")  # ur and ro leave the least room
AS_LONG_AS_A_COUNCILS = """() => {
  for (const each of document.querySelectorAll('.address, .strips span'))
    each.innerHTML = each.innerHTML.replace(/^[^/]+/, 'heard.brackenford-council.gov.uk');
}"""


@pytest.fixture(scope="module", autouse=True)
def spoken_everywhere(site: Site) -> None:
    publish_in_all(site.store, LANGUAGES)


def prints(phone: Phone, address: str, strips: bool) -> None:
    phone.page.evaluate(AS_LONG_AS_A_COUNCILS)
    pdf = phone.page.pdf(format="A4")
    assert printed.pages(pdf) == 1, f"{phone.page.url}: {printed.pages(pdf)} pages"
    [code] = printed.shapes(pdf)
    assert min(code.size) >= LEAST, f"{phone.page.url}: {code.size} mm"
    [read] = zxingcpp.read_barcodes(code.picture())
    assert read.text == address
    assert phone.page.locator(".strips li").count() == (8 if strips else 0)


@pytest.mark.parametrize("lang", LANGUAGES if EVERY_LANGUAGE else TALLEST)
def test_it_is_one_page_with_a_large_code(new_phone: NewPhone, site: Site, lang: str) -> None:
    survey = surveys.find(site.store, "lived")
    assert survey
    longest = max(survey.definition.services, key=lambda service: len(service.name))
    made = short_links.make(site.store, survey.survey_id, longest.id, lang, date(2026, 3, 1))
    with new_phone() as phone:
        phone.opens("/sign-in").says_who("all@example.org").goes_on()
        for strips in (False, True):
            phone.opens(f"/manage/lived/poster/{made}{'?strips=1' if strips else ''}")
            assert phone.page.locator("html").get_attribute("lang") == lang
            phone.is_fit_for_use()
            prints(phone, f"{site.url}/go/{made.lower()}", strips)

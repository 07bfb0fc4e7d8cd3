"""What a commissioner reads, in the browser: on a phone, zoomed, in Arabic; words stay words."""

from __future__ import annotations

import pytest

from tests.report.conftest import PLAN, Told, many, says
from tests.support import surveys

from .conftest import NewPhone, Site
from .looks import sideways, space_text_out
from .phone import Phone
from .test_scripts_in_words import PAYLOADS

PAGES = ("/manage", "/report/rated", "/report/rated/themes/waiting")


@pytest.fixture(scope="module", autouse=True)
def report(site: Site) -> None:
    """Enough people for a report, in two languages, one of them with a grudge against browsers."""
    told = Told(site.store, surveys.publish(site.store, "rated"))
    tellings = [
        *many(14, quoted=True, reading_choice=PLAN),
        *many(12, "انتظرت أسابيع", language="ar", quoted=True, reading_choice=PLAN),
        *many(11, "They were kind", "kind", quoted=True, reading_choice=PLAN),
        says(PAYLOADS, "kind", quoted=True, reading_choice=PLAN),
    ]
    told.hear(tellings)
    told.sort(tellings)


def sign_in(phone: Phone, role: str = "commissioner", lang: str = "en") -> Phone:
    phone.opens(f"/sign-in?lang={lang}").is_fit_for_use()
    return phone.says_who(f"{role}@example.org").goes_on()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_report_is_fit_for_use_on_a_phone(new_phone: NewPhone, lang: str, scripts: bool) -> None:
    with new_phone(lang=lang, scripts=scripts) as phone:
        sign_in(phone, lang=lang)
        for path in PAGES:
            phone.opens(f"{path}?lang={lang}").is_fit_for_use()
            assert phone.path == path
            assert phone.page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")


def test_the_report_fits_at_400_percent(new_phone: NewPhone) -> None:
    with new_phone(size={"width": 320, "height": 256}) as phone:
        sign_in(phone)
        for path in PAGES:
            phone.opens(path)
            space_text_out(phone.page)
            assert sideways(phone.page) <= 0, f"{path}: sideways by {sideways(phone.page)} px"


def test_a_story_attacks_no_reader_of_the_report(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        sign_in(phone)
        phone.opens("/report/rated/themes/kind")
        assert "<script>alert(1)</script>" in phone.text
        assert phone.page.locator("main script, main iframe, main img, main object, main style").count() == 0
        assert phone.left_for == []


def test_a_quote_stands_in_its_own_language_and_direction(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        sign_in(phone)
        phone.opens("/report/rated/themes/waiting")
        quote = phone.page.get_by_text("انتظرت أسابيع").first
        assert quote.evaluate("e => e.closest('[lang]').lang") == "ar"
        assert quote.evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_who_is_not_signed_in_sees_the_door_only(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/report/rated")
        assert phone.path == "/sign-in"
        assert "It took weeks" not in phone.page.content()

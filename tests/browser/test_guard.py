"""While somebody writes: what may show who they are is spotted, and only they decide what becomes of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from analysis.personal import find
from analysis.personal.for_browsers import rules
from tests.analysis.personal_set import of_workers

from .conftest import NewPhone
from .phone import Phone

PANEL = "main .guard"
FIND = """async ({ address, rules, texts }) => {
  const { script } = await (await fetch(address)).json();
  const { finder } = await import(script);
  const find = finder(rules);
  return texts.map((text) => find(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]));
}"""
TOLD = {
    "en": [
        "Ring me on 07700 900123 or 029 2018 0000.",
        "Call +44 7700 900 123 (0), not 0808 2000 247 or 999.",
        "On the letter it says 943 476 5919, not 943 476 5918.",
        "QQ 12 34 56 C is no number, AB 12 34 56 C is.",
        "I live at CF10 3AT, not in M1 1st or ZZ1 1AA.",
        "B33 8TH, b33 8th, cf 10 1aa or CF10-1AA, but the E1 4TH FLOOR, b12 3rd dose and M4. 2hr.",
        "07700/900123, or 07700\n900123.\n07700 900456\n07700 900789\n029 2018\n0000",
        "Write to jo.smith+x@example.org, jo @ example.com or joe @example . co.uk, not @ the door. Come.",
        "I spoke to Citizens Advice. Thank you Shelter. I spoke to Women's Aid and to Victoria Ward.",
        "MY WORKER WAS ODUYAH AND KIND. NURSE OKE HELPED",
        "Nurse J. van der Berg, dr. Oke. I ask for Oke who left. My worker's name is oke bello from Hull.",
        "I waited from 10.30-11.45 on 12.03.2026 with 250 000 others.",
        "My worker Gwenllian was kind. Nurse Oke Bello was not. The doctor said no.",
        "my name is blodeuwedd jones",
        "They listened, and it helped. I got a house in the end.",
    ],
    "ar": ["رقمي ٠٧٧٠٠ ٩٠٠١٢٣ اتصلوا بي", "كانت الخدمة جيدة.", "اسمي نورهان"],
    "pl": ["Nazywam się Świętosława. Mój numer to 07700 900123.", "Pomogli mi z domem."],
    "uk": ["Мене звати Соломія. Дзвоніть: 07700 900123.", "Лікар Гнатюк допоміг мені."],
    "tr": ["Benim adım Gülizar. Ayşenur Hanım çok iyiydi.", "Çok beklettiler."],
    "bn": ["আমার ফোন নম্বর ০৭৭০০ ৯০০১২৩।", "সবাই ভালো ছিল।"],
    "cy": ["Fy enw i yw Gwenllian.", "Roedden nhw'n garedig."],
}


KINDS = {"phone", "email", "postcode", "nhs", "ni", "name"}


def found_by_the_page(phone: Phone, lang: str, texts: list[str]) -> list[list[list[str]]]:
    address = phone.page.locator("form[data-rules]").get_attribute("data-rules")
    handed = {"address": address, "rules": rules(lang), "texts": texts}
    seen: list[list[list[str]]] = phone.page.evaluate(FIND, handed)
    return seen


def found_by_the_server(lang: str, texts: list[str]) -> list[list[list[str]]]:
    return [
        [[each.kind, text[each.start : each.end]] for each in find(text, lang) if each.kind in KINDS]
        for text in texts
    ]


def test_the_page_finds_what_the_server_finds(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        for lang, texts in TOLD.items():
            assert found_by_the_page(phone, lang, texts) == found_by_the_server(lang, texts)


def test_the_page_finds_workers_in_every_language_as_the_server_does(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        for lang in sorted({marked.language for marked in of_workers()}):
            texts = [marked.text for marked in of_workers() if marked.language == lang]
            assert found_by_the_page(phone, lang, texts) == found_by_the_server(lang, texts)


@pytest.mark.parametrize(
    ("lang", "told", "name"),
    [
        ("ar", "موظفتي لمياء ساعدتني", "لمياء"),
        ("uk", "Я говорила з працівницею Одуєю", "Одуєю"),
        ("ro", "Asistenta mea socială Oduya vine", "Oduya"),
        ("zh-Hans", "我的社工王丽帮助我", "王丽"),
    ],
)
def test_whoever_writes_of_their_worker_is_told_in_any_language(
    new_phone: NewPhone, lang: str, told: str, name: str
) -> None:
    with new_phone(lang=lang) as phone:
        phone.opens(f"/s/story?lang={lang}").begins()
        assert writes(phone, told).locator("bdi").inner_text() == name


def writes(phone: Phone, words: str, field: str = "happened") -> Locator:
    phone.field(field).press_sequentially(words)
    panel = phone.page.locator(f"{PANEL}.note")
    panel.wait_for()
    return panel


def test_taking_out_leaves_a_mark_and_the_place_to_go_on_writing(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        panel = writes(phone, "Ring 07700 900123 soon")
        assert panel.get_by_role("status").inner_text() == (
            "This could show who somebody is: a phone number, 07700 900123."
        )
        phone.is_fit_for_use()
        panel.get_by_role("button", name="Take it out").click()
        assert phone.field("happened").input_value() == "Ring [phone number taken out] soon"
        assert phone.field("happened").evaluate("e => e === document.activeElement")
        assert panel.get_by_role("status").inner_text() == "It is taken out."
        phone.page.keyboard.type("!")
        assert phone.field("happened").input_value() == "Ring [phone number taken out]! soon"


def test_leaving_it_in_is_not_asked_again(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        panel = writes(phone, "Ring 07700 900123")
        panel.get_by_role("button", name="Leave it in").click()
        phone.field("happened").press_sequentially(" please")
        phone.page.wait_for_timeout(1500)
        assert phone.page.locator(f"{PANEL}.note").count() == 0
        phone.goes_on().goes_on().goes_on().sees("Ring 07700 900123 please")


def test_it_never_stops_anybody(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        writes(phone, "Ring 07700 900123")
        phone.goes_on()
        assert phone.path.endswith("/service")


@pytest.mark.parametrize("lang", ["en", "ar", "cy", "pa"])
def test_taking_out_and_leaving_in_are_as_large(new_phone: NewPhone, lang: str) -> None:
    with new_phone(lang=lang) as phone:
        phone.opens(f"/s/story?lang={lang}").begins()
        take, leave = (
            each.bounding_box() for each in writes(phone, "Ring 07700 900123").get_by_role("button").all()
        )
        assert take and leave
        assert [take[side] for side in ("y", "width", "height")] == [
            leave[side] for side in ("y", "width", "height")
        ]


def test_by_keyboard_alone(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        writes(phone, "Nurse Gwenllian")
        phone.page.keyboard.press("Tab")
        phone.page.keyboard.press("Enter")
        assert phone.field("happened").input_value() == "Nurse [name taken out]"
        assert phone.field("happened").evaluate("e => e === document.activeElement")


def test_it_is_there_in_a_sensitive_survey_and_keeps_nothing(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/quiet").begins()
        writes(phone, "I am at CF10 3AT", "support_words")
        kept = "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length]"
        assert phone.page.evaluate(kept) == [0, 0, 0]


def test_in_arabic_it_speaks_arabic(new_phone: NewPhone) -> None:
    with new_phone(lang="ar") as phone:
        phone.opens("/s/story?lang=ar").begins()
        panel = writes(phone, "رقمي ٠٧٧٠٠ ٩٠٠١٢٣")
        assert "٠٧٧٠٠ ٩٠٠١٢٣" in panel.inner_text()
        phone.is_fit_for_use()


def test_nothing_is_fetched_before_somebody_writes(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        asked: list[str] = []
        phone.page.on("request", lambda request: asked.append(request.url))
        phone.opens("/s/quiet").begins()  # another survey keeps it for when there is no network
        phone.page.wait_for_timeout(300)
        assert not [url for url in asked if "guard" in url]
        phone.field("support_words").press_sequentially("A")
        phone.page.wait_for_timeout(500)
        assert len([url for url in asked if "guard" in url]) == 3


def test_where_the_rules_do_not_arrive_writing_goes_on(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.context.route("**/guard.json*", lambda route: route.fulfill(status=503, body="busy"))
        phone.opens("/s/story").begins()
        phone.field("happened").press_sequentially("Ring 07700 900123")
        phone.page.wait_for_timeout(300)
        phone.goes_on().goes_on().goes_on().sees("07700 900123")

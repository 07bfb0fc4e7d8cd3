"""Nothing happens before a button is pressed, and the same thing is called the same on every page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Request

from .conftest import NewPhone
from .phone import Phone
from .spoken import spoken

OUTSIDE = """() => [...document.querySelectorAll('a[href]')].filter(each => !each.closest('main'))
  .map(each => [each.href.replace(/[?].*/, ''), each.textContent.trim()])"""
BUTTONS = """() => [...document.querySelectorAll('main form button:not([type=button])')]
  .map(each => each.textContent.trim())"""
PAGES = 8  # with questions
TURNED = {"width": 740, "height": 360}
CODE = "4827 1930 5567 2849"


def answers_everything(phone: Phone) -> None:
    """With a finger and keys, as a person does."""
    for label in phone.page.locator("main label:has([type=radio], [type=checkbox])").all():
        label.click()
    for box in phone.page.locator("main select").all():
        box.select_option(index=1)
    for field in phone.page.locator("main textarea, main input[type=text]").all():
        year = (field.get_attribute("name") or "").endswith("year")
        field.press_sequentially("2026" if year else "12")
        field.blur()


def test_nothing_is_sent_before_a_button_is_pressed(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        sent: list[str] = []

        def note(request: Request) -> None:
            if request.method != "GET" or request.is_navigation_request():
                sent.append(request.url)

        phone.opens("/s/every-type").begins()
        for _ in range(PAGES):
            phone.page.on("request", note)
            stayed = phone.page.url
            answers_everything(phone)
            phone.page.remove_listener("request", note)
            assert sent == [] and phone.page.url == stayed
            phone.goes_on()
        assert phone.path.endswith("/check")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_turned_round_a_phone_says_the_same(new_phone: NewPhone, lang: str) -> None:
    with new_phone(lang=lang) as upright, new_phone(lang=lang, size=TURNED) as turned:
        for phone in (upright, turned):
            phone.opens(f"/s/every-type?lang={lang}")
        for _ in range(4):
            assert spoken(upright) == spoken(turned) and upright.text == turned.text
            for phone in (upright, turned):
                phone.is_fit_for_use().goes_on()


def test_the_same_thing_is_called_the_same_on_every_page(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        called: dict[str, set[str]] = {}
        buttons = set()
        phone.opens("/s/every-type")
        for _ in range(PAGES + 2):
            for address, name in phone.page.evaluate(OUTSIDE):
                called.setdefault(address, set()).add(name)
            if phone.path.count("/") == 3 and not phone.path.endswith("/check"):
                buttons.add(tuple(phone.page.evaluate(BUTTONS)))
            if phone.path.endswith("/long"):
                phone.answers(long_words="Said.")
            phone.goes_on()
        assert phone.path.endswith("/sent") and len(called) >= 3
        assert {address: names for address, names in called.items() if len(names) > 1} == {}
        assert len(buttons) == 1


def test_nobody_has_to_type_a_password_or_a_code_by_heart(new_phone: NewPhone) -> None:
    """A password manager finds its fields, and what was copied can be pasted."""
    with new_phone() as phone:
        phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
        phone.opens("/sign-in")
        fields = phone.page.locator("main input:not([type=hidden])")
        assert [each.get_attribute("autocomplete") for each in fields.all()] == [
            "username",
            "current-password",
        ]
        pastes(phone, fields.nth(1), "correct horse")
        phone.opens("/receipt")
        pastes(phone, phone.page.locator("#code"), CODE)


def pastes(phone: Phone, field: Locator, words: str) -> None:
    phone.page.evaluate("words => navigator.clipboard.writeText(words)", words)
    field.focus()
    phone.page.keyboard.press("Control+V")
    assert field.input_value() == words

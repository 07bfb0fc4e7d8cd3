"""At 400 % and with people's own spacing nothing is cut off and nothing scrolls sideways."""

from __future__ import annotations

import pytest

from .conftest import NewPhone
from .enlarged import ZOOMED
from .looks import sideways, space_text_out
from .phone import Phone


def fits(phone: Phone) -> None:
    assert sideways(phone.page) <= 0, f"{phone.path} scrolls sideways by {sideways(phone.page)} px"
    space_text_out(phone.page)
    assert sideways(phone.page) <= 0, f"{phone.path}, spaced out: sideways by {sideways(phone.page)} px"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_page_of_the_path_fits_at_400_percent(new_phone: NewPhone, lang: str) -> None:
    long_word = "Donaudampfschifffahrtsgesellschaftskapitän" * 8
    with new_phone(size=ZOOMED, lang=lang) as phone:
        phone.opens(f"/s/story?lang={lang}")
        fits(phone)
        phone.begins()
        fits(phone)
        phone.answers(happened=long_word).goes_on()
        fits(phone)
        phone.goes_on()
        fits(phone)
        phone.goes_on().sees(long_word)
        fits(phone)
        phone.goes_on()
        fits(phone)
        phone.opens(f"/receipt?lang={lang}")
        fits(phone)
        phone.opens("/nowhere")
        fits(phone)


def test_every_kind_of_question_fits_at_400_percent(new_phone: NewPhone) -> None:
    with new_phone(size=ZOOMED) as phone:
        phone.opens("/s/every-type").begins()
        for _ in range(8):
            fits(phone)
            phone.goes_on()

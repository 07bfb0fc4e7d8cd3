"""An owner changes a survey's codebook in the browser: on a phone, zoomed, in Arabic, without scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.codebook import load_codebook

from .conftest import NewPhone
from .looks import sideways, space_text_out
from .phone import Phone
from .test_staff_pages import sign_in


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    document = load_codebook().as_json()
    document["themes"][0]["name"] = "<b>Queues</b> \u202eمرحبا"
    document["themes"][0]["examples"] += [
        {"text": "طال الانتظار كثيراً هنا.", "language": "ar", "draft": True}
    ]
    del document["themes"][3]
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def uploads(phone: Phone, file: Path) -> None:
    phone.page.set_input_files("#file", file)
    phone.presses("form:has(#file) button")


@pytest.mark.parametrize(("lang", "scripts"), [("en", True), ("ar", False)])
def test_the_pages_of_a_codebook_are_fit_for_use(
    new_phone: NewPhone, changed: Path, tmp_path: Path, lang: str, scripts: bool
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("theme_id,name,definition,example,language\none,One,B.,a,?\n")
    with new_phone(lang=lang, scripts=scripts) as phone:
        sign_in(phone, "owner", lang)
        phone.opens(f"/manage/story/codebook?lang={lang}").is_fit_for_use()
        phone.page.locator("details summary").first.click()
        phone.is_fit_for_use()
        uploads(phone, broken)
        phone.is_fit_for_use()
        uploads(phone, changed)
        assert phone.path == "/manage/story/codebook/changes"
        phone.is_fit_for_use()


def test_the_pages_of_a_codebook_fit_at_400_percent(new_phone: NewPhone, changed: Path) -> None:
    with new_phone(size={"width": 320, "height": 256}) as phone:
        sign_in(phone, "owner")
        phone.opens("/manage/story/codebook")
        fits(phone)
        uploads(phone, changed)
        fits(phone)


def fits(phone: Phone) -> None:
    space_text_out(phone.page)
    assert sideways(phone.page) <= 0, f"{phone.path}: sideways by {sideways(phone.page)} px"

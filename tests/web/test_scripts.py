"""Every script has the room it needs, and every page is its own mirror image."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback.settings import ROOT
from feedback.web.languages import LANGUAGES
from tests.test_translations import TWENTY

SHEETS = sorted((ROOT / "feedback/static").glob("*.css"))
PAGES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "feedback/static").glob("*.js"))
JOINING = {"ar", "ckb", "fa", "ps", "ur", "bn", "gu", "pa"}  # letters that join, hang or stack
# A digit code runs from left to right in every language, and its digits don't join.
SPACED = {".code"}
PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:margin|padding|border|inset|scroll-(?:margin|padding))-(?:left|right)|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)|\btranslateX\("
)


def rules(sheet: Path) -> Iterator[tuple[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        yield selector.strip(), body


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_nothing_is_placed_left_or_right(sheet: Path) -> None:
    assert [(selector, body) for selector, body in rules(sheet) if PHYSICAL.search(body)] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_letters_that_join_are_not_spaced_and_none_is_turned_to_a_capital(sheet: Path) -> None:
    for selector, body in rules(sheet):
        assert "text-transform" not in body, selector
        for spacing in re.findall(r"letter-spacing:\s*([^;}]+)", body):
            assert selector in SPACED or spacing.startswith("var(--tight, "), f"{selector}: {spacing}"


def test_scripts_that_need_it_have_room_between_lines() -> None:
    [reset] = [
        (selector, body)
        for selector, body in rules(ROOT / "feedback/static/heard.css")
        if "--tight: 0" in body
    ]
    assert set(re.findall(r":lang\((\w+)\)", reset[0])) == JOINING
    assert {tag for tag in TWENTY if LANGUAGES[tag].direction == "rtl"} <= JOINING
    heights = dict(rules(ROOT / "feedback/static/heard.css"))
    assert float(re.findall(r"line-height: ([\d.]+)", heights[":lang(ur)"])[0]) >= 2


@pytest.mark.parametrize("path", [*SHEETS, *PAGES, *SCRIPTS], ids=lambda path: path.name)
def test_no_sign_points_to_a_side(path: Path) -> None:
    """An arrow or a chevron would point the wrong way on half of the pages. What Unicode mirrors may stay."""
    pointing = {
        sign
        for sign in path.read_text("utf-8")
        if ord(sign) > 127 and not unicodedata.mirrored(sign) and points(unicodedata.name(sign, ""))
    }
    assert not pointing


def points(name: str) -> bool:
    return any(
        word in name for word in ("ARROW", "POINTING", "CHEVRON", "TRIANGLE", "LEFTWARDS", "RIGHTWARDS")
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_entity_points_to_a_side(path: Path) -> None:
    assert not re.findall(r"&(?:[lr]arr|[lr]a?quo|[lr]saquo|#x?2[0-9a-f]{3,});", path.read_text("utf-8"))

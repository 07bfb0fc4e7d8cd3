"""Colours that axe does not judge: edges of fields and the ring around what has the focus (WCAG 1.4.11)."""

from __future__ import annotations

import re

import pytest

from feedback.settings import ROOT

STYLE = (ROOT / "feedback/static/heard.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w+);", block))
    for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "sheet", "tint"])
def test_edges_and_the_focus_ring_stand_out(scheme: dict[str, str], ground: str) -> None:
    for name in ("focus", "accent", "wrong", *(["line"] if ground != "tint" else [])):
        assert contrast(scheme[name], scheme[ground]) >= 3, f"{name} on {ground}"

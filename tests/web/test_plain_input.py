"""Nobody needs a steady hand, two fingers, an upright phone or the colour of a button."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from feedback.settings import ROOT
from feedback.survey.edition import source_texts
from feedback.survey.loading import load_bundle

WRITTEN = sorted([*(ROOT / "feedback/static").glob("*.[cj]s*"), *(ROOT / "templates").rglob("*.html")])
GESTURES = re.compile(
    r"touch(?:start|move|end)|gesture(?:start|change)|draggable|drag(?:start|over|end)|(?:pointer|mouse)(?:move|up)"
    r"|device(?:motion|orientation)|Accelerometer|Gyroscope|orientation\b.*lock|\(\s*orientation\s*:"
)
POINTING = re.compile(
    r"\b(?:at the (?:top|bottom|side)|on the (?:left|right)|in the corner)\b"
    r"|\b(?:red|green|blue|grey|yellow|round|square|big|large|small) (?:button|box|sign|link|field)\b",
    re.IGNORECASE,
)
LIBRARY = sorted(path for path in (ROOT / "feedback/survey/library").glob("*.json") if path.stem.isalpha())


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_one_tap_does_everything(path: Path) -> None:
    """No swipe, no drag, no shake; nothing holds a phone upright (WCAG 1.3.4, 2.5.1, 2.5.4, 2.5.7)."""
    assert GESTURES.findall(path.read_text("utf-8")) == []


def told() -> list[str]:
    with (ROOT / "translations/messages.pot").open("rb") as file:
        texts = [str(form) for message in read_po(file) if message.id for form in ids(message.id)]
    for path in LIBRARY:
        bundle = load_bundle(path)
        texts += source_texts(bundle.survey).values()
        easy = bundle.editions.get("en-x-easy")
        texts += easy.texts.values() if easy else []
    return texts


def ids(said: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def test_who_is_told_where_something_is_is_told_its_name_too() -> None:
    """By its place, shape or colour alone not everybody finds it (WCAG 1.3.3)."""
    pointing = [text for text in told() if POINTING.search(text)]
    assert pointing, "nothing points: then this test looks for nothing"
    assert [text for text in pointing if "“" not in text] == []

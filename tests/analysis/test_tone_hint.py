from __future__ import annotations

import pytest

from analysis.tone_hint import hint


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("The staff were wonderful and very kind", "positive"),
        ("It was a terrible, awful place", "negative"),
        ("The nurse was wonderful. The food there was awful.", "mixed"),
        ("I went there on Tuesday", "not scored"),
        ("", "not scored"),
        ("😀", "not scored"),
    ],
)
def test_english_gets_a_hint(text: str, sounds: str) -> None:
    assert hint(text, "en") == sounds
    assert hint(text, "en-GB") == sounds


@pytest.mark.parametrize("language", ["cy", "pl", "ur", "ar", "so", None])
def test_no_other_language_is_scored(language: str | None) -> None:
    assert hint("The staff were wonderful and very kind", language) == "not scored"

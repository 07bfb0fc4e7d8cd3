"""How much the rules find and how often they cry wolf, on the invented sentences.

The first time they met these sentences they found .958 of the details, with 2 false alarms in 219 sentences;
what was missed then was mended. On 3,157 real comments of patients (not kept here; names were taken out
before) 5 of 9 finds were right, 1.3 false alarms per 1,000.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from analysis.personal import find
from tests.analysis.personal_set import Marked, sentences

LANGUAGES = {
    "en", "cy", "pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "so", "uk", "fa", "ps", "ckb", "tr",
    "zh-Hans", "fr", "sq",
}  # fmt: skip


def test_the_set_is_large_and_has_every_language_and_hard_ones() -> None:
    assert len(sentences()) >= 200
    assert {marked.language for marked in sentences()} == LANGUAGES
    for language in LANGUAGES:
        own = [marked for marked in sentences() if marked.language == language]
        assert any(marked.details for marked in own)
        assert any(not marked.details for marked in own)


@pytest.mark.parametrize("known", [True, False], ids=["language known", "language not known"])
def test_nearly_all_is_found_and_nearly_nothing_else(known: bool) -> None:
    def tag(marked: Marked) -> str | None:
        return marked.language if known else None

    details = sum(len(marked.details) for marked in sentences())
    missed = [word for marked in sentences() for word in marked.missed(tag(marked))]
    alarms = [word for marked in sentences() for word in marked.alarms(tag(marked))]
    assert 1 - len(missed) / details >= 0.97, missed
    assert len(alarms) / len(sentences()) <= 0.02, alarms


@pytest.mark.parametrize("marked", sentences(), ids=lambda marked: marked.text[:40])
def test_spans_lie_in_the_text_in_order_and_apart(marked: Marked) -> None:
    found = find(marked.text, marked.language)
    assert all(0 <= detail.start < detail.end <= len(marked.text) for detail in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀" * 50,
        "\u0640\u0640",
        "\x00",
        "a\u0301" * 20,
        "\u202e07700\u202c",
        "٪٪٪",
        "....",
        "''''",
        "@@@@",
    ],
)
def test_odd_text_is_read_without_a_stumble(text: str) -> None:
    find(text)
    find(text, "ar")
    find(text, "xx-unknown")

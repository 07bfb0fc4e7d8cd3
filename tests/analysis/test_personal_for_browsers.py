"""The rules that a page is handed: small, in its language, and of patterns that both sides read alike."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from analysis.personal.chinese_names import patterns
from analysis.personal.for_browsers import FORMS, for_javascript, rules

LANGUAGES = (
    "en", "cy", "pl", "ro", "pa", "ur", "pt", "es", "ar", "bn", "gu", "so", "uk", "fa", "ps", "ckb", "tr",
    "zh-Hans", "fr", "sq", "pt-BR",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_of_a_language_weigh_little(language: str) -> None:
    written = json.dumps(rules(language), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(written)) <= 3600


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "zh-Hans"])
def test_a_language_brings_its_own_words_beside_names(language: str) -> None:
    cues = rules(language)["cues"]
    assert isinstance(cues, dict) and cues["own"] and cues["titles"] and cues["roles"]


def test_chinese_names_are_looked_for_as_written() -> None:
    assert rules("zh-Hans")["cues"] == {} and rules("zh-Hans")["chinese"]
    assert not rules("en")["chinese"]


def test_an_unknown_language_still_has_the_forms() -> None:
    assert rules("xx")["cues"] == {} and rules("xx")["patterns"] == rules("en")["patterns"]


def test_a_letter_is_a_letter_in_javascript_too() -> None:
    assert for_javascript(re.compile(r"[\w.]\w(?<![\w-])\d\[\w")) == (
        r"[\p{L}\p{N}_.][\p{L}\p{N}_](?<![\p{L}\p{N}_-])\d\[[\p{L}\p{N}_]"
    )


def test_no_pattern_uses_what_javascript_lacks() -> None:
    handed = [*FORMS.values(), *patterns()]
    for written in [for_javascript(pattern) for pattern in handed]:
        assert not re.search(r"\(\?[aiLmsuxP>#(]|\\[AZzG]|[*+?}]\+", written), written

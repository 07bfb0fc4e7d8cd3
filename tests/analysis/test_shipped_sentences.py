"""What the project wrote itself: the services codebook and the parallel sentences."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from typing import Any

import pytest

from analysis.centre import PARALLEL

SERVICES = PARALLEL.with_name("services.json")
SURVEYS = ("en", "cy", "pl", "ur", "ar", "so")
SCRIPTS = {
    "ARABIC": ("ur", "ar", "fa", "ps", "ckb"), "GURMUKHI": ("pa",), "BENGALI": ("bn",), "GUJARATI": ("gu",),
    "CYRILLIC": ("uk",), "CJK": ("zh-Hans",),
}  # fmt: skip
THEMES: list[dict[str, Any]] = json.loads(SERVICES.read_text("utf-8"))["themes"]
SENTENCES: list[dict[str, str]] = json.loads(PARALLEL.read_text("utf-8"))["sentences"]


def script(tag: str) -> str:
    return next((name for name, tags in SCRIPTS.items() if tag in tags), "LATIN")


def written_in(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme["id"])
def test_a_theme_is_shown_by_enough_sentences_in_each_language(theme: dict[str, Any]) -> None:
    count = Counter(example["language"] for example in theme["examples"])
    assert count["en"] >= 20
    assert min(count[tag] for tag in SURVEYS) >= 5
    assert set(theme["names"]) == set(SENTENCES[0]) - {"en"}
    for example in theme["examples"]:
        assert example.get("draft", False) is (example["language"] != "en")
        assert written_in(example["text"]) <= {script(example["language"])}, example["text"]
    for tag, name in theme["names"].items():
        assert written_in(name) == {script(tag)}


def test_the_themes_keep_out_of_each_others_way() -> None:
    names = {theme["name"] for theme in THEMES}
    assert len(names) == len(THEMES) >= 24
    for theme in THEMES:
        elsewhere = set(re.findall(r"\(([A-Z][^)]*)\)", theme["not"]))
        assert elsewhere <= names - {theme["name"]}, theme["id"]
    texts = [re.sub(r"\W+", " ", e["text"].casefold()).strip() for theme in THEMES for e in theme["examples"]]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_a_parallel_sentence_has_all_twenty_languages_in_their_own_letters() -> None:
    assert len(SENTENCES) == 40
    for sentence in SENTENCES:
        assert list(sentence) == list(SENTENCES[0])
        for tag, text in sentence.items():
            assert written_in(text) == {script(tag)}, (tag, text)
    assert len(SENTENCES[0]) == 20
    for tag in SENTENCES[0]:
        assert len({sentence[tag] for sentence in SENTENCES}) == 40

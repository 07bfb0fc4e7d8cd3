from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis import CodebookError, load_codebook
from analysis.codebook import SHIPPED

from .conftest import CODEBOOK

DEMONSTRATED = ("cy", "pl", "ur", "ar", "so")
NAMED = {
    *DEMONSTRATED, "bn", "ckb", "es", "fa", "fr", "gu", "pa", "ps", "pt", "ro", "sq", "tr", "uk", "zh-Hans",
}  # fmt: skip


def broken(change: Callable[[dict[str, Any]], object]) -> list[str]:
    data = copy.deepcopy(CODEBOOK)
    change(data)
    with pytest.raises(CodebookError) as refused:
        load_codebook(data)
    return refused.value.faults


@pytest.mark.parametrize("name", SHIPPED)
def test_each_shipped_codebook_shows_its_themes_well_in_every_language(name: str) -> None:
    codebook = load_codebook(name)
    assert len(codebook.themes) >= 12
    assert codebook.drafts[:5] == DEMONSTRATED and set(codebook.drafts) == NAMED
    for theme in codebook.themes:
        shown = Counter(example.language for example in theme.examples)
        assert shown["en"] >= 15 and all(shown[tag] >= 5 for tag in DEMONSTRATED), theme.id
        assert theme.exclusions and set(theme.names) == NAMED, theme.id


@pytest.mark.parametrize("name", SHIPPED)
def test_no_sentence_shows_two_themes_and_every_translation_is_marked_a_draft(name: str) -> None:
    examples = [example for theme in load_codebook(name).themes for example in theme.examples]
    assert len({example.text for example in examples}) == len(examples)
    assert all(example.draft == (example.language != "en") for example in examples)


def test_a_shipped_codebook_is_there_by_its_name_and_services_without_one() -> None:
    assert load_codebook("housing").id == "housing"
    assert load_codebook() == load_codebook("services")


def test_a_missing_text_is_named_by_its_path_and_what_to_do() -> None:
    faults = broken(lambda data: data["themes"][1]["examples"][0].pop("text"))
    assert faults == ["themes[1].examples[0].text: is missing; write one sentence that shows the theme"]


def test_two_equal_ids_are_refused() -> None:
    faults = broken(lambda data: data["themes"][1].update(id="waiting"))
    assert faults == ["themes[1].id: is the same as themes[0].id; give each its own"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda data: data.update(themes=[]), "themes:"),
        (lambda data: data.update(themes="waiting"), "themes:"),
        (lambda data: data["themes"].append("waiting"), "themes[2]:"),
        (lambda data: data["themes"][0].update(id="../.."), "themes[0].id:"),
        (lambda data: data["themes"][0].update(id="unsorted"), "themes[0].id:"),
        (lambda data: data["themes"][0].update(id="few-0123abcd"), "themes[0].id:"),
        (lambda data: data["themes"][0].update(name=7), "themes[0].name:"),
        (lambda data: data["themes"][0].update(name="  "), "themes[0].name:"),
        (lambda data: data["themes"][0].pop("definition"), "themes[0].definition:"),
        (lambda data: data["themes"][0].update(examples=[]), "themes[0].examples:"),
        (lambda data: data["themes"][0]["examples"].append(None), "themes[0].examples[4]:"),
        (
            lambda data: data["themes"][0]["examples"][1].update(language="English!"),
            "themes[0].examples[1].language:",
        ),
        (lambda data: data["themes"][0]["examples"][1].update(text="\ud800"), "themes[0].examples[1].text:"),
        (
            lambda data: data["themes"][0]["examples"][1].update(text="a" * 2001),
            "themes[0].examples[1].text:",
        ),
        (lambda data: data["themes"][0].update(names={"?": "x"}), "themes[0].names:"),
        (lambda data: data["themes"][0].update(nmae="Waiting"), "themes[0]:"),
        (lambda data: data["themes"][0].update(guid="1"), "themes[0].guid:"),
        (lambda data: data["themes"][0]["examples"][1].update(text="a\0b"), "themes[0].examples[1].text:"),
        (
            lambda data: data["themes"][0]["examples"][1].update(text="a" * 60_000),
            "themes[0].examples[1].text:",
        ),
        (lambda data: data["themes"][0]["examples"][1].update(draft="yes"), "themes[0].examples[1].draft:"),
        (
            lambda data: data["themes"][0].update(examples=[{"text": "a", "language": "en"}] * 10_001),
            "themes:",
        ),
        (lambda data: data.update(drafts="cy"), "drafts:"),
        (lambda data: data.update(version=0), "version:"),
    ],
)
def test_each_fault_has_its_path(change: Callable[[dict[str, Any]], object], path: str) -> None:
    assert [fault for fault in broken(change) if fault.startswith(path)]


def test_every_fault_is_named_at_once() -> None:
    def twice(data: dict[str, Any]) -> None:
        data["themes"][0].pop("name")
        data["themes"][1].pop("name")

    assert [fault.split(":")[0] for fault in broken(twice)] == ["themes[0].name", "themes[1].name"]


def test_what_does_not_belong_and_names_in_other_languages_may_be_there() -> None:
    data = copy.deepcopy(CODEBOOK)
    data["themes"][0] |= {"not": "Being kept on hold.", "names": {"cy": "Aros"}}
    theme = load_codebook(data).themes[0]
    assert (theme.exclusions, theme.names) == ("Being kept on hold.", {"cy": "Aros"})


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_codebook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "codebook.json"
    path.write_bytes(content)
    with pytest.raises(CodebookError):
        load_codebook(path)


def test_the_hash_is_of_what_it_says_and_not_of_the_layout(tmp_path: Path) -> None:
    path = tmp_path / "codebook.json"
    path.write_text(json.dumps(CODEBOOK, indent=4))
    other = copy.deepcopy(CODEBOOK)
    other["themes"][0]["examples"][0]["text"] = "The wait was short."
    assert load_codebook(path).sha256 == load_codebook(CODEBOOK).sha256
    assert load_codebook(str(path)).sha256 == load_codebook(CODEBOOK).sha256
    assert load_codebook(other).sha256 != load_codebook(CODEBOOK).sha256

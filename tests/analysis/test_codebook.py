from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis import CodebookError, load_codebook

from .conftest import CODEBOOK


def broken(change: Callable[[dict[str, Any]], object]) -> list[str]:
    data = copy.deepcopy(CODEBOOK)
    change(data)
    with pytest.raises(CodebookError) as refused:
        load_codebook(data)
    return refused.value.faults


def test_the_shipped_codebook_has_twelve_themes_and_eight_examples_each() -> None:
    themes = load_codebook().themes
    assert len(themes) >= 12
    assert all(len(theme.examples) >= 8 for theme in themes)


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
    assert load_codebook(other).sha256 != load_codebook(CODEBOOK).sha256

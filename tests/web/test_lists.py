"""A list reads as a person would say it, in each language."""

from __future__ import annotations

import pytest

from feedback.web.languages import LANGUAGES
from feedback.web.lists import joined


@pytest.mark.parametrize(
    ("tag", "names", "said"),
    [
        ("en", ["A", "B", "C"], "A, B and C"),
        ("cy", ["Cymraeg", "Pwyleg"], "Cymraeg a Pwyleg"),
        ("cy", ["Cymraeg", "Arabeg"], "Cymraeg ac Arabeg"),
        ("cy", ["Cymraeg", "Pwyleg", "Wrdw"], "Cymraeg, Pwyleg ac Wrdw"),
        ("cy", ["Wrdw", "Wales"], "Wrdw a Wales"),
        ("cy", ["Arabeg", "Ŵyr"], "Arabeg a Ŵyr"),
        ("es", ["francés", "inglés"], "francés e inglés"),
        ("es", ["agua", "hielo"], "agua y hielo"),
        ("ckb", ["A", "B"], "A و B"),
        ("ckb", ["A", "B", "C"], "A، B و C"),
        ("ps", ["A", "B", "C"], "A، B، او C"),
        ("pa", ["A", "B", "C"], "A, B ਅਤੇ C"),
        ("ar", ["A", "B"], "A وB"),
        ("zh-Hans", ["A", "B", "C"], "A、B和C"),
    ],
)
def test_names_are_joined_as_they_are_said(tag: str, names: list[str], said: str) -> None:
    assert joined(names, tag) == said


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_joins_with_words_of_its_own(tag: str) -> None:
    assert joined([], tag) == "" and joined(["A"], tag) == "A"
    two, four = joined(["A", "B"], tag), joined(["A", "B", "C", "D"], tag)
    assert two != "A, B" and "(" not in two
    assert [four.index(name) for name in "ABCD"] == sorted(four.index(name) for name in "ABCD")

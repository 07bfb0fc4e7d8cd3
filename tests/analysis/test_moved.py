"""What moved between two runs and why, without guessing."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.moved import moved
from analysis.records import UNSORTED, Change, Coding, Earlier, EarlierTheme, Edits, ThemeChange

MODEL: dict[str, Any] = {
    "name": "e5", "sha256": "1", "codebook": {"sha256": "c"}, "thresholds": {"first": 0.2}, "comments": 3
}  # fmt: skip


def theme(*comment_ids: str, edits: Edits | None = None) -> EarlierTheme:
    return EarlierTheme("few", frozenset(comment_ids), edits or Edits())


def said(**themes: str) -> list[Coding]:
    """Comment to its theme ids, parted by spaces."""
    return [
        Coding(comment, theme_id, 0.5, 0, 1, primary=place == 0)
        for comment, ids in themes.items()
        for place, theme_id in enumerate(ids.split())
    ]


BEFORE = Earlier({"x": theme("a", "b"), "y": theme("c")}, MODEL, frozenset("abc"))


def changes(
    codings: list[Coding],
    before: Earlier = BEFORE,
    model: dict[str, Any] = MODEL,
    read: str = "abc",
    checked: str = "",
) -> list[Change]:
    return moved(codings, model, set(read), before, set(checked))[0]


def fates(codings: list[Coding], before: Earlier = BEFORE, read: str = "abc") -> dict[str, ThemeChange]:
    return {change.theme_id: change for change in moved(codings, MODEL, set(read), before)[1]}


def test_where_nothing_moved_nothing_is_said() -> None:
    assert changes(said(a="x", b="x", c="y")) == []
    assert {change.fate for change in fates(said(a="x", b="x", c="y")).values()} == {"kept"}


def test_a_new_comment_has_not_moved() -> None:
    assert changes(said(a="x", b="x", c="y", d="y"), read="abcd") == []
    assert fates(said(a="x", b="x", c="y", d="y"), read="abcd")["y"] == ThemeChange("y", "kept", 1, 2, 1, 1)


def test_a_comment_that_fits_nowhere_now_is_named() -> None:
    assert changes(said(a="x", b=UNSORTED, c="y"), read="abcd") == [Change("b", ("x",), (), "new comments")]


@pytest.mark.parametrize(
    ("model", "why"),
    [
        ({"sha256": "2"}, "model changed"),
        ({"sha256": "2", "codebook": None}, "model changed"),
        ({"codebook": {"sha256": "d"}}, "codebook changed"),
        ({"thresholds": {"first": 0.3}}, "line moved"),
        ({}, "others checked"),
    ],
)
def test_the_cause_is_what_differs_between_the_runs(model: dict[str, Any], why: str) -> None:
    assert changes(said(a="y", b="x", c="y"), model=MODEL | model) == [Change("a", ("x",), ("y",), why)]


def test_a_person_s_word_is_a_cause_before_any_other() -> None:
    found = changes(said(a="y", b="y", c="y"), model=MODEL | {"sha256": "2"}, checked="b")
    assert [(change.comment_id, change.why) for change in found] == [
        ("a", "model changed"), ("b", "a person checked it")
    ]  # fmt: skip


def test_what_people_did_to_themes_is_the_cause_for_their_comments() -> None:
    edited = {
        "x": theme("a", edits=Edits(merged_into="y")),
        "z": theme("b", edits=Edits(not_a_theme=True)),
        "n": theme(edits=Edits(confirmed=True)),
        "y": theme(),
    }
    before = Earlier(edited, MODEL, frozenset("abc"))
    found = changes(said(a="y", b=UNSORTED, c="n"), before, MODEL | {"codebook": {"sha256": "d"}})
    assert [change.why for change in found] == ["themes merged", "not a theme", "theme confirmed"]


def test_what_became_of_each_theme() -> None:
    before = Earlier(
        {
            "big": theme(*"abcdef"),
            "one": theme(*"ghi"),
            "two": theme(*"jk"),
            "lost": theme(*"lm"),
            "gave": theme("n", edits=Edits(merged_into="one")),
            "none": theme("o", edits=Edits(not_a_theme=True)),
        },
        MODEL,
        frozenset("abcdefghijklmno"),
    )
    now = dict.fromkeys("abcd", "big") | dict.fromkeys("ef", "part")
    now |= dict.fromkeys("ghijkn", "one") | dict.fromkeys("lmo", UNSORTED) | {"p": "fresh"}
    found = fates(said(**now), before, "abcdefghijklmnop")
    assert {theme_id: (change.fate, change.of) for theme_id, change in found.items()} == {
        "big": ("kept", ()),
        "part": ("split", ("big",)),
        "one": ("joined", ("gave", "two")),
        "two": ("gone", ("one",)),
        "lost": ("gone", ()),
        "gave": ("merged", ("one",)),
        "none": ("not a theme", ()),
        "fresh": ("new", ()),
    }
    assert (found["big"].before, found["big"].after, found["big"].stayed) == (6, 4, 4)
    assert (found["fresh"].after, found["fresh"].new) == (1, 1)

"""What a caller of the library may hand in that no file holds."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from string import ascii_lowercase

import pytest

from analysis import Codebook, Comment
from analysis.outputs import write

from .conftest import SAID, sorted_by_words

TAGS = ["".join(letters) for letters in product(ascii_lowercase, repeat=2)][:400]


@pytest.mark.parametrize(
    "said",
    [
        [
            Comment("a\ud800", "A long \udfff wait for us\ud83d", "p\ud800", "en"),
            Comment("b", "\ud800", "q"),
        ],
        [Comment(f"c{n}", f"The wait was long {n}", f"p{n}", tag) for n, tag in enumerate(TAGS)],
        [Comment(f"c{n}", " \u200b\n", f"p{n}") for n in range(5)],
    ],
    ids=["half characters", "400 languages", "all empty"],
)
def test_odd_comments_are_sorted_and_written(
    said: list[Comment], two_themes: Codebook, tmp_path: Path
) -> None:
    others = [Comment(f"o{n}", text, f"o{n}", "en") for n, text in enumerate(SAID)]
    found = sorted_by_words([*said, *others], two_themes)
    assert {coding.comment_id for coding in found.codings if coding.primary} == {c.id for c in said + others}
    write(tmp_path, found, [*said, *others])
    assert json.loads((tmp_path / "themes.json").read_text("utf-8"))["model"]["comments"] == len(said) + 8

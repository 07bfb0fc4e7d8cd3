"""Comments in Parquet parts, cut as one likes, and what a run over them says."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis import Codebook, Comment, load_codebook

# Small, so that a handful of comments makes many slices.
SIZE = 50
Cut = Callable[..., list[Path]]


@pytest.fixture(scope="session")
def services() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="session")
def said(services: Codebook) -> list[Comment]:
    """600 invented comments by 400 people in the codebook's languages; some say nothing."""
    chance = random.Random(5)
    examples = [example for theme in services.themes for example in theme.examples]
    comments = []
    for number in range(600):
        first, second = chance.choice(examples), chance.choice(examples)
        text = "" if number % 50 == 7 else f"{first.text} {second.text} {number}"
        person = f"p{chance.randrange(400)}"
        comments.append(Comment(f"c{number:04}", text, person, first.language, first.question))
    return comments


@pytest.fixture
def cut(tmp_path: Path, said: list[Comment]) -> Cut:
    """Writes comments as so many parts."""

    def write(parts: int, comments: Sequence[Comment] = (), name: str = "parts") -> list[Path]:
        rows = [
            {"id": c.id, "text": c.text, "person": c.person, "language": c.language, "question": c.question}
            for c in comments or said
        ]
        folder = tmp_path / name
        folder.mkdir()
        each = -(-len(rows) // parts)
        paths = []
        for number in range(parts):
            paths.append(folder / f"part-{number:02}.parquet")
            table = pa.Table.from_pylist(rows[number * each : (number + 1) * each])
            # Row groups that fit no slice, as another program may write them.
            pq.write_table(table, paths[-1], row_group_size=37)
        return paths

    return write


def written(out: Path) -> dict[str, Any]:
    """What a run says, without what tells how its parts were cut."""
    found = json.loads((out / "themes.json").read_text("utf-8"))
    del found["model"]["input"]
    codings = pq.read_table(out / "codings.parquet").to_pylist()
    found["flags"] = (out / "flags.csv").read_text("utf-8")
    found["codings"] = sorted(codings, key=lambda row: (row["comment_id"], row["theme_id"]))
    return found

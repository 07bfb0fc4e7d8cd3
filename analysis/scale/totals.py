"""How many different people said what, counted exactly over all slices, one shard in memory at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from analysis.scale.keeping import COMMENT, EVERYONE, PEOPLE, SHARDS


@dataclass(frozen=True)
class Totals:
    """`people` by theme and `languages` by (theme, language): distinct persons; `comments` distinct ids."""

    everyone: int
    comments: int
    people: Counter[str]
    languages: Counter[tuple[str, str]]

    def of(self, theme: str) -> dict[str, int]:
        """Distinct persons of a theme in each language."""
        return {tag: count for (name, tag), count in sorted(self.languages.items()) if name == theme}


def count(slices: Sequence[Path]) -> Totals:
    """Adds up the people of these slices' folders: who stands in two slices counts once."""
    people: Counter[str] = Counter()
    languages: Counter[tuple[str, str]] = Counter()
    for shard in range(SHARDS):
        rows = pa.Table.from_batches([_shard(folder, shard) for folder in slices])
        different = rows.group_by(["theme", "language", "who"], use_threads=False).aggregate([])
        for row in _counted(different, ["theme", "language"]):
            languages[row["theme"], row["language"]] += row["who_count"]
        heard = different.group_by(["theme", "who"], use_threads=False).aggregate([])
        for row in _counted(heard, ["theme"]):
            people[row["theme"]] += row["who_count"]
    return Totals(people.pop(EVERYONE, 0), people.pop(COMMENT, 0), people, languages)


def _shard(folder: Path, number: int) -> pa.RecordBatch:
    with pa.OSFile(str(folder / PEOPLE)) as file, pa.ipc.open_file(file) as reader:
        return reader.get_batch(number)


def _counted(rows: pa.Table, by: list[str]) -> list[dict[str, Any]]:
    counted = rows.group_by(by, use_threads=False).aggregate([("who", "count")])
    return list(counted.to_pylist())

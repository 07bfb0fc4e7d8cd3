"""Parquet parts, cut into slices small enough to hold in memory; columns as in the CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from analysis.inputs import NEEDED, InputError
from analysis.records import Comment
from analysis.tag import is_tag

SLICE = 5_000
OPTIONAL = ("person", "language", "question", "service")


@dataclass(frozen=True)
class Part:
    """One Parquet file: `rows` comments; `sha256` of its bytes."""

    path: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Slice:
    """Rows `first` to `first + count` of a part; `number` counts all slices of a run."""

    number: int
    path: str
    first: int
    count: int


def look_at(path: Path) -> Part:
    """A part, after its columns were found right. Raises InputError."""
    file = _opened(path)
    missing = [name for name in NEEDED if name not in file.schema_arrow.names]
    if missing:
        raise InputError(f"{path} has no column {' or '.join(missing)}.")
    with path.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    return Part(str(path), file.metadata.num_rows, digest)


def cut(parts: Sequence[Part], size: int = SLICE) -> list[Slice]:
    """All slices of these parts, in order."""
    found: list[Slice] = []
    for part in parts:
        for first in range(0, part.rows, size):
            found.append(Slice(len(found), part.path, first, min(size, part.rows - first)))
    return found


def languages_in(parts: Sequence[Part]) -> list[str]:
    """The languages that people chose, as the parts name them, in the order of their first appearance."""
    found: dict[str, None] = {}
    for part in parts:
        file = _opened(Path(part.path))
        if "language" in file.schema_arrow.names:
            for batch in file.iter_batches(columns=["language"]):
                found |= dict.fromkeys(tag for tag in batch.column(0).unique().to_pylist() if is_tag(tag))
    return list(found)


def read(part: Slice) -> list[Comment]:
    """The comments of a slice; `person` is the id where none is named. Raises InputError."""
    rows: list[Comment] = []
    try:
        for columns in _rows(part):
            for place in range(len(columns["id"])):
                rows.append(_comment({name: values[place] for name, values in columns.items()}, part))
    except pa.ArrowException as error:
        raise InputError(f"{part.path} can't be read: {str(error).splitlines()[0]}.") from None
    return rows


def _rows(part: Slice) -> Iterator[dict[str, list[str | None]]]:
    """The cells of the slice by column; of the file only the row groups that it touches are read."""
    file = _opened(Path(part.path))
    names = [name for name in (*NEEDED, *OPTIONAL) if name in file.schema_arrow.names]
    begin = 0
    for group in range(file.metadata.num_row_groups):
        end = begin + file.metadata.row_group(group).num_rows
        if begin < part.first + part.count and end > part.first:
            at = begin
            for batch in file.iter_batches(batch_size=part.count, row_groups=[group], columns=names):
                low, high = max(part.first - at, 0), min(part.first + part.count - at, len(batch))
                if low < high:
                    piece = batch.slice(low, high - low)
                    yield {name: piece.column(name).cast(pa.string()).to_pylist() for name in names}
                at += len(batch)
        begin = end


def _comment(row: dict[str, str | None], part: Slice) -> Comment:
    if not (row["id"] or "").strip():
        raise InputError(f"{part.path} has a row without an id; give each comment its own.")
    language = row.get("language")
    return Comment(
        id=row["id"] or "",
        text=row["text"] or "",
        person=row.get("person") or row["id"] or "",
        language=language if is_tag(language) else None,
        question=row.get("question") or None,
        service=row.get("service") or None,
    )


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path} is not a Parquet file: {str(error).splitlines()[0]}.") from None

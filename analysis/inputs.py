"""Comments from a CSV file: `id,text` and, where present, `person`, `language`, `question`, `service`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from analysis.language import is_tag
from analysis.records import Comment

LARGEST_CELL = 10_000_000
NEEDED = ("id", "text")


class InputError(ValueError):
    """The file can't be used; the message is one plain sentence."""


def read_rows(path: Path, needed: Sequence[str] = NEEDED, key: str | None = "id") -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8 (with or without byte order mark), cells as written.

    Raises InputError for a file that is absent, empty, not UTF-8 or broken, for a missing column, and for
    an id, in the column `key`, that is missing or stands twice.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}.") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 (byte {error.start}); save it as CSV UTF-8 and try again."
        ) from None
    if not text.strip():
        raise InputError(f"{path} is empty.")
    rows = _parse(text, path, needed)
    if not rows:
        raise InputError(f"{path} has a header but no rows.")
    if key:
        _check_ids([row[key] for row in rows], path)
    return rows


def read_comments(path: Path) -> list[Comment]:
    """One comment per row; `person` is the id where none is named. Raises InputError as `read_rows`."""
    return [
        Comment(
            id=row["id"],
            text=row["text"],
            person=row.get("person") or row["id"],
            language=row["language"] if is_tag(row.get("language")) else None,
            question=row.get("question") or None,
            service=row.get("service") or None,
        )
        for row in read_rows(path)
    ]


def _parse(text: str, path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    csv.field_size_limit(LARGEST_CELL)
    # The lines are split by the reader itself, so that line breaks inside quotes stay as written.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        missing = [name for name in needed if name not in header]
        if missing:
            raise InputError(
                f"{path} has no column {' or '.join(missing)}; its first row must name the columns."
            )
        if len(set(header)) < len(header):
            raise InputError(f"{path} names a column twice in its first row.")
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise InputError(
                    f"{path}, line {reader.line_num}: has {len(cells)} cells where {len(header)} are named."
                )
            rows.append(dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: is not CSV ({error}).") from None
    return rows


def _check_ids(ids: Sequence[str], path: Path) -> None:
    seen: set[str] = set()
    for number, each in enumerate(ids, start=1):
        if not each.strip():
            raise InputError(f"{path}, row {number} has no id; give each comment its own.")
        if each in seen:
            raise InputError(f"{path} has the id {each!r} twice; give each comment its own.")
        seen.add(each)

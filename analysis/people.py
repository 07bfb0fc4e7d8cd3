"""What people said of comments, from a file, and the run before, from the folder it was written to."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from analysis.inputs import InputError, read_rows
from analysis.records import UNSORTED, Checked, Earlier, EarlierTheme

COLUMNS = ("comment_id", "theme_ids")
YES, NO = ("1", "yes", "true"), ("", "0", "no", "false")


def read_checked(path: Path) -> list[Checked]:
    """One check a row, as `check.csv` asks for it: theme ids with | between them, the main one first, none
    where no theme fits; `random` (optional) 1 where the comment was drawn at random.

    Raises InputError as `read_rows`, and where `random` is neither yes nor no.
    """
    return [
        Checked(row["comment_id"], _ids(row["theme_ids"]), _yes(row.get("random", ""), number, path))
        for number, row in enumerate(read_rows(path, COLUMNS, "comment_id"), start=1)
    ]


def read_earlier(folder: Path) -> Earlier:
    """The run that wrote `themes.json` and `codings.csv` into this folder. Raises InputError."""
    try:
        found = json.loads((folder / "themes.json").read_text("utf-8"))
        model, kinds = found["model"], {theme["id"]: theme["kind"] for theme in found["themes"]}
    except FileNotFoundError:
        raise InputError(f"There is no analysis in {folder}: themes.json is missing.") from None
    except (OSError, ValueError, TypeError, KeyError):
        raise InputError(f"{folder / 'themes.json'} is not what an analysis wrote.") from None
    had: dict[str, set[str]] = defaultdict(set)
    read: set[str] = set()
    for row in read_rows(folder / "codings.csv", ("comment_id", "theme_id"), None):
        read.add(row["comment_id"])
        if row["theme_id"] != UNSORTED:
            had[row["theme_id"]].add(row["comment_id"])
    if strange := sorted(had.keys() - kinds.keys()):
        raise InputError(f"In {folder}, codings.csv has themes that themes.json lacks: {', '.join(strange)}.")
    return Earlier(_themes(kinds, had), model, frozenset(read))


def _themes(kinds: dict[str, Any], had: dict[str, set[str]]) -> dict[str, EarlierTheme]:
    return {theme_id: EarlierTheme(kind, frozenset(had[theme_id])) for theme_id, kind in kinds.items()}


def _ids(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in cell.split("|") if each.strip()))


def _yes(cell: str, number: int, path: Path) -> bool:
    if (said := cell.strip().lower()) not in (*YES, *NO):
        raise InputError(f"{path}, row {number}: random is {cell!r}; it must be 1 or 0.")
    return said in YES

"""The four files of an analysis. The folder holds either all of them or those of the run before."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from analysis.records import Coding, Comment, Flag, ThemeSet
from analysis.report import render

CODINGS = ("comment_id", "theme_id", "score", "start", "end", "primary")
FLAGS = ("comment_id", "topic", "score")


class OutputError(OSError):
    """The folder can't be written; the message is one plain sentence."""


def prepare(folder: Path) -> None:
    """Makes the folder and tries that it can be written, before hours of work. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise _refused(folder, error) from None


def write(folder: Path, themes: ThemeSet, comments: Sequence[Comment]) -> None:
    """Writes themes.json, codings.csv, flags.csv and report.html into `folder`. Raises OutputError."""
    files = {
        "themes.json": themes_json(themes),
        "codings.csv": codings_csv(themes.codings),
        "flags.csv": flags_csv(themes.flags),
        "report.html": render(themes, comments),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".heard-", dir=folder) as part:
            for name, text in files.items():
                Path(part, name).write_bytes(text.encode())
            for name in files:
                os.replace(Path(part, name), folder / name)
    except OSError as error:
        raise _refused(folder, error) from None


def _refused(folder: Path, error: OSError) -> OutputError:
    return OutputError(f"The folder {folder} can't be written: {error.strerror or error}.")


def themes_json(themes: ThemeSet) -> str:
    """The model and the themes, names as they are read, ids last-digit stable."""
    found = {"model": themes.model, "themes": [asdict(theme) for theme in themes.themes]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def codings_csv(codings: Sequence[Coding]) -> str:
    """One row per coding; ids are as given, so that the file joins to the one it came from."""
    return _csv(
        CODINGS,
        [(c.comment_id, c.theme_id, f"{c.score:.4f}", c.start, c.end, int(c.primary)) for c in codings],
    )


def flags_csv(flags: Sequence[Flag]) -> str:
    """One row per comment and topic that a person should read first."""
    return _csv(FLAGS, [(flag.comment_id, flag.topic, f"{flag.score:.4f}") for flag in flags])


def _csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()

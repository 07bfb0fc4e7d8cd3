"""The six files of an analysis, never some of one run beside some of another.

New files are written and flushed in a hidden folder, which is renamed when it is whole. Then the old ones
go, all of them before the first new one comes in. Who is killed in that moment leaves fewer files, and the
next run into the folder first brings in what was ready.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from analysis.records import UNSORTED, Change, Coding, Comment, Flag, ThemeSet
from analysis.report import render

CODINGS = ("comment_id", "theme_id", "score", "start", "end", "primary")
FLAGS = ("comment_id", "topic", "score")
CHECK = ("comment_id", "theme_ids", "random", "why")
CHANGES = ("comment_id", "before", "after", "why")
READY, UNREADY = ".heard-ready", ".heard-unready-"


class OutputError(OSError):
    """The folder can't be written; the message is one plain sentence."""


def prepare(folder: Path) -> None:
    """Makes the folder and tries that it can be written, before hours of work. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
        for left in folder.glob(UNREADY + "*"):
            shutil.rmtree(left)
        _bring_in(folder)
    except OSError as error:
        raise refused(folder, error) from None


def write(folder: Path, themes: ThemeSet, comments: Sequence[Comment]) -> None:
    """Writes themes.json, codings.csv, flags.csv, check.csv, changes.csv and report.html into `folder`.

    Raises OutputError.
    """
    files = {
        "themes.json": themes_json(themes),
        "codings.csv": codings_csv(themes.codings),
        "flags.csv": flags_csv(themes.flags),
        "check.csv": check_csv(themes),
        "changes.csv": changes_csv(themes.changes),
        "report.html": render(themes, comments),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=UNREADY, dir=folder) as new:
            for name, text in files.items():
                written(Path(new, name), text)
            put(folder, Path(new))
    except OSError as error:
        raise refused(folder, error) from None


def put(folder: Path, new: Path) -> None:
    """Moves all that lies in `new`, a folder within `folder`, in place of what has those names there."""
    _bring_in(folder)
    for path in new.iterdir():
        there = folder / path.name
        if there.exists() and there.is_dir() != path.is_dir():
            raise OutputError(f"The folder {folder} can't be written: {there.name} there is something else.")
    os.rename(new, folder / READY)
    _bring_in(folder)


def written(path: Path, text: str) -> None:
    """The text at this path, on disk when this returns, in one step. What is no character is escaped."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        # Half a surrogate pair can't be UTF-8; in JSON this is the very escape for it.
        file.write(text.encode("utf-8", "backslashreplace"))
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def refused(folder: Path, error: OSError) -> OutputError:
    """What to say of this fault."""
    if isinstance(error, OutputError):
        return error
    return OutputError(f"The folder {folder} can't be written: {error.strerror or error}.")


def _bring_in(folder: Path) -> None:
    """Puts in place what is ready; begun by a run that was killed, this goes on where that one stopped."""
    ready = folder / READY
    if not ready.exists():
        return
    names = [path.name for path in ready.iterdir()]
    for old in (folder / name for name in names):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
    for name in names:
        os.rename(ready / name, folder / name)
    ready.rmdir()


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


def check_csv(themes: ThemeSet) -> str:
    """What a person should check next, with the machine's themes to correct: --checked takes it back.

    Rows that nobody looked at must be taken out first, or they count as agreed to.
    """
    given: dict[str, list[str]] = defaultdict(list)
    for coding in themes.codings:
        if coding.theme_id != UNSORTED:
            given[coding.comment_id].append(coding.theme_id)
    return _csv(
        CHECK,
        [
            (asked.comment_id, "|".join(given[asked.comment_id]), int(asked.why == "random"), asked.why)
            for asked in themes.to_check
        ],
    )


def changes_csv(changes: Sequence[Change]) -> str:
    """One row per comment that has other themes than in the run before; none where there was none."""
    return _csv(CHANGES, [(c.comment_id, "|".join(c.before), "|".join(c.after), c.why) for c in changes])


def _csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

import html5lib
import pytest

from analysis import outputs
from analysis.outputs import (
    OutputError,
    changes_csv,
    check_csv,
    codings_csv,
    flags_csv,
    prepare,
    themes_json,
    write,
)  # fmt: skip
from analysis.records import UNSORTED, Change, Coding, Comment, Flag, Quote, Theme, ThemeSet, ToCheck

from .full_disk import no_file_beyond

COMMENTS = [Comment("=1+1", '  Długo 😀, "za"\ndługo ', "p", "pl"), Comment("b", "", "q")]
QUOTE = Quote("=1+1", 2, 7, "Długo", "pl")
THEME = Theme("waiting", "Waiting", "How long.", "codebook", ["długo"], 1, {"pl": 1}, [QUOTE])
CODINGS = [Coding("=1+1", "waiting", 0.5, 2, 20, True), Coding("b", UNSORTED, 0.0, 0, 0, True)]
MODEL = {"name": "words", "revision": "", "sha256": "", "fallback": True, "codebook": None, "seed": 0}
FOUND = ThemeSet(MODEL, [THEME], CODINGS, [], {"=1+1": "pl", "b": None}, {})
FILES = {"themes.json", "codings.csv", "flags.csv", "check.csv", "changes.csv", "report.html"}


def test_the_headers_are_the_ones_that_are_promised() -> None:
    assert codings_csv([]) == "comment_id,theme_id,score,start,end,primary\n"
    assert flags_csv([]) == "comment_id,topic,score\n"
    assert check_csv(FOUND) == "comment_id,theme_ids,random,why\n"
    assert changes_csv([]) == "comment_id,before,after,why\n"
    assert flags_csv([Flag("b", "harm", 0.25)]).splitlines()[1] == "b,harm,0.2500"


def test_codings_join_to_the_comments_they_came_from() -> None:
    rows = list(csv.DictReader(io.StringIO(codings_csv(CODINGS))))
    assert [row["comment_id"] for row in rows] == ["=1+1", "b"]
    assert list(rows[0].values()) == ["=1+1", "waiting", "0.5000", "2", "20", "1"]
    assert list(rows[1].values()) == ["b", "unsorted", "0.0000", "0", "0", "1"]


def test_themes_are_written_with_their_letters() -> None:
    said = themes_json(FOUND)
    assert "Długo" in said
    (theme,) = json.loads(said)["themes"]
    assert theme["quotes"] == [asdict(QUOTE)]
    assert list(theme["quotes"][0]) == ["comment_id", "start", "end", "text", "language"]


def test_a_folder_is_made_and_filled_and_filled_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    for _ in range(2):
        write(folder, FOUND, COMMENTS)
        assert {path.name for path in folder.iterdir()} == FILES


def test_a_folder_is_tried_before_the_work(tmp_path: Path) -> None:
    prepare(tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="can't be written"):
        prepare(tmp_path / "file")
    with pytest.raises(OutputError, match="can't be written"):
        write(tmp_path / "file" / "below", FOUND, COMMENTS)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def both_runs(tmp_path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What one run and what another one writes: no file is the same."""
    again = replace(
        FOUND, model=MODEL | {"seed": 1}, codings=CODINGS[:1], flags=[Flag("b", "harm", 0.5)],
        to_check=[ToCheck("b", "rare")], changes=[Change("b", (), ("waiting",), "new comments")],
    )  # fmt: skip
    write(tmp_path / "a", FOUND, COMMENTS)
    write(tmp_path / "b", again, COMMENTS[:1])
    one, two = files_of(tmp_path / "a"), files_of(tmp_path / "b")
    assert not [name for name in FILES if one[name] == two[name]]
    return one, two


@pytest.mark.parametrize("step", range(14))
def test_killed_at_any_step_it_never_leaves_a_mix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    one, two = both_runs(tmp_path)
    folder = tmp_path / "out"
    folder.mkdir()
    for name, content in {**one, "mine.txt": b"not Heard's"}.items():
        (folder / name).write_bytes(content)
    new = folder / f"{outputs.UNREADY}x"
    shutil.copytree(tmp_path / "b", new)
    left = [step]

    def perhaps(action: Callable[..., None]) -> Callable[..., None]:
        def act(*arguments: object, **options: object) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            action(*arguments, **options)

        return act

    with monkeypatch.context() as killer:
        killer.setattr("os.rename", perhaps(os.rename))
        killer.setattr("pathlib.Path.unlink", perhaps(Path.unlink))
        killer.setattr("pathlib.Path.rmdir", perhaps(Path.rmdir))
        with suppress(KeyboardInterrupt):
            outputs.put(folder, new)
    seen = {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}
    assert seen.items() <= one.items() or seen.items() <= two.items()
    prepare(folder)
    after = files_of(folder)
    assert after.pop("mine.txt") == b"not Heard's"
    assert after == (two if step else one)


def test_a_name_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    (tmp_path / "report.html" / "mine").touch()
    with pytest.raises(OutputError, match=r"report\.html there is something else"):
        write(tmp_path, FOUND, COMMENTS)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_disk_that_fills_up_keeps_the_files_of_the_run_before(tmp_path: Path) -> None:
    write(tmp_path, FOUND, COMMENTS)
    before = files_of(tmp_path)
    with no_file_beyond(400), pytest.raises(OutputError, match="can't be written"):
        write(tmp_path, replace(FOUND, model=MODEL | {"seed": 2}), COMMENTS)
    assert files_of(tmp_path) == before


def test_half_a_character_is_written_as_its_escape(tmp_path: Path) -> None:
    comment = Comment("a\ud800", "Long \udfff wait", "p", "en")
    quote = Quote(comment.id, 0, 11, comment.text, "en")
    found = ThemeSet(
        MODEL, [replace(THEME, quotes=[quote], meaning="\ud83d")],
        [Coding(comment.id, "waiting", 0.5, 0, 5, True)], [], {comment.id: "en"}, {},
    )  # fmt: skip
    write(tmp_path, found, [comment])
    (theme,) = json.loads((tmp_path / "themes.json").read_text("utf-8"))["themes"]
    assert theme["quotes"][0]["text"] == comment.text
    assert "a\\ud800,waiting" in (tmp_path / "codings.csv").read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse((tmp_path / "report.html").read_text("utf-8"))

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from analysis.outputs import OutputError, codings_csv, flags_csv, prepare, themes_json, write
from analysis.records import UNSORTED, Coding, Comment, Flag, Quote, Theme, ThemeSet

COMMENTS = [Comment("=1+1", '  Długo 😀, "za"\ndługo ', "p", "pl"), Comment("b", "", "q")]
QUOTE = Quote("=1+1", 2, 7, "Długo", "pl")
THEME = Theme("waiting", "Waiting", "How long.", "codebook", ["długo"], 1, {"pl": 1}, [QUOTE])
CODINGS = [Coding("=1+1", "waiting", 0.5, 2, 20, True), Coding("b", UNSORTED, 0.0, 0, 0, True)]
MODEL = {"name": "words", "revision": "", "sha256": "", "fallback": True, "codebook": None, "seed": 0}
FOUND = ThemeSet(MODEL, [THEME], CODINGS, [], {"=1+1": "pl", "b": None}, {})
FILES = {"themes.json", "codings.csv", "flags.csv", "report.html"}


def test_the_headers_are_the_ones_that_are_promised() -> None:
    assert codings_csv([]) == "comment_id,theme_id,score,start,end,primary\n"
    assert flags_csv([]) == "comment_id,topic,score\n"
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

"""python -m analysis group over Parquet parts and with a cache, as an owner types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import Comment
from analysis.__main__ import main

from .conftest import Cut, written


def said_by(capsys: pytest.CaptureFixture[str], code: int, *arguments: str | Path) -> str:
    assert main(["group", *map(str, arguments)]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_parts_are_sorted_by_words_where_that_is_asked_for(
    cut: Cut, said: list[Comment], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    err = said_by(capsys, 0, *cut(2, said[:80]), "--out", out, "--model", "words", "--engine", "here")
    assert "80/80" in err
    found = written(out)
    assert found["model"]["fallback"] is True
    assert found["model"]["comments"] == 80
    assert {row["comment_id"] for row in found["codings"]} == {comment.id for comment in said[:80]}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--engine", "dask"], "belong together"),
        (["--scheduler", "tcp://127.0.0.1:9"], "belong together"),
        (["--codebook", "none"], "Parts are sorted by a codebook"),
        (["--cache", "kept"], "no --cache"),
        (["--backend", "auto"], "no --backend"),
    ],
)
def test_what_does_not_go_together(
    cut: Cut, said: list[Comment], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    arguments: list[str], sentence: str,
) -> None:  # fmt: skip
    err = said_by(capsys, 2, *cut(1, said[:5]), "--out", tmp_path / "out", *arguments)
    assert sentence in err and err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_csv_and_a_part_are_not_mixed(
    cut: Cut, said: list[Comment], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "one CSV file, or Parquet parts only" in said_by(
        capsys, 2, *cut(1, said[:5]), tmp_path / "more.csv", "--out", tmp_path / "out"
    )


def test_a_model_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "said.csv").write_text("id,text\n1,hello\n")
    err = said_by(capsys, 2, tmp_path / "said.csv", "--out", tmp_path / "out", "--model", tmp_path / "none")
    assert "There is no model folder" in err


@pytest.mark.weights
def test_a_cache_says_that_it_is_secret_and_changes_nothing(
    said: list[Comment], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f'{comment.id},"{comment.text}"\n' for comment in said[:10] if '"' not in comment.text)
    (tmp_path / "said.csv").write_text("id,text\n" + rows, "utf-8")
    found = []
    for number, options in enumerate([[], ["--cache", tmp_path / "kept"], ["--cache", tmp_path / "kept"]]):
        err = said_by(capsys, 0, tmp_path / "said.csv", "--out", tmp_path / f"out{number}", *options)
        assert ("as secret as the comments" in err) is bool(options)
        out = tmp_path / f"out{number}"
        found.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert found[0] == found[1] == found[2]

"""python -m analysis codebook, as an owner types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.codebook import load_codebook


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    ended = main(["codebook", *map(str, arguments)])
    said = capsys.readouterr()
    return ended, said.out, said.err


def test_a_codebook_that_can_be_used_says_what_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    ended, said, _ = run(capsys, "check", "housing")
    assert ended == 0
    assert (
        said.startswith("housing can be used: 22 themes, ")
        and "cy 110" in said
        and "550 of them drafts" in said
    )


def test_every_fault_of_a_file_is_on_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("theme_id,name,definition,example,language\none,One,B.,a,?\none,Two,,b,en\n")
    ended, out, said = run(capsys, "check", path)
    assert (ended, out) == (2, "")
    path.write_text("theme_id,name,definition,example,language\none,One,B.,a,?\ntwo,Two,,b,en\n")
    ended, out, said = run(capsys, "check", path)
    assert said.splitlines() == [
        f"The codebook can't be used: {path}: line 2, column language: is not a language tag; "
        "write one such as en or zh-Hans;",
        f"  {path}: line 3: is missing; say in one sentence what belongs here.",
    ]


def test_a_copy_goes_to_a_table_to_a_code_file_and_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    csv, code_file, back = tmp_path / "a.csv", tmp_path / "a.qdc", tmp_path / "b.json"
    assert run(capsys, "copy", "domestic_abuse", csv)[0] == 0
    ended, said, _ = run(capsys, "convert", csv, code_file)
    assert ended == 0 and "A .qdc holds names and definitions only" in said
    assert run(capsys, "convert", code_file, back, "--with", "domestic_abuse")[0] == 0
    assert load_codebook(back).themes == load_codebook("domestic_abuse").themes


def test_themes_without_examples_are_pointed_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capsys, "copy", "housing", tmp_path / "a.qdc")
    ended, said, _ = run(capsys, "check", tmp_path / "a.qdc")
    assert ended == 0 and "their name and definition stand in for them; write some: repairs" in said


def test_nothing_is_written_when_a_file_cannot_be_used(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.qdc").write_text("<!DOCTYPE x><x/>")
    ended, _, said = run(capsys, "convert", tmp_path / "a.qdc", tmp_path / "b.json")
    assert ended == 2 and "declares a document type" in said
    assert not (tmp_path / "b.json").exists()


def test_a_file_that_is_there_is_left(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("my own work")
    ended, _, said = run(capsys, "copy", "services", path)
    assert ended == 2 and "is left as it was" in said
    assert path.read_text() == "my own work"

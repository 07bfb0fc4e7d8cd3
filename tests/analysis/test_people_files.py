"""What people said goes in and out of the command as files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.inputs import InputError
from analysis.people import read_checked, read_earlier
from analysis.records import Checked

from .conftest import CODEBOOK

WAITED = [f"I waited for hours and hours in the queue, number {n}." for n in range(6)]
KIND = [f"The lady was so kind and friendly to me, number {n}." for n in range(6)]


@pytest.fixture
def group(tmp_path: Path, codebook_file: Path):
    """group("out", ...) sorts twelve comments by words alone; the rows of one of its files."""
    comments = tmp_path / "comments.csv"
    with comments.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("id", "text"), *((f"c{n}", said) for n, said in enumerate(WAITED + KIND))]
        )

    def run(out: str, *options: str) -> int:
        return main(
            [
                "group", str(comments), "--out", str(tmp_path / out), "--model", "words",
                "--codebook", str(codebook_file), *options,
            ]
        )  # fmt: skip

    return run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_asked_can_be_handed_back(group, tmp_path: Path) -> None:
    assert group("one") == 0
    asked = rows(tmp_path / "one" / "check.csv")
    assert {row["comment_id"] for row in asked} == {f"c{n}" for n in range(12)}
    assert {row["random"] for row in asked if row["why"] == "random"} == {"1"}
    assert {row["random"] for row in asked if row["why"] != "random"} <= {"0"}
    assert group("two", "--checked", str(tmp_path / "one" / "check.csv")) == 0
    assert rows(tmp_path / "two" / "check.csv") == []
    assert rows(tmp_path / "two" / "changes.csv") == []


def test_what_a_person_corrected_moves_and_says_why(group, tmp_path: Path) -> None:
    assert group("one") == 0
    had = {row["theme_id"] for row in rows(tmp_path / "one" / "codings.csv") if row["comment_id"] == "c0"}
    known = [theme["id"] for theme in CODEBOOK["themes"]]
    other = [theme_id for theme_id in known if theme_id not in had] or known[:1]
    said = write(tmp_path / "checked.csv", f"comment_id,theme_ids\nc0,{' | '.join(other)}\nc1,\n")
    assert group("two", "--checked", str(said), "--earlier", str(tmp_path / "one")) == 0
    moved = {row["comment_id"]: row for row in rows(tmp_path / "two" / "changes.csv")}
    assert {moved[each]["why"] for each in ("c0", "c1")} == {"a person checked it"}
    assert set(moved["c0"]["after"].split("|")) == set(other) != had
    assert moved["c1"]["after"] == ""
    assert "c0" not in {row["comment_id"] for row in rows(tmp_path / "two" / "check.csv")}


def test_the_same_again_moves_nothing(group, tmp_path: Path) -> None:
    assert group("one") == 0
    assert group("two", "--earlier", str(tmp_path / "one")) == 0
    assert rows(tmp_path / "two" / "changes.csv") == []
    one, two = ((tmp_path / name / "codings.csv").read_text() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("comment_id,theme_ids\nc0,nothing\n", "nothing"),
        ("comment_id,theme_ids\nc99,\n", "c99"),
        ("comment_id,theme_ids\nc0,\nc0,\n", "c0"),
        ("comment_id,theme_ids,random\nc0,,perhaps\n", "perhaps"),
        ("comment_id\nc0\n", "theme_ids"),
        ("", "empty"),
    ],
)
def test_a_fault_in_what_people_said_is_named_and_nothing_is_written(
    group, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, says: str
) -> None:
    said = write(tmp_path / "checked.csv", content)
    assert group("out", "--checked", str(said)) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_without_an_analysis_is_refused(group, tmp_path: Path, capsys) -> None:
    assert group("out", "--earlier", str(tmp_path)) == 2
    assert "themes.json is missing" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"model": {}, "themes": [1]}', "\udcff"])
def test_a_file_that_is_no_analysis_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "themes.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match="not what an analysis wrote"):
        read_earlier(tmp_path)


def test_codings_of_another_run_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "themes.json", '{"model": {}, "themes": []}')
    write(tmp_path / "codings.csv", "comment_id,theme_id\na,elsewhere\n")
    with pytest.raises(InputError, match="elsewhere"):
        read_earlier(tmp_path)


def test_a_theme_named_twice_counts_once(tmp_path: Path) -> None:
    said = write(tmp_path / "checked.csv", "comment_id,theme_ids,random\na, x |y|x|,YES\n")
    assert read_checked(said) == [Checked("a", ("x", "y"), True)]

"""What a commissioner takes away: the same rules, and nothing that runs in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from feedback.report.downloads import harmless
from tests.support.staff import Staff

from .conftest import ANYONE, PLAN, SERVICE, many, says


def rows(person: Staff, url: str) -> list[dict[str, str]]:
    content = person.goes_to(url).response.get_data()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel would not read it as UTF-8"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_themes_carry_the_rule_and_say_what_is_hidden(heard, commissioner: Staff) -> None:
    heard(many(20, feeling="worse"), many(3, "She smiled", theme="kind"))
    waiting, kind = rows(commissioner, "/report/rated/download.csv")
    assert (waiting["theme"], waiting["responses"], waiting["left_worse"]) == (
        "Waiting and delays",
        "20",
        "20",
    )
    assert waiting["about_the_same"] == "0"
    assert kind["responses"] == ""
    assert set(kind["suppressed"].split()) >= {"responses", "share_percent"}
    for row in (waiting, kind):
        assert (row["survey"], row["survey_version"], row["analysed_on"]) == (
            "How it left you",
            "1",
            "2026-04-01",
        )
        assert "rounded to the nearest 5" in row["rule"]


def test_quotes_say_who_their_teller_chose(heard, commissioner: Staff, worker: Staff) -> None:
    heard(
        many(10),
        says("For payers.", quoted=True, reading_choice=PLAN),
        says("For the service.", quoted=True, reading_choice=SERVICE),
        says("For all.", quoted=True, reading_choice=ANYONE),
    )
    chose = {row["quote"]: row["may_be_read_by"] for row in rows(commissioner, "/report/rated/quotes.csv")}
    assert chose == {
        "For payers.": "those who plan and pay for the service",
        "For the service.": "those who plan and pay for the service, and the service",
        "For all.": "anyone, they may be published",
    }
    assert {row["quote"] for row in rows(worker, "/report/rated/quotes.csv")} == {
        "For the service.",
        "For all.",
    }


def test_a_formula_that_someone_wrote_stays_text(heard, commissioner: Staff) -> None:
    formula = '=HYPERLINK("http://evil.example","a prize")'
    heard(says(formula, quoted=True), many(9))
    [row] = rows(commissioner, "/report/rated/quotes.csv")
    assert row["quote"] == f"'{formula}"


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "  =1",
        "\u200e=1",
        "\ufeff=1",
    ],
)
def test_nothing_that_a_spreadsheet_would_run_is_left(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "It took 3-4 weeks", "انتظرت", "a = b", "20"])
def test_ordinary_words_are_left_alone(cell: str) -> None:
    assert harmless(cell) == cell


def test_commas_quotes_and_lines_come_back_whole(heard, commissioner: Staff) -> None:
    words = 'She said "no", twice,\nthen "maybe". 😀 ‏مرحبا'
    heard(says(words, quoted=True), many(9))
    assert words in {row["quote"] for row in rows(commissioner, "/report/rated/quotes.csv")}


def test_a_download_is_a_file_that_no_one_keeps_on_the_way(heard, commissioner: Staff) -> None:
    heard(many(6))
    response = commissioner.goes_to("/report/rated/download.csv").response
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"] == 'attachment; filename="rated-themes.csv"'
    assert "no-store" in response.headers["Cache-Control"]

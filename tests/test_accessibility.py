"""docs/accessibility.md promises nothing that no test holds, and forgets no criterion."""

from __future__ import annotations

import ast
import re

import pytest

from feedback.settings import ROOT

DOCUMENT = (ROOT / "docs/accessibility.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in DOCUMENT.splitlines()
    if re.match(r"\| \d\.\d", line)
]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", DOCUMENT)))
STATES = {"met", "met in part", "not met", "does not apply"}
# WCAG 2.2, levels A and AA (4.1.1 was taken out of 2.2).
CRITERIA = (
    "1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 "
    "1.4.11 1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 "
    "2.4.11 2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 "
    "3.3.4 3.3.7 3.3.8 4.1.2 4.1.3"
)


def test_every_criterion_is_there_once_with_its_state() -> None:
    assert " ".join(row[0].split(" ")[0] for row in ROWS) == CRITERIA
    assert {row[2] for row in ROWS} <= STATES
    assert {len(row) for row in ROWS} == {5}


def test_what_is_said_to_be_met_names_the_test_that_shows_it() -> None:
    assert [row[0] for row in ROWS if row[2].startswith("met") and "`tests/" not in row[3]] == []


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_every_test_that_it_names_exists(file: str, test: str) -> None:
    path = ROOT / file
    assert path.is_file()
    known = {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}
    assert not test or test in known


def test_the_statement_names_each_criterion_that_is_not_met() -> None:
    statement = (ROOT / "templates/accessibility.html").read_text(encoding="utf-8")
    failing = {row[0].split(" ")[0] for row in ROWS if row[2] == "not met"}
    assert set(re.findall(r"success criterion (\d\.\d\.\d+)", statement)) == failing


def test_nothing_less_than_all_is_called_all() -> None:
    statement = (ROOT / "templates/accessibility.html").read_text(encoding="utf-8")
    assert any(row[2] != "met" for row in ROWS) and "partially compliant" in statement

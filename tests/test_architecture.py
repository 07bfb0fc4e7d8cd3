"""The house keeps its shape: imports run one way, files stay small, routes stay thin."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [*sorted(ROOT.glob("feedback/**/*.py")), *sorted(ROOT.glob("analysis/**/*.py")), ROOT / "wsgi.py"]
WRITTEN = [path for path in SOURCES if "migrations/versions" not in path.as_posix()]
MOST_LINES = 300

MAY_IMPORT = {  # room -> rooms of feedback it may lean on; every room may lean on settings
    "survey": set(),
    "store": {"survey"},
    "web": {"store", "survey"},
    "collect": {"store", "survey", "web"},
    "report": {"store", "survey", "web"},
    "manage": {"store", "survey", "web", "jobs", "report"},
    "jobs": {"store", "survey", "web"},
    "demo": {"store", "survey", "web", "jobs", "manage"},
}
MAY_USE_ANALYSIS = {"store", "jobs", "report", "manage", "demo"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Dotted names that a file imports, relative ones made whole, wherever in the file they stand."""
    package = list(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def rooms(path: Path) -> set[str]:
    parts = (name.split(".") for name in imports(path))
    return {part[1] for part in parts if part[0] == "feedback" and len(part) > 1} & set(MAY_IMPORT)


def is_or_within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    parts = path.relative_to(ROOT).parts
    if parts[0] == "feedback" and len(parts) > 2:
        room = parts[1]
        assert rooms(path) <= MAY_IMPORT[room] | {room}
        if room not in MAY_USE_ANALYSIS:
            allowed = "analysis.personal" if room == "collect" else "nothing"
            used = [name for name in imports(path) if is_or_within(name, "analysis")]
            assert [name for name in used if not is_or_within(name, allowed)] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("analysis/**/*.py")), ids=name_of)
def test_the_analysis_is_useful_alone(path: Path) -> None:
    found = [
        name
        for name in imports(path)
        if is_or_within(name, "flask", "flask_babel", "flask_wtf", "werkzeug", "sqlalchemy", "feedback")
    ]
    assert not found


@pytest.mark.parametrize("path", sorted(ROOT.glob("feedback/**/routes*.py")), ids=name_of)
def test_a_route_builds_no_query(path: Path) -> None:
    assert not [name for name in imports(path) if is_or_within(name, "sqlalchemy", "feedback.store.models")]


@pytest.mark.parametrize("path", sorted(ROOT.glob("feedback/store/**/*.py")), ids=name_of)
def test_the_store_knows_no_page(path: Path) -> None:
    """Its __init__ hooks it into the site; nothing else there has heard of requests and templates."""
    if path == ROOT / "feedback/store/__init__.py":
        return
    assert not [name for name in imports(path) if is_or_within(name, "flask", "flask_wtf", "flask_babel")]


def test_words_are_opened_for_people_in_one_place_only() -> None:
    """Whoever unseals a comment's text decides who reads it: only these may."""
    doors = {
        name_of(path)
        for path in WRITTEN
        if path.parts[-2:] != ("store", "models.py") and "text_sealed" in path.read_text()
    }
    assert doors <= {
        "feedback/store/comments.py",  # for readers, by their teller's choice
        "feedback/store/responses.py",  # stores; opens for the person with the receipt
        "feedback/store/imports.py",  # stores
    }


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_a_file_stays_small_enough_to_hold_in_mind(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_a_file_is_named_for_its_job(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_every_function_says_what_it_returns(path: Path) -> None:
    silent = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert not silent


def test_no_page_is_ever_built_without_escaping() -> None:
    """`safe`, `Markup` and `autoescape false` are how words turn into code."""
    for path in (ROOT / "templates").glob("**/*.html"):
        source = path.read_text()
        for hole in ("|safe", "| safe", "autoescape false", "Markup("):
            assert hole not in source, f"{name_of(path)} uses {hole}"

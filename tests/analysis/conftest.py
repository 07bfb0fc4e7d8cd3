"""People who said something, a small codebook, and the real model."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from analysis import Codebook, Comment, Encoder, ThemeSet, analyse, load_codebook, load_encoder
from analysis.__main__ import main
from analysis.weights import ensure

SAID = [
    "I waited four hours and nobody told me why.",
    "The wait was far too long, I nearly went home.",
    "Waiting on the phone for an hour, then cut off.",
    "They were late again and I stood there waiting.",
    "The woman at the desk was kind and patient with me.",
    "Everyone was friendly and treated me with respect.",
    "A very polite young man helped me, so kind.",
    "The nurse was gentle and friendly to my mother.",
]
CODEBOOK: dict[str, Any] = {
    "name": "Two themes",
    "themes": [
        {
            "id": "waiting",
            "name": "Waiting",
            "definition": "How long people wait.",
            "examples": [
                {"text": "The wait was too long.", "language": "en"},
                {"text": "I had to wait for hours.", "language": "en"},
                {"text": "They came late.", "language": "en"},
                {"text": "Seen on time.", "language": "en"},
            ],
        },
        {
            "id": "kindness",
            "name": "Kindness",
            "definition": "How people are treated.",
            "examples": [
                {"text": "The staff were kind.", "language": "en"},
                {"text": "They were rude to me.", "language": "en"},
                {"text": "A friendly and polite man.", "language": "en"},
                {"text": "She treated me with respect.", "language": "en"},
            ],
        },
    ],
}
Write = Callable[..., Path]
Group = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real model through the real loader: where the weights can't be had this fails, and should."""
    return load_encoder(ensure())


@pytest.fixture(scope="session")
def two_themes() -> Codebook:
    return load_codebook(CODEBOOK)


@pytest.fixture
def codebook_file(tmp_path: Path) -> Path:
    path = tmp_path / "codebook.json"
    path.write_text(json.dumps(CODEBOOK))
    return path


@pytest.fixture
def write_csv(tmp_path: Path) -> Write:
    def write(
        rows: Sequence[Sequence[str]], header: Sequence[str] = ("id", "text"), encoding: str = "utf-8"
    ) -> Path:
        path = tmp_path / "comments.csv"
        with path.open("w", newline="", encoding=encoding) as file:
            csv.writer(file).writerows([header, *rows])
        return path

    return write


@pytest.fixture
def group(tmp_path: Path, write_csv: Write, codebook_file: Path) -> Group:
    """Runs `group` over texts as an owner would, with the real model; gives back what was written."""

    def run(texts: Sequence[str], *arguments: str) -> dict[str, Any]:
        path = write_csv([(f"c{number}", text) for number, text in enumerate(texts)])
        out = tmp_path / "out"
        options = arguments or ("--codebook", str(codebook_file))
        assert main(["group", str(path), "--out", str(out), *options]) == 0
        with (out / "codings.csv").open(newline="", encoding="utf-8") as file:
            codings = list(csv.DictReader(file))
        return {
            "themes": json.loads((out / "themes.json").read_text("utf-8")),
            "codings": codings,
            "flags": (out / "flags.csv").read_text("utf-8"),
            "report": (out / "report.html").read_text("utf-8"),
        }

    return run


def people_said(
    texts: Sequence[str], language: str | None = "en", *, readable: bool = True, start: int = 0
) -> list[Comment]:
    """Each text from another person."""
    return [
        Comment(f"c{n:03}", text, f"p{n:03}", language, readable=readable)
        for n, text in enumerate(texts, start)
    ]


def sorted_by_words(comments: Sequence[Comment], codebook: Codebook | None, seed: int = 0) -> ThemeSet:
    """The fallback: no weights needed, so quick."""
    return analyse(comments, codebook=codebook, encoder=None, seed=seed)

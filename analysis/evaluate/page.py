"""The figures as a page that can be published: Markdown, one table per file and question."""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.encode import Encoder
from analysis.evaluate.figure import Figure
from analysis.outputs import OutputError

# Where people themselves agree no better, a machine can't be shown to: what is known of it.
CEILINGS = (
    "Two trained groups of people who labelled the same responses agreed with an F1 of about .74; in one "
    "report two groups gave the same label to 55 % (published on the Consult and themefinder tools).",
    "The same text labelled twice in a set of patient comments: pairwise F1 .876 on 97 texts. No grouping "
    "measured against those labels can honestly be expected above it.",
)
LIMITS = (
    "The labelled comments are one trust's answers to two questions of one survey, in English. Another "
    "service, another question or another language can be better or worse.",
    "The sentences in several languages come from news, not from people telling of a service.",
    "The invented sentences were written by those who wrote the machine, and no native speaker has read the "
    "Welsh, Polish, Urdu, Arabic and Somali ones: what is measured on them is an upper bound.",
    "The intervals say how much a figure would move with other comments of the same kind: 95 % of 200 "
    "resamples. They know nothing of other kinds of comments.",
)


@dataclass(frozen=True)
class Section:
    """What was measured on one file: how many rows, and the figures by question."""

    title: str
    about: str
    parts: dict[str, Sequence[Figure]]


def page(sections: Sequence[Section], encoder: Encoder, command: str, on: date) -> str:
    """The whole page."""
    lines = [
        "# How well the analysis agrees with people",
        "",
        f"Measured on {on.isoformat()} with `{command}`; model {encoder.name}, SHA-256 `{encoder.sha256}`.",
        "Figures under their aim are marked **short**.",
        "",
        "What people themselves reach:",
        "",
        *(f"- {sentence}" for sentence in CEILINGS),
        "",
        "What these figures can't say:",
        "",
        *(f"- {sentence}" for sentence in LIMITS),
    ]
    for section in sections:
        lines += ["", f"## {section.title}", "", section.about]
        for name, figures in section.parts.items():
            if figures:
                lines += ["", f"### {name.capitalize()}", "", *_table(figures)]
    return "\n".join(lines) + "\n"


def write_page(path: Path, text: str) -> None:
    """Writes the page whole or not at all. Raises OutputError."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as part:
            part.write(text)
        os.chmod(part.name, 0o644)
        os.replace(part.name, path)
    except OSError as error:
        raise OutputError(f"The page {path} can't be written: {error.strerror or error}.") from None


def _table(figures: Sequence[Figure]) -> list[str]:
    rows = ["| figure | value | 95 % interval | aim | |", "|---|---|---|---|---|"]
    return rows + [
        f"| {_cell(figure.name)} | {_number(figure.value)} | {_number(figure.low)} to {_number(figure.high)} "
        f"| {_aim(figure)} | {_verdict(figure)} |"
        for figure in figures
    ]


def _aim(figure: Figure) -> str:
    if figure.reach is None:
        return ""
    return f"{'at most' if figure.at_most else 'at least'} {_number(figure.reach)}"


def _verdict(figure: Figure) -> str:
    short = "**short**" if figure.is_reached is False else ""
    return " ".join(part for part in (short, _cell(figure.note)) if part)


def _number(value: float) -> str:
    return "not known" if math.isnan(value) else f"{value:.3f}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

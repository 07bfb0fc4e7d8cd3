"""Reads a CSV of comments that an organisation holds; says of each bad row where it is and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from feedback.store.imports import HeldComment
from feedback.survey.definition import Survey
from feedback.web.languages import LANGUAGES

from .months import months_before

MOST_BYTES = 50_000_000
LONGEST = 20_000
LONGEST_ID = 200


class UnreadableFile(Exception):
    """Nothing of the file can be used; the message says what to do."""


@dataclass(frozen=True)
class Columns:
    """What the file calls each thing."""

    id: str = "id"
    text: str = "text"
    language: str = "language"
    service: str = "service"
    date: str = "date"


@dataclass(frozen=True)
class Refusal:
    line: int
    reason: str


@dataclass
class Reading:
    good: list[HeldComment] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class RefusedRow(Exception):
    """Why a row can't be taken."""


def read(path: Path, survey: Survey, columns: Columns, language: str, today: date) -> Reading:
    reading = Reading()
    first_line: dict[str, int] = {}
    for line, row in rows(path, columns):
        try:
            comment = check(row, survey, columns, language, today)
            if comment.row_id in first_line:
                raise RefusedRow(
                    f"{columns.id} {comment.row_id} is on line {first_line[comment.row_id]} already"
                )
        except RefusedRow as refusal:
            reading.refused.append(Refusal(line, str(refusal)))
        else:
            first_line[comment.row_id] = line
            reading.good.append(comment)
    return reading


def rows(path: Path, columns: Columns) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with the line it begins on."""
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), strict=True, restkey="", restval="")
    try:
        names = reader.fieldnames or []
        for wanted in (columns.id, columns.text):
            if wanted not in names:
                raise UnreadableFile(
                    f"{path} has no column called {wanted}. It has: {', '.join(names) or 'none'}."
                )
        line = reader.line_num + 1
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(f"{path} is not a proper CSV near line {reader.line_num}: {error}.") from None


def read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile(
                f"{path} is over {MOST_BYTES // 1_000_000} MB. Split it and import the parts."
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"{path} is not UTF-8 text. Save it as CSV UTF-8.") from None
    except OSError as error:
        raise UnreadableFile(f"{path} can't be read: {error.strerror}.") from None


def check(
    row: Mapping[str, str], survey: Survey, columns: Columns, language: str, today: date
) -> HeldComment:
    if row.get(""):
        raise RefusedRow("has more cells than the first line has names")
    row_id = row[columns.id].strip()
    text = row[columns.text].replace("\0", "").strip()
    tag = row.get(columns.language, "").strip() or language
    service = row.get(columns.service, "").strip() or None
    if not row_id:
        raise RefusedRow(f"has no {columns.id}")
    if len(row_id) > LONGEST_ID:
        raise RefusedRow(f"{columns.id} is over {LONGEST_ID} characters")
    if not text:
        raise RefusedRow(f"{columns.text} is empty")
    if len(text) > LONGEST:
        raise RefusedRow(f"{columns.text} is over {LONGEST:,} characters")
    if tag not in LANGUAGES:
        raise RefusedRow(f"{columns.language} {tag} is not a language known here")
    if service is not None and survey.service(service) is None:
        raise RefusedRow(f"{columns.service} {service} is not a service of this survey")
    return HeldComment(
        row_id, text, tag, service, day_of(row.get(columns.date, "").strip(), survey, columns, today)
    )


def day_of(written: str, survey: Survey, columns: Columns, today: date) -> date:
    if not written:
        return today
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise RefusedRow(f"{columns.date} {written} is not a day written like 2026-03-31") from None
    if day > today:
        raise RefusedRow(f"{columns.date} {written} has not come yet")
    if survey.keep_months is not None and day < months_before(today, survey.keep_months):
        raise RefusedRow(f"{columns.date} {written} is longer ago than this survey keeps words")
    return day

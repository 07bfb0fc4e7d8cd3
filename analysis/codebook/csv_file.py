"""A codebook as a table, one example a row, that opens in any spreadsheet and comes back whole.

Columns: `theme_id,name,definition,not,example,language`, and where there is something to say `question`,
`draft` (yes: no speaker has read it), `guid`, and `name:cy` and so on for the name in another language;
`name:ro (draft)` where no speaker has read the names and no example says so.
Name, definition and so on are given in the first row of a theme or in each of its rows.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from analysis.codebook.checks import checked
from analysis.codebook.model import Codebook, CodebookError, CodebookTheme, Example

NEEDED = ("theme_id", "name", "definition", "example", "language")
OF_THEME = {"theme_id": "id", "name": "name", "definition": "definition", "not": "not", "guid": "guid"}
OF_EXAMPLE = {"example": "text", "language": "language", "question": "question"}
NAME_IN = "name:"
UNREAD = " (draft)"
YES = {"yes": True, "no": False, "": False}
SEPARATORS = ",;\t"
# A spreadsheet runs a cell that starts with one of these, also in full width and behind unseen characters.
# Such a cell gets a quote mark in front, one that had them already gets one more; reading takes one off.
_UNSEEN = " \u00a0\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff"
_FORMULA = re.compile(rf"'*[{_UNSEEN}]*[=+\-@\t\r\n＝＋－＠﹣﹢]")


def read_csv(raw: bytes, name: str = "") -> Codebook:
    """The codebook in these bytes (UTF-8, with or without a byte order mark; comma, semicolon or tab).

    A table has no place for a codebook's own name, so that is given. Raises CodebookError: each fault by
    line and column.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CodebookError(["The file is not UTF-8; save it as “CSV UTF-8”"]) from None
    table = _Table(text)
    if table.faults:
        raise CodebookError(table.faults)
    drafts = dict.fromkeys(
        [*(e["language"] for e in table.examples() if e.get("draft")), *table.unread_names]
    )
    head: dict[str, Any] = {"name": name} if name else {}
    return checked(head | {"drafts": list(drafts), "themes": table.themes}, table.places)


class _Table:
    """Rows put together into themes, as JSON has them, with the place of each part."""

    def __init__(self, text: str) -> None:
        self.themes: list[dict[str, Any]] = []
        self.places: dict[str, str] = {}
        self.faults: list[str] = []
        self.unread_names: list[str] = []
        self._number: dict[str, int] = {}
        first_line = text.split("\n", 1)[0]
        separator = max(SEPARATORS, key=first_line.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        line = 1
        try:
            header = [cell.strip() for cell in next(reader, [])]
            if not self._header_is_good(header):
                return
            self.unread_names = [_tag(column) for column in header if column.endswith(UNREAD)]
            line = reader.line_num + 1
            for cells in reader:
                self._row(line, header, [_plain(cell) for cell in cells])
                line = reader.line_num + 1
        except csv.Error as error:
            self.faults.append(f"line {line}: is not proper CSV ({error}); check its quote marks")
        if not self.themes and not self.faults:
            self.faults.append("line 2: is missing; write one row for each example")

    def examples(self) -> Iterator[dict[str, Any]]:
        return (example for theme in self.themes for example in theme["examples"])

    def _header_is_good(self, header: list[str]) -> bool:
        for column in NEEDED:
            if column not in header:
                self.faults.append(f"line 1: has no column {column}; it needs {', '.join(NEEDED)}")
        for column in dict.fromkeys(header):
            known = column in OF_THEME or column in OF_EXAMPLE or column == "draft"
            if not known and not column.startswith(NAME_IN):
                self.faults.append(f"line 1: column {column[:40]!r} is not known here; take it out")
            elif header.count(column) > 1:
                self.faults.append(f"line 1: column {column[:40]!r} is there twice; take one out")
        return not self.faults

    def _row(self, line: int, header: list[str], cells: list[str]) -> None:
        if not any(cell.strip() for cell in cells):
            return
        if len(cells) > len(header):
            self.faults.append(
                f"line {line}: has more cells than line 1; put words with commas in quote marks"
            )
            return
        row = dict(zip(header, cells, strict=False))
        theme_id = row["theme_id"].strip()
        if not theme_id:
            self.faults.append(f"line {line}, column theme_id: is empty; say which theme this is")
            return
        if theme_id not in self._number:
            self._number[theme_id] = len(self.themes)
            self.places[f"themes[{len(self.themes)}]"] = f"line {line}"
            self.themes.append({"id": theme_id, "examples": []})
        number = self._number[theme_id]
        self._add_to_theme(line, number, row | {"theme_id": theme_id})
        if row.get("example", "").strip():
            self._add_example(line, number, row)

    def _add_to_theme(self, line: int, number: int, row: dict[str, str]) -> None:
        theme, path = self.themes[number], f"themes[{number}]"
        for column, value in row.items():
            if not value.strip():
                continue
            if column in OF_THEME:
                self._put(theme, OF_THEME[column], value, f"{path}.{OF_THEME[column]}", line, column)
            elif column.startswith(NAME_IN):
                tag = _tag(column)
                self._put(theme.setdefault("names", {}), tag, value, f"{path}.names.{tag}", line, column)

    def _put(self, into: dict[str, Any], key: str, value: str, path: str, line: int, column: str) -> None:
        if key in into and into[key] != value:
            first = self.places.get(path, "an earlier line")
            self.faults.append(
                f"line {line}, column {column}: is different from {first} for the same theme_id; "
                "make them one, or give the theme another id"
            )
        elif key not in into or path not in self.places:
            into[key] = value
            self.places[path] = f"line {line}, column {column}"

    def _add_example(self, line: int, number: int, row: dict[str, str]) -> None:
        examples = self.themes[number]["examples"]
        path = f"themes[{number}].examples[{len(examples)}]"
        example: dict[str, Any] = {
            key: row[column] if column == "example" else row[column].strip()
            for column, key in OF_EXAMPLE.items()
            if row.get(column, "").strip()
        }
        draft = row.get("draft", "").strip().lower()
        if draft not in YES:
            self.faults.append(f"line {line}, column draft: must be yes, no or empty")
        elif YES[draft]:
            example["draft"] = True
        self.places |= {f"{path}.{key}": f"line {line}, column {name}" for name, key in OF_EXAMPLE.items()}
        examples.append(example)


def write_csv(codebook: Codebook) -> bytes:
    """UTF-8 with a byte order mark, without which Excel reads it as something else."""
    tags = dict.fromkeys(tag for theme in codebook.themes for tag in theme.names)
    optional = {
        "question": any(e.question for theme in codebook.themes for e in theme.examples),
        "draft": any(e.draft for theme in codebook.themes for e in theme.examples),
        "guid": any(theme.guid for theme in codebook.themes),
    }
    columns = ["theme_id", "name", "definition", "not", "example", "language"]
    columns += [column for column, wanted in optional.items() if wanted]
    said = {example.language for theme in codebook.themes for example in theme.examples if example.draft}
    unread = set(codebook.drafts) - said
    columns += [_column(tag, unread) for tag in tags]
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    for theme in codebook.themes:
        about = _about(theme) | {_column(tag, unread): name for tag, name in theme.names.items()}
        for example in theme.examples:
            writer.writerow({key: _safe(value) for key, value in (about | _shown(example)).items()})
    return buffer.getvalue().encode("utf-8-sig")


def _about(theme: CodebookTheme) -> dict[str, str]:
    about = {"theme_id": theme.id, "name": theme.name, "definition": theme.definition}
    return about | {"not": theme.exclusions, "guid": theme.guid or ""}


def _column(tag: str, unread: set[str]) -> str:
    return NAME_IN + tag + (UNREAD if tag in unread else "")


def _tag(column: str) -> str:
    return column.removeprefix(NAME_IN).removesuffix(UNREAD)


def _shown(example: Example) -> dict[str, str]:
    return {
        "example": example.text,
        "language": example.language,
        "question": example.question or "",
        "draft": "yes" if example.draft else "",
    }


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

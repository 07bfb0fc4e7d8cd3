"""A survey's texts as files: PO for translators' programs, spreadsheets for everybody."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from .cells import BYTE_ORDER_MARK, as_written, harmless
from .loading import SurveyError
from .translating import Entry, Row

COLUMNS = ("key", "source", "translation", "note")
MOST_BYTES = 2_000_000
MOST_UNPACKED = 2_000_000  # a long survey's has 60,000; millions of empty cells would take a minute to read
MOST_ROWS = 5_000
WIDTHS = (38, 60, 60, 50)  # of the columns, in letters
MEDIA = {
    "po": "text/x-gettext-translation; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Texts:
    rows: list[Row]
    language: str = ""  # which one the file itself says it is in, where it does


def written(kind: str, entries: Sequence[Entry], language: str, title: str) -> bytes:
    makers: dict[str, Callable[[Sequence[Entry], str, str], bytes]] = {"po": po, "xlsx": xlsx, "csv": as_csv}
    return makers[kind](entries, language, title)


def read(kind: str, file: bytes) -> Texts:
    """Raises SurveyError where the file as a whole can't be read."""
    if len(file) > MOST_BYTES:
        raise SurveyError([f"the file is over {MOST_BYTES // 1_000_000} MB: it can't be this survey's texts"])
    readers: dict[str, Callable[[bytes], Texts]] = {"po": from_po, "xlsx": from_xlsx, "csv": from_csv}
    if kind not in readers:
        raise SurveyError(["choose a file that ends in .po, .xlsx or .csv"])
    return readers[kind](file)


def po(entries: Sequence[Entry], language: str, title: str) -> bytes:
    catalogue = Catalog(project=title, charset="utf-8", fuzzy=False)
    catalogue.header_comment = f"# {title}"
    # "en-x-easy" is English to translators' programs, and no locale at all to Babel.
    catalogue.mime_headers = [("Language", language.partition("-x-")[0]), ("X-Generator", "Heard")]
    for entry in entries:
        was = entry.was
        catalogue.add(
            entry.source,
            was.translation if was else entry.translation,
            flags=["fuzzy"] if was else [],
            auto_comments=[entry.note],
            previous_id=[was.source] if was else [],
            context=entry.key,
        )
    file = io.BytesIO()
    write_po(file, catalogue, width=100, include_previous=True)
    return file.getvalue()


def from_po(file: bytes) -> Texts:
    try:
        catalogue = read_po(io.StringIO(as_text(file)), abort_invalid=True)
    except (PoFileError, ValueError, IndexError, KeyError, TypeError) as error:
        raise SurveyError([f"this is no PO file that can be read: {error}"]) from None
    rows, faults = [], []
    for message in catalogue:
        if not message.id:
            continue
        place = f"line {message.lineno}"
        if not isinstance(message.id, str) or not isinstance(message.string or "", str):
            faults.append(f"{place}: {message.context}: has plural forms, but this survey's texts have none")
        elif not message.context:
            faults.append(f"{place}: says no msgctxt, so we can't tell which text it is: keep those lines")
        else:  # a fuzzy one is a guess, so it says nothing
            said = "" if message.fuzzy else str(message.string or "")
            rows.append(Row(place, message.context, message.id, said))
    return Texts(known(rows, faults), catalogue.locale_identifier or "")


def as_csv(entries: Sequence[Entry], _language: str, _title: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in cells(entry)] for entry in entries)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def from_csv(file: bytes) -> Texts:
    text = as_text(file)
    first = text.partition("\n")[0]
    semicolons = first.count(";") > first.count(",")  # as Excel writes it in much of Europe
    try:
        lines = list(
            csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",", strict=True)
        )
    except csv.Error as error:
        raise SurveyError([f"this is no table that can be read: {error}"]) from None
    return Texts(from_table((number, list(line)) for number, line in enumerate(lines, start=1)))


def xlsx(entries: Sequence[Entry], language: str, title: str) -> bytes:
    from openpyxl import Workbook  # only who translates needs it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[^\w-]", " ", language)[:31])
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width

    def cell(text: str, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=text)
        made.data_type = "s"  # text, whatever it starts with
        made.quotePrefix = True
        made.alignment, made.font = Alignment(wrap_text=True, vertical="top"), Font(bold=bold)
        return made

    sheet.append([cell(column, bold=True) for column in COLUMNS])
    for entry in entries:
        sheet.append([cell(text) for text in cells(entry)])
    book.properties.title = title
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def from_xlsx(file: bytes) -> Texts:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise SurveyError(
                    ["the file is far larger inside than it looks: copy its four columns to a new one"]
                )
            if any(b"<!DOCTYPE" in parts.read(part) for part in parts.namelist() if part.endswith(".xml")):
                raise SurveyError(["the file holds a document type, which no spreadsheet program writes"])
        sheet = load_workbook(io.BytesIO(file), read_only=True).worksheets[0]
        lines = [
            (row[0].row, ["=" if cell.data_type == "f" else cell.value for cell in row])
            for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=20)
            if row and hasattr(row[0], "row")
        ]
    except SurveyError:
        raise
    except Exception:  # openpyxl raises whatever the broken part led it to
        raise SurveyError(["this is no .xlsx spreadsheet that can be read: save it anew as .xlsx"]) from None
    return Texts(from_table(lines), sheet.title)


def from_table(lines: Iterable[tuple[int, list[Any]]]) -> list[Row]:
    rows: list[Row] = []
    faults: list[str] = []
    columns: dict[str, int] | None = None
    for number, line in lines:
        if columns is None:
            heads = [str(head or "").strip().lower() for head in line]
            missing = [column for column in COLUMNS[:3] if column not in heads]
            if missing:
                raise SurveyError([f"row 1: there is no column “{missing[0]}”: keep the first row as it was"])
            columns = {column: heads.index(column) for column in COLUMNS[:3]}
            continue
        values = [line[place] if place < len(line) else None for place in columns.values()]
        if not any(values):
            continue
        if len(rows) == MOST_ROWS:
            raise SurveyError([f"there are more than {MOST_ROWS} rows: it can't be this survey's texts"])
        if any(value is not None and not isinstance(value, str | int | float) for value in values):
            faults.append(f"row {number}: {values[0]}: holds a date or a mark instead of words: type it anew")
            continue
        key, source, translation = (as_written("" if value is None else str(value)) for value in values)
        if translation == "=":
            faults.append(f"row {number}: {key}: holds a formula instead of words: type it anew")
            continue
        rows.append(Row(f"row {number}", key.strip(), source, translation))
    return known(rows, faults)


def known(rows: list[Row], faults: list[str]) -> list[Row]:
    if faults:
        raise SurveyError(faults)
    if not rows:
        raise SurveyError(["there is no text in this file"])
    return rows


def cells(entry: Entry) -> tuple[str, str, str, str]:
    was = entry.was
    before = (
        f" Our words changed: they were “{was.source}”, translated as “{was.translation}”." if was else ""
    )
    return entry.key, entry.source, entry.translation, entry.note + before


def as_text(file: bytes) -> str:
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SurveyError(["the file is not UTF-8 text: save it as UTF-8"]) from None

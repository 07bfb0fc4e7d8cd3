"""Owners take a codebook away, change it in what they have, and bring it back."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from analysis.codebook import (
    FOLDER,
    KINDS,
    MOST_BYTES,
    SHIPPED,
    Codebook,
    CodebookError,
    CodebookTheme,
    Example,
    decode,
    encode,
    load_codebook,
    read_file,
    write_file,
)

SCHEMA = Path(__file__).parents[3] / "shared" / "data" / "refi_qda" / "Codebook.xsd"
HEADER = "theme_id,name,definition,not,example,language\r\n"
AWKWARD = [
    "=HYPERLINK(1)", "'=1", "''=1", "+44", "-1", "@sum", "\t=1", "\u200f=1", " =1", "＝1", "'quoted'",
    "plain", 'one, "two"; three\tfour', "two\nlines", "two\r\nlines", "a\rb", " space around ", "]]>&<'\"",
    "مرحبا \u202eبكم", "👩‍👩‍👧 e\u0301",
]  # fmt: skip


def by_what_is_said(value: object) -> str:
    """Names a case without megabytes in its name."""
    return value if isinstance(value, str) else "file"


def theme(theme_id: str = "one", texts: list[str] | None = None, **more: Any) -> CodebookTheme:
    examples = tuple(Example(text, "en") for text in texts or ["It was cold."])
    return CodebookTheme(theme_id, more.pop("name", f"Theme {theme_id}"), "What belongs.", examples, **more)


def faults(raw: bytes, kind: str) -> list[str]:
    with pytest.raises(CodebookError) as refused:
        decode(raw, kind)
    return refused.value.faults


def table(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\r\n" for row in rows)).encode()


def qdc(codes: str, before: str = "", namespace: str = "urn:QDA-XML:codebook:1.0") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}\n'
        f'<CodeBook xmlns="{namespace}">\n<Codes>\n{codes}\n</Codes>\n</CodeBook>'
    ).encode()


def code(number: int, name: str, inside: str = "", codable: str = "true") -> str:
    guid = f"00000000-0000-4000-8000-{number:012}"
    return f'<Code guid="{guid}" name="{name}" isCodable="{codable}">{inside}</Code>'


@pytest.mark.parametrize("name", SHIPPED)
def test_json_brings_everything_back_and_is_laid_out_as_we_write_it(name: str) -> None:
    codebook = load_codebook(name)
    raw = encode(codebook, ".json")
    assert decode(raw, ".json").codebook == codebook
    assert raw == (FOLDER / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_table_brings_the_themes_back_whole(name: str) -> None:
    codebook = load_codebook(name)
    back = decode(encode(codebook, ".csv"), ".csv", name=codebook.name).codebook
    assert (back.themes, back.name, back.drafts) == (codebook.themes, codebook.name, codebook.drafts)


@pytest.mark.parametrize("kind", [".json", ".csv"])
def test_awkward_words_come_back_as_they_were(kind: str) -> None:
    themes = (
        theme("one", AWKWARD, exclusions="-1", names={"cy": "=A1", "zh-Hans": "冷"}),
        theme("two", ["a"], guid="0123abcd-0000-4000-8000-0123456789ab", name="+Two"),
    )
    codebook = Codebook(themes)
    assert decode(encode(codebook, kind), kind).codebook.themes == themes


def test_no_cell_of_a_table_can_be_run_as_a_formula() -> None:
    raw = encode(Codebook((theme("one", AWKWARD, name="=1+1"),)), ".csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(raw, newline="")):
        for cell in row:
            assert not re.match(r"[\s\u200b-\u200f]*[=+\-@＝]|[\t\r\n]", cell), cell


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_from_any_spreadsheet_is_understood(mark: str, separator: str) -> None:
    rows = [HEADER.strip().split(","), ["one", "One", "Belongs.", "", "It was cold.", "en"], ["one"] * 0]
    rows += [["one", "", "", "", "Zimno było.", "pl"], [" "] * 6]
    text = mark + "\n".join(separator.join(row) for row in rows)
    [only] = decode(text.encode(), ".csv").codebook.themes
    assert [(example.text, example.language) for example in only.examples] == [
        ("It was cold.", "en"),
        ("Zimno było.", "pl"),
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (table("one,One,Belongs.,,,en"), "line 2: must be a list with at least one example"),
        (table("one,One,Belongs.,,It was cold.,"), "line 2, column language: is missing"),
        (table("one,One,Belongs.,,It was cold.,English!"), "line 2, column language: is not a language tag"),
        (table(",One,Belongs.,,It was cold.,en"), "line 2, column theme_id: is empty"),
        (table("one,,Belongs.,,It was cold.,en"), "line 2: is missing; give the theme a name"),
        (table("one,One,Belongs.,,a,en", "one,Two,,,b,en"), "line 3, column name: is different from line 2"),
        (table("a b,One,Belongs.,,a,en"), "line 2, column theme_id: may hold letters"),
        (table("unsorted,One,Belongs.,,a,en"), "line 2, column theme_id: is kept for"),
        (table(f"one,One,Belongs.,,{'a' * 60_000},en"), "line 2, column example: is longer than 2000"),
        (table(f"one,One,Belongs.,,{'a' * 200_000},en"), "line 2: is not proper CSV"),
        (table("one,One,Belongs.,,a\0b,en"), "line 2, column example: holds a broken character"),
        (table('one,One,"Two\nlines",,a,en', "two,Two,B.,,b"), "line 4, column language: is missing"),
        (table('one,One,Belongs.,,"a,en'), "line 2: is not proper CSV"),
        (table("one,One,Belongs.,,a,en,more"), "line 2: has more cells than line 1"),
        (table(), "line 2: is missing"),
        (b"", "line 1: has no column theme_id"),
        (b"id,text\n1,a\n", "line 1: has no column theme_id"),
        (HEADER.replace("not", "exampel").encode(), "line 1: column 'exampel' is not known here"),
        (HEADER.replace("not", "name").encode(), "line 1: column 'name' is there twice"),
        (b"\xff\xfet\0h\0", "The file is not UTF-8"),
        (b"a" * (MOST_BYTES + 1), "The file is larger than 5 MB"),
    ],
    ids=by_what_is_said,
)
def test_a_table_that_cannot_be_used_is_told_where(raw: bytes, said: str) -> None:
    assert [fault for fault in faults(raw, ".csv") if fault.startswith(said)], faults(raw, ".csv")


def test_every_fault_of_a_table_is_named_at_once() -> None:
    raw = table("one,One,Belongs.,,a,?", "one,,,,b,", "two,Two,,,c,en")
    assert [fault.split(":")[0] for fault in faults(raw, ".csv")] == [
        "line 2, column language",
        "line 3, column language",
        "line 4",
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_we_export_is_what_the_official_schema_asks_for(name: str) -> None:
    if not SCHEMA.exists():
        pytest.skip(f"the official REFI-QDA schema is not here ({SCHEMA})")
    schema = etree.XMLSchema(file=SCHEMA)
    schema.assertValid(etree.fromstring(encode(load_codebook(name), ".qdc")))
    schema.assertValid(etree.fromstring(encode(Codebook((theme("one", name=AWKWARD[-3]),)), ".qdc")))


@pytest.mark.parametrize("name", SHIPPED)
def test_an_export_that_comes_back_unchanged_changes_nothing(name: str) -> None:
    codebook = load_codebook(name)
    back = decode(encode(codebook, ".qdc"), ".qdc", known=codebook)
    assert (back.codebook.themes, back.codebook.name) == (codebook.themes, codebook.name)
    assert back.without_examples == ()


def test_a_code_file_has_no_examples_so_name_and_definition_stand_in_and_that_is_said() -> None:
    codes = code(1, "Zimno w domu", "<Description>Chłód i wilgoć.</Description>") + code(2, "Spokój")
    read = decode(qdc(codes), ".qdc", language="pl")
    cold, calm = read.codebook.themes
    assert [example.text for example in cold.examples] == ["Zimno w domu", "Chłód i wilgoć."]
    assert (calm.definition, [example.language for example in calm.examples]) == ("Spokój", ["pl"])
    assert read.without_examples == (cold.id, calm.id) == ("zimno-w-domu", "spokoj")


def test_codes_inside_codes_become_themes_and_groups_are_named() -> None:
    inner = code(2, "Manner") + code(3, "Time", code(4, "Manner"))
    read = decode(qdc(code(1, "Staff", inner, codable="false")), ".qdc")
    assert [theme.name for theme in read.codebook.themes] == [
        "Staff: Manner",
        "Time",
        "Staff: Time: Manner",
    ]
    assert read.groups == ("Staff",)


def test_a_code_keeps_its_guid_on_the_way_in_and_out() -> None:
    first = decode(qdc(code(1, "Cold") + code(2, "برد")), ".qdc").codebook
    again = decode(encode(first, ".qdc"), ".qdc").codebook
    assert [theme.guid for theme in again.themes] == [f"00000000-0000-4000-8000-{n:012}" for n in (1, 2)]
    assert [theme.id for theme in first.themes] == ["cold", "code-00000000"]


def test_a_theme_renamed_elsewhere_keeps_its_examples_but_not_its_old_name_in_other_languages() -> None:
    ours = load_codebook("housing")
    raw = encode(ours, ".qdc").replace(b'name="Damp, mould and cold"', b'name="Cold homes"')
    after = {theme.id: theme for theme in decode(raw, ".qdc", known=ours).codebook.themes}
    before = {theme.id: theme for theme in ours.themes}
    assert after["damp"].name == "Cold homes"
    assert after["damp"].examples == before["damp"].examples
    assert (after["damp"].names, after["rent"].names) == ({}, before["rent"].names)


BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (qdc(code(1, "&b;"), before=BILLION), "line 1: declares a document type, which can do harm"),
        (qdc(code(1, "&a;"), before=OUTSIDE), "line 1: declares a document type, which can do harm"),
        (qdc(code(1, "x"), before='<!DOCTYPE x SYSTEM "http://x.example/">'), "line 1: declares a document"),
        (qdc(code(1, "&undeclared;")), "line 4, column"),
        (qdc("<Code>" * 2000 + "</Code>" * 2000), "line 4: is more than 100 deep"),
        (qdc(code(1, "a") + "\n" + code(1, "b")), "line 5: has the guid of line 4"),
        (qdc('<Code name="a" isCodable="true"/>'), "line 4: a code has no guid"),
        (qdc(code(1, " ")), "line 4: a code has no name"),
        (qdc(code(1, "a" * 60_000)), "line 4: the name is longer than 2000"),
        (qdc(code(1, "a", f"<Description>{'b' * 60_000}</Description>")), "line 4, code 'a': is longer"),
        (qdc(code(1, "a", codable="false")), "line 1: holds no code"),
        (qdc(code(1, "a"), namespace="urn:QDA-XML:project:1.0"), "line 2: is not the <CodeBook>"),
        (b"<html></html>", "line 1: is not the <CodeBook>"),
        (b"", "line 1, column 1: is not XML"),
        (b"PK\x03\x04", "line 1, column 3: is not XML"),
        (b'<?xml version="1.0" encoding="klingon"?><CodeBook/>', "line 1, column"),
        (qdc(code(1, "a\x00b")), "line 4, column"),
    ],
    ids=by_what_is_said,
)
def test_a_code_file_that_cannot_be_used_is_told_where(raw: bytes, said: str) -> None:
    assert [fault for fault in faults(raw, ".qdc") if fault.startswith(said)], faults(raw, ".qdc")


def test_other_encodings_of_a_code_file_are_read() -> None:
    text = qdc(code(1, "Café")).decode().replace("utf-8", "utf-16")
    assert decode(text.encode("utf-16"), ".qdc").codebook.themes[0].name == "Café"


def test_a_fault_of_json_has_its_line_and_column() -> None:
    assert faults(b'{"themes": [\n  {"id" "x"}]}', ".json")[0].startswith("line 2, column 9: is not JSON")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_written_whole_and_never_over_another(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"mine{kind}"
    write_file(load_codebook("housing"), path)
    before = path.read_bytes()
    with pytest.raises(CodebookError, match="is there already and is left as it was"):
        write_file(load_codebook(), path)
    assert path.read_bytes() == before
    assert read_file(path).codebook.themes[0].name == load_codebook("housing").themes[0].name
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("name", "said"), [("mine.txt", "ends in none of"), ("no/such.csv", "can't be written")]
)
def test_what_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(CodebookError, match=said):
        write_file(load_codebook(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_is_json_that_anyone_can_edit(tmp_path: Path) -> None:
    write_file(load_codebook("services"), tmp_path / "mine.json")
    document = json.loads((tmp_path / "mine.json").read_text("utf-8"))
    document["themes"] = document["themes"][:2]
    assert len(load_codebook(document).themes) == 2

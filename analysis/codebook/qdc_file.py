"""A codebook as REFI-QDA `.qdc`, which programs for qualitative data analysis exchange (version 1.5).

Such a file holds names, descriptions and a tree of codes, but no examples and no languages. Its XML may
declare nothing of its own: a document type, and with it every entity, is refused before it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from analysis.codebook.checks import GUID, LONGEST_TEXT, RESERVED, checked
from analysis.codebook.model import Codebook, CodebookError, CodebookTheme

NAMESPACE = "urn:QDA-XML:codebook:1.0"
NOT_HERE = "\n\nNot here: "
DEEPEST = 100
_ENDS = {"\r": "&#13;"}


@dataclass
class Code:
    """One <Code>. `line` is where it starts."""

    line: int
    name: str
    guid: str
    is_codable: bool
    parents: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True)
class Exchanged:
    """`without_examples`: ids of themes whose only examples are their own name and definition.

    `groups`: names of codes that only hold others together, which did not become themes.
    """

    codebook: Codebook
    without_examples: tuple[str, ...]
    groups: tuple[str, ...]


def read_qdc(raw: bytes, name: str = "", language: str = "en", known: Codebook | None = None) -> Exchanged:
    """The codes of a file as themes, whose words are in `language`.

    A theme of `known` with the same guid keeps its id, examples and, while its name is the same, that name
    in other languages. Raises CodebookError: each fault by its line.
    """
    tree = _Tree(raw)
    coded = [code for code in tree.codes if code.is_codable]
    if not coded and not tree.faults:
        tree.faults.append("line 1: holds no code that words can be coded with; export it with its codes")
    if tree.faults:
        raise CodebookError(tree.faults)
    ours = {theme.exchange_guid.lower(): theme for theme in (known.themes if known else ())}
    taken = {theme.id for theme in ours.values()}
    themes: list[dict[str, Any]] = []
    bare: list[str] = []
    for code, code_name in zip(coded, _distinct_names(coded), strict=True):
        before = ours.get(code.guid)
        theme_id = before.id if before else _free_id(code, code_name, taken)
        taken.add(theme_id)
        themes.append(_theme(code, code_name, theme_id, before, language))
        if before is None:
            bare.append(theme_id)
    places = {
        f"themes[{number}]": f"line {code.line}, code {code.name[:60]!r}" for number, code in enumerate(coded)
    }
    drafts = list(known.drafts) if known else []
    found = checked(({"name": name} if name else {}) | {"drafts": drafts, "themes": themes}, places)
    return Exchanged(found, tuple(bare), tuple(code.name for code in tree.codes if not code.is_codable))


def write_qdc(codebook: Codebook) -> bytes:
    """Names and descriptions of the themes; what does not belong to one is the end of its description."""
    codes = "\n".join(_code(theme) for theme in codebook.themes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<CodeBook xmlns="{NAMESPACE}" origin="Heard">\n<Codes>\n{codes}\n</Codes>\n</CodeBook>\n'
    ).encode()


def _code(theme: CodebookTheme) -> str:
    said = theme.definition + (NOT_HERE + theme.exclusions if theme.exclusions else "")
    name = quoteattr(theme.name, {"\n": "&#10;", "\t": "&#9;"} | _ENDS)
    return (
        f'<Code guid="{theme.exchange_guid}" name={name} isCodable="true">'
        f"<Description>{escape(said, _ENDS)}</Description></Code>"
    )


def _theme(
    code: Code, name: str, theme_id: str, before: CodebookTheme | None, language: str
) -> dict[str, Any]:
    definition, _, exclusions = code.description.partition(NOT_HERE)
    definition = definition if definition.strip() else name
    said: dict[str, Any] = {"id": theme_id, "name": name, "definition": definition}
    if exclusions.strip():
        said["not"] = exclusions
    if before is None:
        shown = [{"text": text, "language": language} for text in dict.fromkeys((name, definition))]
        return said | {"guid": code.guid, "examples": shown}
    kept = replace(before, names=before.names if before.name == name else {}).as_json()
    kept.pop("not", None)
    return kept | said


def _distinct_names(codes: Sequence[Code]) -> Iterator[str]:
    """Two codes of one name are told apart by what they stand under."""
    names = [code.name for code in codes]
    for code in codes:
        alone = names.count(code.name) == 1 or not code.parents
        yield code.name if alone else ": ".join((*code.parents, code.name))


def _free_id(code: Code, name: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:56].strip("-") or f"code-{code.guid[:8]}"
    if RESERVED.fullmatch(wanted):
        wanted = f"code-{wanted}"
    numbers = iter(range(2, len(taken) + 3))
    free = wanted
    while free in taken:
        free = f"{wanted}-{next(numbers)}"
    return free


@dataclass
class _Tree:
    """The codes of a file in its order, read by expat with what could harm switched off."""

    raw: bytes
    codes: list[Code] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open: list[Code | None] = []  # one for each element around: the code that it is
        self._elements: list[str] = []
        self._lines: dict[str, int] = {}
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        try:
            parser.Parse(self.raw, True)
        except _StopReading:
            pass
        except (expat.ExpatError, ValueError, LookupError):  # the last two: an encoding that nobody knows
            line, column = parser.ErrorLineNumber, parser.ErrorColumnNumber + 1
            self.faults.append(f"line {line}, column {column}: is not XML; export the codebook once more")

    def _refuse_doctype(self, *_declared: object) -> None:
        self._stop("declares a document type, which can do harm; export the codebook without it")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = element.rpartition(" ")
        if not self._elements and (tag != "CodeBook" or namespace != NAMESPACE):
            self._stop(f"is not the <CodeBook> of a .qdc file ({NAMESPACE}); export the codebook alone")
        if len(self._elements) >= DEEPEST:
            self._stop(f"is more than {DEEPEST} deep; put fewer codes inside each other")
        tag = tag if namespace == NAMESPACE else element
        self._open.append(self._code(attributes) if self._is_code(tag) else None)
        self._elements.append(tag)

    def _end(self, _element: str) -> None:
        self._open.pop()
        self._elements.pop()

    def _words(self, words: str) -> None:
        if self._elements[-2:] == ["Code", "Description"] and (code := self._open[-2]) is not None:
            code.description += words

    def _is_code(self, tag: str) -> bool:
        return tag == "Code" and "Codes" in self._elements

    def _code(self, attributes: dict[str, str]) -> Code:
        line = self._parser.CurrentLineNumber
        name, guid = attributes.get("name", "").strip(), attributes.get("guid", "").strip("{} \n").lower()
        codable = attributes.get("isCodable", "true").strip() not in ("false", "0")
        if not name:
            self.faults.append(f"line {line}: a code has no name; give it one")
        elif len(name) > LONGEST_TEXT:
            self.faults.append(f"line {line}: the name is longer than {LONGEST_TEXT} characters; shorten it")
        if not GUID.fullmatch(guid):
            self.faults.append(f"line {line}: a code has no guid, or not a proper one; export it once more")
        elif guid in self._lines:
            self.faults.append(f"line {line}: has the guid of line {self._lines[guid]}; give each its own")
        else:
            self._lines[guid] = line
        parents = tuple(code.name for code in self._open if code)
        self.codes.append(Code(line, name, guid, codable, parents))
        return self.codes[-1]

    def _stop(self, problem: str) -> None:
        self.faults.append(f"line {self._parser.CurrentLineNumber}: {problem}")
        raise _StopReading


class _StopReading(Exception):
    """What follows need not be looked at."""

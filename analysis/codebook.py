"""A codebook: themes with definitions and example sentences, read from JSON and checked by hand.

A fault names its path and what to do, such as
`themes[2].examples[0].text: is missing; write one sentence that shows the theme`.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.language import is_tag
from analysis.records import UNSORTED

SHIPPED = Path(__file__).parent / "codebooks" / "services.json"
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
# "s-" and "few-" begin the ids of themes that the analysis itself suggests.
RESERVED = re.compile(r"(s|few)-[0-9a-f]{8}|" + UNSORTED)
LONGEST_TEXT = 2_000
MOST_BYTES = 5_000_000


class CodebookError(ValueError):
    """The codebook can't be used; `faults` holds one line for each fault, with its path and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Example:
    text: str
    language: str
    question: str | None = None


@dataclass(frozen=True)
class CodebookTheme:
    id: str
    name: str
    definition: str
    examples: tuple[Example, ...]
    exclusions: str = ""
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Codebook:
    """Themes in the order of the file; `sha256` is of what it says, not of how it is laid out."""

    themes: tuple[CodebookTheme, ...]
    name: str = ""

    @property
    def sha256(self) -> str:
        said = [
            [
                t.id,
                t.name,
                t.definition,
                t.exclusions,
                t.names,
                [[e.text, e.language, e.question] for e in t.examples],
            ]
            for t in self.themes
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def load_codebook(source: Path | str | dict[str, Any] | None = None) -> Codebook:
    """The codebook in this file or this parsed JSON (default: the shipped one for services at large).

    Raises CodebookError with every fault found.
    """
    data = source if isinstance(source, dict) else _read(Path(source) if source is not None else SHIPPED)
    faults: list[str] = []
    themes = _themes(data, faults)
    if faults:
        raise CodebookError(faults)
    name = data.get("name")
    return Codebook(tuple(themes), name if isinstance(name, str) else "")


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CodebookError(
            [f"{path}: can't be read ({error.strerror}); give the path of a codebook"]
        ) from None
    if len(raw) > MOST_BYTES:
        raise CodebookError([f"{path}: is larger than {MOST_BYTES} bytes; split it"])
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CodebookError([f"{path}: is not UTF-8; save it as UTF-8"]) from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise CodebookError([f"{path}: is not JSON ({error})"]) from None
    if not isinstance(data, dict):
        raise CodebookError([f'{path}: must be an object; write {{"themes": [...]}}'])
    return data


def _themes(data: dict[str, Any], faults: list[str]) -> list[CodebookTheme]:
    listed = data.get("themes")
    if not isinstance(listed, list) or not listed:
        faults.append("themes: must be a list with at least one theme; write one")
        return []
    themes = [_theme(entry, f"themes[{number}]", faults) for number, entry in enumerate(listed)]
    first: dict[str, int] = {}
    for number, theme in enumerate(themes):
        if theme and theme.id in first:
            faults.append(
                f"themes[{number}].id: is the same as themes[{first[theme.id]}].id; give each its own"
            )
        elif theme:
            first[theme.id] = number
    return [theme for theme in themes if theme]


def _theme(entry: Any, path: str, faults: list[str]) -> CodebookTheme | None:
    if not isinstance(entry, dict):
        faults.append(f"{path}: must be an object with id, name, definition and examples")
        return None
    theme_id = _text(entry, "id", path, "give the theme a short id", faults)
    if theme_id and not ID.fullmatch(theme_id):
        faults.append(
            f"{path}.id: may hold letters, digits, dot, dash and underscore only; choose another id"
        )
    elif theme_id and RESERVED.fullmatch(theme_id):
        faults.append(f"{path}.id: is kept for what the analysis itself finds; choose another id")
    name = _text(entry, "name", path, "give the theme a name", faults)
    definition = _text(entry, "definition", path, "say in one sentence what belongs here", faults)
    examples = _examples(entry.get("examples"), f"{path}.examples", faults)
    exclusions = (
        _text(entry, "not", path, "leave it out or say what does not belong here", faults)
        if "not" in entry
        else ""
    )
    names = _names(entry.get("names", {}), f"{path}.names", faults)
    return CodebookTheme(theme_id, name, definition, examples, exclusions, names)


def _examples(listed: Any, path: str, faults: list[str]) -> tuple[Example, ...]:
    if not isinstance(listed, list) or not listed:
        faults.append(
            f"{path}: must be a list with at least one example; write a sentence that shows the theme"
        )
        return ()
    examples: list[Example] = []
    for number, entry in enumerate(listed):
        where = f"{path}[{number}]"
        if not isinstance(entry, dict):
            faults.append(f"{where}: must be an object with text and language")
            continue
        text = _text(entry, "text", where, "write one sentence that shows the theme", faults)
        language = _text(entry, "language", where, "name its language, such as en", faults)
        if language and not is_tag(language):
            faults.append(f"{where}.language: is not a language tag; write one such as en or zh-Hans")
        question = (
            _text(entry, "question", where, "leave it out or name the question", faults)
            if "question" in entry
            else None
        )
        examples.append(Example(text, language, question))
    return tuple(examples)


def _names(listed: Any, path: str, faults: list[str]) -> dict[str, str]:
    if not isinstance(listed, dict):
        faults.append(f"{path}: must be an object of language tag to name")
        return {}
    for tag in listed:
        if not is_tag(tag):
            faults.append(f"{path}: {tag!r} is not a language tag; write one such as en or zh-Hans")
    return {
        tag: _text(listed, tag, path, "write the name in that language", faults)
        for tag in listed
        if is_tag(tag)
    }


def _text(entry: dict[str, Any], key: str, path: str, advice: str, faults: list[str]) -> str:
    value = entry.get(key)
    if value is None:
        problem = "is missing"
    elif not isinstance(value, str):
        problem = "must be text"
    elif not value.strip():
        problem = "is empty"
    elif len(value) > LONGEST_TEXT:
        problem = f"is longer than {LONGEST_TEXT} characters"
    elif not _encodable(value):
        problem = "holds a broken character"
    else:
        return value
    faults.append(f"{path}.{key}: {problem}; {advice}")
    return ""


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

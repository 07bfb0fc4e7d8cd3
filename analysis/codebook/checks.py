"""Whether what a file says is a codebook: every fault is found, none is guessed away.

A fault names its place and what to do, such as
`themes[2].examples[0].text: is missing; write one sentence that shows the theme`, or, where the file has
lines, `line 14, column example: is longer than 2000 characters; write one sentence that shows the theme`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.codebook.model import Codebook, CodebookError, CodebookTheme, Example
from analysis.records import UNSORTED
from analysis.tag import is_tag

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# "s-" and "few-" begin the ids of themes that the analysis itself suggests.
RESERVED = re.compile(r"(s|few)-[0-9a-f]{8}|" + UNSORTED)
# What neither a page nor XML can hold: controls but tab and ends of line, and non-characters.
UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_TEXT = 2_000
MOST_THEMES = 500
MOST_EXAMPLES = 10_000
OF_CODEBOOK = ("id", "name", "version", "drafts", "themes")
OF_THEME = ("id", "guid", "name", "names", "definition", "not", "examples")
OF_EXAMPLE = ("text", "language", "question", "draft")


def checked(document: Any, places: Mapping[str, str] | None = None) -> Codebook:
    """The codebook in this parsed JSON.

    `places` says where in its file each path stands (`themes[2].name` -> `line 14, column name`); a path
    that is not there is named by the nearest one around it. Raises CodebookError with every fault found.
    """
    check = _Check(places or {})
    codebook = check.codebook(document)
    if check.faults:
        raise CodebookError(check.faults)
    return codebook


class _Check:
    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places
        self.faults: list[str] = []

    def codebook(self, data: Any) -> Codebook:
        if not isinstance(data, dict):
            self.fault("codebook", 'must be an object; write {"themes": [...]}')
            return Codebook(())
        self.nothing_unknown(data, "", OF_CODEBOOK)
        return Codebook(
            self.themes(data.get("themes")),
            self.optional_text(data, "name", "", "leave it out or name the codebook"),
            self.optional_text(data, "id", "", "leave it out or give the codebook a short id"),
            self.version(data.get("version")),
            self.drafts(data.get("drafts", [])),
        )

    def themes(self, listed: Any) -> tuple[CodebookTheme, ...]:
        if not isinstance(listed, list) or not listed:
            self.fault("themes", "must be a list with at least one theme; write one")
            return ()
        if len(listed) > MOST_THEMES:
            self.fault("themes", f"holds {len(listed)} themes; {MOST_THEMES} is the most")
            return ()
        found = [self.theme(entry, f"themes[{number}]") for number, entry in enumerate(listed)]
        first: dict[str, int] = {}
        for number, theme in enumerate(found):
            if theme and theme.id in first:
                same = self.place(f"themes[{first[theme.id]}].id")
                self.fault(f"themes[{number}].id", f"is the same as {same}; give each its own")
            elif theme and theme.id:
                first[theme.id] = number
        themes = tuple(theme for theme in found if theme)
        if (many := sum(len(theme.examples) for theme in themes)) > MOST_EXAMPLES:
            self.fault("themes", f"hold {many} examples; {MOST_EXAMPLES} is the most")
        return themes

    def theme(self, entry: Any, path: str) -> CodebookTheme | None:
        if not isinstance(entry, dict):
            self.fault(path, "must be an object with id, name, definition and examples")
            return None
        self.nothing_unknown(entry, path, OF_THEME)
        theme_id = self.text(entry, "id", path, "give the theme a short id")
        if theme_id and not ID.fullmatch(theme_id):
            self.fault(
                f"{path}.id", "may hold letters, digits, dot, dash and underscore only; choose another id"
            )
        elif theme_id and RESERVED.fullmatch(theme_id):
            self.fault(f"{path}.id", "is kept for what the analysis itself finds; choose another id")
        return CodebookTheme(
            theme_id,
            self.text(entry, "name", path, "give the theme a name"),
            self.text(entry, "definition", path, "say in one sentence what belongs here"),
            self.examples(entry.get("examples"), f"{path}.examples"),
            self.optional_text(entry, "not", path, "leave it out or say what does not belong here"),
            self.names(entry.get("names", {}), f"{path}.names"),
            self.guid(entry.get("guid"), f"{path}.guid"),
        )

    def examples(self, listed: Any, path: str) -> tuple[Example, ...]:
        if not isinstance(listed, list) or not listed:
            self.fault(
                path, "must be a list with at least one example; write a sentence that shows the theme"
            )
            return ()
        found = [self.example(entry, f"{path}[{number}]") for number, entry in enumerate(listed)]
        return tuple(example for example in found if example)

    def example(self, entry: Any, path: str) -> Example | None:
        if not isinstance(entry, dict):
            self.fault(path, "must be an object with text and language")
            return None
        self.nothing_unknown(entry, path, OF_EXAMPLE)
        text = self.text(entry, "text", path, "write one sentence that shows the theme")
        language = self.text(entry, "language", path, "name its language, such as en")
        if language and not is_tag(language):
            self.fault(f"{path}.language", "is not a language tag; write one such as en or zh-Hans")
        question = self.optional_text(entry, "question", path, "leave it out or name the question") or None
        draft = entry.get("draft", False)
        if not isinstance(draft, bool):
            self.fault(f"{path}.draft", "must be true or false")
        return Example(text, language, question, draft is True)

    def names(self, listed: Any, path: str) -> dict[str, str]:
        if not isinstance(listed, dict):
            self.fault(path, "must be an object of language tag to name")
            return {}
        for tag in listed:
            if not is_tag(tag):
                self.fault(path, f"{str(tag)[:40]!r} is not a language tag; write one such as en or zh-Hans")
        return {
            tag: self.text(listed, tag, path, "write the name in that language")
            for tag in listed
            if is_tag(tag)
        }

    def drafts(self, listed: Any) -> tuple[str, ...]:
        if not isinstance(listed, list) or not all(isinstance(tag, str) and is_tag(tag) for tag in listed):
            self.fault("drafts", "must be a list of language tags; name those whose names are drafts")
            return ()
        return tuple(listed)

    def version(self, number: Any) -> int | None:
        if number is None or (isinstance(number, int) and not isinstance(number, bool) and number > 0):
            return number
        self.fault("version", "must be a whole number above 0; leave it out or write one")
        return None

    def guid(self, value: Any, path: str) -> str | None:
        if value is None or (isinstance(value, str) and GUID.fullmatch(value)):
            return value
        self.fault(path, "is not a GUID (8-4-4-4-12 digits and letters a to f); leave it out")
        return None

    def optional_text(self, entry: dict[str, Any], key: str, path: str, advice: str) -> str:
        return self.text(entry, key, path, advice) if key in entry else ""

    def text(self, entry: dict[str, Any], key: str, path: str, advice: str) -> str:
        value = entry.get(key)
        if value is None:
            problem = "is missing"
        elif not isinstance(value, str):
            problem = "must be text"
        elif not value.strip():
            problem = "is empty"
        elif len(value) > LONGEST_TEXT:
            problem = f"is longer than {LONGEST_TEXT} characters"
        elif UNUSABLE.search(value) or not _encodable(value):
            problem = "holds a broken character"
        else:
            return value
        self.fault(f"{path}.{key}".lstrip("."), f"{problem}; {advice}")
        return ""

    def nothing_unknown(self, entry: dict[str, Any], path: str, known: tuple[str, ...]) -> None:
        for key in entry:
            if key not in known:
                self.fault(path or "codebook", f"{key[:40]!r} is not known here; there is {', '.join(known)}")

    def fault(self, path: str, said: str) -> None:
        self.faults.append(f"{self.place(path)}: {said}")

    def place(self, path: str) -> str:
        around = path
        while around and around not in self.places:
            around = around[: max(around.rfind("."), around.rfind("["), 0)]
        return self.places[around] if around else path


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""What a codebook is made of."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

# Ids of the qualitative data analysis exchange are made of ours, so that each export has the same ones.
GUIDS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:heard:codebook")


class CodebookError(ValueError):
    """The codebook can't be used; `faults` holds one line for each fault, with its place and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Example:
    """A sentence that shows a theme. `draft`: a translation that no speaker has read yet."""

    text: str
    language: str
    question: str | None = None
    draft: bool = False

    def as_json(self) -> dict[str, Any]:
        question = {"question": self.question} if self.question is not None else {}
        return (
            {"text": self.text, "language": self.language}
            | question
            | ({"draft": True} if self.draft else {})
        )


@dataclass(frozen=True)
class CodebookTheme:
    """`exclusions` is "not" in a file; `guid` is what another program calls the theme."""

    id: str
    name: str
    definition: str
    examples: tuple[Example, ...]
    exclusions: str = ""
    names: dict[str, str] = field(default_factory=dict)
    guid: str | None = None

    @property
    def exchange_guid(self) -> str:
        """36 characters: the guid the theme came with, else one made of its id."""
        return self.guid or str(uuid.uuid5(GUIDS, self.id))

    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {"id": self.id, "name": self.name}
        if self.guid is not None:
            said["guid"] = self.guid
        if self.names:
            said["names"] = dict(self.names)
        said["definition"] = self.definition
        if self.exclusions:
            said["not"] = self.exclusions
        return said | {"examples": [example.as_json() for example in self.examples]}


@dataclass(frozen=True)
class Codebook:
    """Themes in the order of the file. Names in the languages of `drafts` are drafts.

    `sha256` is of what the analysis goes by, not of how a file is laid out or what is marked a draft.
    """

    themes: tuple[CodebookTheme, ...]
    name: str = ""
    id: str = ""
    version: int | None = None
    drafts: tuple[str, ...] = ()

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

    def as_json(self) -> dict[str, Any]:
        """All of it, as `load_codebook` reads it: checked(codebook.as_json()) == codebook."""
        said: dict[str, Any] = {}
        if self.id:
            said["id"] = self.id
        if self.name:
            said["name"] = self.name
        if self.version is not None:
            said["version"] = self.version
        if self.drafts:
            said["drafts"] = list(self.drafts)
        return said | {"themes": [theme.as_json() for theme in self.themes]}

"""What goes into an analysis and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["codebook", "suggested", "few"]
Tone = Literal["positive", "negative", "mixed", "not scored"]

# The theme id of a comment that fits nowhere.
UNSORTED = "unsorted"


@dataclass(frozen=True)
class Comment:
    """One free-text answer. `readable` False: no person may read it, so it is only counted."""

    id: str
    text: str
    person: str
    language: str | None = None
    question: str | None = None
    service: str | None = None
    readable: bool = True


@dataclass(frozen=True)
class Quote:
    """Words as written: `text` is the comment's text[start:end], counted in code points."""

    comment_id: str
    start: int
    end: int
    text: str
    language: str | None


@dataclass(frozen=True)
class Theme:
    """A theme with at least one coding. `people` counts distinct persons, `languages` distinct persons in
    each.
    """

    id: str
    name: str
    meaning: str
    kind: Kind
    keywords: list[str]
    people: int
    languages: dict[str, int]
    quotes: list[Quote]


@dataclass(frozen=True)
class Coding:
    """A span of a comment belongs to a theme; each comment has exactly one primary coding."""

    comment_id: str
    theme_id: str
    score: float
    start: int
    end: int
    primary: bool


@dataclass(frozen=True)
class Flag:
    """A comment a person should read first."""

    comment_id: str
    topic: str
    score: float


@dataclass(frozen=True)
class ThemeSet:
    """One whole analysis; languages and tones have an entry for each comment."""

    model: dict[str, Any]
    themes: list[Theme]
    codings: list[Coding]
    flags: list[Flag] = field(default_factory=list)
    languages: dict[str, str | None] = field(default_factory=dict)
    tones: dict[str, Tone] = field(default_factory=dict)

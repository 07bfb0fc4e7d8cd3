"""What goes into an analysis and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["codebook", "suggested", "few"]
Why = Literal["instructive", "random", "rare"]
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
class Near:
    """What a coding leans on: example `number` of a theme of the codebook, or a checked comment.

    `likeness` is the cosine of the two vectors, language taken away.
    """

    theme_id: str
    likeness: float
    example: int | None = None
    comment_id: str | None = None


@dataclass(frozen=True)
class Coding:
    """A span of a comment belongs to a theme; each comment has exactly one primary coding.

    `by_person` is set where a person said so; `near` gives the machine's reasons, the nearest first.
    """

    comment_id: str
    theme_id: str
    score: float
    start: int
    end: int
    primary: bool
    by_person: bool = False
    near: tuple[Near, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What a person said of a comment: all the themes it has, the main one first; none if no theme fits."""

    comment_id: str
    theme_ids: tuple[str, ...]


@dataclass(frozen=True)
class ToCheck:
    """A comment that a person should check next, and what that is good for."""

    comment_id: str
    why: Why


@dataclass(frozen=True)
class Expected:
    """The micro-F1 that the machine can be expected to have on what nobody checked, with its 95 % interval.

    `checked` comments it is estimated from, of which `random` were drawn at random.
    """

    f1: float
    low: float
    high: float
    checked: int
    random: int


@dataclass(frozen=True)
class Flag:
    """A comment a person should read first: `text[start:end]` is the clause that sounds like `topic`."""

    comment_id: str
    topic: str
    score: float
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class ThemeSet:
    """One whole analysis; languages and tones have an entry for each comment."""

    model: dict[str, Any]
    themes: list[Theme]
    codings: list[Coding]
    flags: list[Flag] = field(default_factory=list)
    languages: dict[str, str | None] = field(default_factory=dict)
    tones: dict[str, Tone] = field(default_factory=dict)
    to_check: list[ToCheck] = field(default_factory=list)
    expected: Expected | None = None

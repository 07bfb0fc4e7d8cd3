"""What goes into an analysis and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["codebook", "suggested", "few"]
Why = Literal["instructive", "random", "rare"]
Tone = Literal["positive", "negative", "mixed", "not scored"]

Because = Literal[
    "a person checked it",
    "themes merged",
    "not a theme",
    "theme confirmed",
    "model changed",
    "codebook changed",
    "line moved",
    "others checked",
    "new comments",
]
Fate = Literal["kept", "new", "gone", "split", "joined", "merged", "not a theme"]

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

    `names` and `keywords_by_language` are by language tag; where a person named the theme, `name` is for
    every reader and `names` is empty. `subtitle` is its most typical sentence, `other_view` one whose tone
    is the opposite of what most say; neither is among the `quotes`.
    """

    id: str
    name: str
    meaning: str
    kind: Kind
    keywords: list[str]
    people: int
    languages: dict[str, int]
    quotes: list[Quote]
    names: dict[str, str] = field(default_factory=dict)
    keywords_by_language: dict[str, list[str]] = field(default_factory=dict)
    subtitle: Quote | None = None
    other_view: Quote | None = None


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
    """What a person said of a comment: all the themes it has, the main one first; none if no theme fits.

    `random`: it stood in the queue as drawn at random (`ToCheck.why`), so it can tell how the machine does.
    """

    comment_id: str
    theme_ids: tuple[str, ...]
    random: bool = False


@dataclass(frozen=True)
class CheckedTone:
    """The tone that a person heard in a comment; the model learns from positive and negative ones."""

    comment_id: str
    tone: Tone


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
class Edits:
    """What people decided about one theme; each later run keeps to it.

    `confirmed` makes a found theme one that new comments are sorted into; `merged_into` is the theme all its
    comments go to; `not_a_theme` says never to suggest it again; `shown` lets readers see what a few people
    said. `words` holds the comments it had when the person decided, each with the place of the words that
    count: what the decision was about.
    """

    name: str | None = None
    meaning: str | None = None
    merged_into: str | None = None
    not_a_theme: bool = False
    confirmed: bool = False
    shown: bool = False
    words: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class EarlierTheme:
    """A theme of the last run: all comments that had a coding to it, and what people decided.

    A theme merged or called none stays in each later `Earlier` for its edits, with no comments once a run
    no longer had it.
    """

    kind: Kind
    comment_ids: frozenset[str]
    edits: Edits = Edits()


@dataclass(frozen=True)
class Earlier:
    """An earlier run as far as a new one goes by it: its themes, its model and each comment it read.

    `comment_ids` holds also those that fitted nowhere.
    """

    themes: dict[str, EarlierTheme]
    model: dict[str, Any] = field(default_factory=dict)
    comment_ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Change:
    """A comment of both runs has other themes now: ids in order, () for none; `why` is the first cause that
    holds, in the order of `Because`.
    """

    comment_id: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    why: Because


@dataclass(frozen=True)
class ThemeChange:
    """What became of a theme: how many comments it had, has, kept, and won from comments not there before.

    `split`: most of what `of` names is now in several themes, of which this is a smaller part; `joined`:
    this one took in all of `of`; `merged` and `not a theme`: people said so, `of` names where they went.
    """

    theme_id: str
    fate: Fate
    before: int
    after: int
    stayed: int
    new: int
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeSet:
    """One whole analysis; languages and tones have an entry for each comment.

    `tone_scores` go from -1 (negative) to 1 (positive), for the comments that may be scored.
    """

    model: dict[str, Any]
    themes: list[Theme]
    codings: list[Coding]
    flags: list[Flag] = field(default_factory=list)
    languages: dict[str, str | None] = field(default_factory=dict)
    tones: dict[str, Tone] = field(default_factory=dict)
    to_check: list[ToCheck] = field(default_factory=list)
    expected: Expected | None = None
    changes: list[Change] = field(default_factory=list)
    theme_changes: list[ThemeChange] = field(default_factory=list)
    tone_scores: dict[str, float] = field(default_factory=dict)

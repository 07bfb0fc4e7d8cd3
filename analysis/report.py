"""The report as one self-contained file: what we heard, who we heard, themes with their words, how it was
made.

For the owner of the comments: it holds quotes. Everything that people wrote is escaped, in its own language
and direction; counts of one to four people read "a few".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.language import base
from analysis.records import UNSORTED, Comment, Theme, ThemeSet
from analysis.segment import is_blank

FEW = 4
STRONG_SHARE = 0.10
STRONG_LEAST = 10
FIRST_PAGE = 6
BAR = 200
TONES = ("positive", "mixed", "negative")

# What HTML can't hold at all; everything else stays as written.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Row:
    """A line of a table with its bar; `width` is a share of the longest bar, 0 where the count is not
    shown.
    """

    label: str
    count: str
    width: int


def render(themes: ThemeSet, comments: Sequence[Comment]) -> str:
    """The report of these themes over these comments as an HTML document."""
    people = len({comment.person for comment in comments})
    blank = {comment.id for comment in comments if is_blank(comment.text)}
    left = {coding.comment_id for coding in themes.codings if coding.theme_id == UNSORTED} - blank
    big = [theme for theme in themes.themes if theme.kind != "few"]
    return (
        _environment()
        .get_template("report.html")
        .render(
            model=themes.model,
            people=amount(people, "person", "people"),
            comments=len(comments),
            blank=len(blank),
            unsorted=len(left),
            first=big[:FIRST_PAGE],
            big=big,
            few=[theme for theme in themes.themes if theme.kind == "few"],
            strength=lambda theme: strength(theme.people, people),
            spoken=_spoken(themes, comments),
            ranked=_rows([(theme.name or "A group without a name yet", theme.people) for theme in big]),
            tones=_tones(themes, comments),
            bar=BAR,
        )
    )


def amount(count: int, one: str = "person", many: str = "people") -> str:
    """A count of people by the small-number rule: 0 is said, 1 to 4 are "a few", the rest are themselves."""
    if 0 < count <= FEW:
        return f"a few {many}"
    return f"{count:,} {one if count == 1 else many}"


def strength(heard: int, everyone: int) -> str:
    """How strong a theme is, in words: strong, some, or a few accounts."""
    if heard <= FEW:
        return "a few accounts"
    return "strong" if heard >= STRONG_LEAST and heard >= STRONG_SHARE * everyone else "some"


def language_name(tag: str) -> str:
    """The English name of a language, or its tag."""
    locale = _locale(tag)
    return (locale.get_display_name("en") if locale else None) or ("Not known" if tag == "und" else tag)


def direction(tag: str | None) -> str:
    """rtl, ltr, or auto where the language is not known."""
    locale = _locale(tag) if tag else None
    return locale.text_direction if locale else "auto"


def inert(text: str) -> str:
    """The text with a replacement mark for what an HTML document can't hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _spoken(themes: ThemeSet, comments: Sequence[Comment]) -> list[Row]:
    people: dict[str, set[str]] = defaultdict(set)
    for comment in comments:
        people[themes.languages.get(comment.id) or "und"].add(comment.person)
    return _rows(
        sorted(
            ((language_name(tag), len(who)) for tag, who in people.items()), key=lambda row: (-row[1], row[0])
        )
    )


def _rows(counts: Sequence[tuple[str, int]]) -> list[Row]:
    most = max((count for _, count in counts), default=1)
    return [Row(name, amount(n), round(BAR * n / most) if n > FEW else 0) for name, n in counts]


def _tones(themes: ThemeSet, comments: Sequence[Comment]) -> dict[str, str]:
    """Per theme a sentence on the tone of its English comments, "" where none was scored."""
    person = {comment.id: comment.person for comment in comments}
    heard: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for coding in themes.codings:
        heard[coding.theme_id][themes.tones.get(coding.comment_id, "not scored")].add(
            person[coding.comment_id]
        )
    return {
        theme.id: _tone_sentence(Counter({tone: len(heard[theme.id][tone]) for tone in TONES}))
        for theme in themes.themes
    }


def _tone_sentence(counts: Counter[str]) -> str:
    return ", ".join(f"{tone} from {amount(counts[tone])}" for tone in TONES if counts[tone])


def _quoted_languages(theme: Theme) -> list[tuple[str, str]]:
    return [(language_name(tag), amount(count)) for tag, count in theme.languages.items()]


@lru_cache(512)
def _locale(tag: str) -> Locale | None:
    if base(tag) == "und":
        # Babel takes the undetermined language for the likeliest one, American English.
        return None
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        inert=inert, amount=amount, direction=direction, language_name=language_name,
        heard_in=_quoted_languages,
    )  # fmt: skip
    return environment

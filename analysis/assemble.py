"""Memberships to themes and codings: everyone is counted, only readable comments lend their words."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.codebook import Codebook
from analysis.encode import Vectors
from analysis.name import Vocabulary, suggest
from analysis.quotes import Excerpt, choose
from analysis.records import UNSORTED, Coding, Comment, Kind, Quote, Theme
from analysis.segment import Span, is_blank, trim

LONGEST_QUOTE = 400


@dataclass(frozen=True)
class Member:
    """A comment belongs to a theme, shown by `span` (None: all of it), whose vector is `vector` (dim,)."""

    comment: Comment
    theme_id: str
    kind: Kind
    score: float
    span: Span | None
    vector: Vectors
    primary: bool

    @property
    def place(self) -> Span:
        return self.span or trim(self.comment.text)


def group_id(kind: Kind, comment_ids: Sequence[str]) -> str:
    """An id for a found group that stays the same as long as the same comments are in it."""
    digest = hashlib.sha256("\0".join(sorted(comment_ids)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{'few' if kind == 'few' else 's'}-{digest[:8]}"


def themes_and_codings(
    comments: Sequence[Comment],
    languages: Sequence[str | None],
    members: Sequence[Member],
    codebook: Codebook | None,
) -> tuple[list[Theme], list[Coding]]:
    """Themes by people, then id; codings in the order of the comments, the primary one first."""
    spoken = {comment.id: tag for comment, tag in zip(comments, languages, strict=True)}
    by_theme: dict[str, list[Member]] = defaultdict(list)
    by_comment: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        by_theme[member.theme_id].append(member)
        by_comment[member.comment.id].append(member)
    readable = [comment for comment in comments if comment.readable]
    rows = {comment.id: row for row, comment in enumerate(readable)}
    vocabulary = Vocabulary(
        [c.text for c in readable], [c.person for c in readable], [spoken[c.id] for c in readable]
    )
    themes = [_theme(mine, spoken, vocabulary, rows, codebook) for mine in by_theme.values()]
    themes.sort(key=lambda theme: (-theme.people, theme.id))
    return themes, [coding for comment in comments for coding in codings_of(comment, by_comment[comment.id])]


def codings_of(comment: Comment, members: Sequence[Member]) -> list[Coding]:
    """The codings of one comment, the primary one first: one of no theme where it belongs nowhere."""
    if not members:
        span = (0, 0) if is_blank(comment.text) else trim(comment.text)
        return [Coding(comment.id, UNSORTED, 0.0, *span, primary=True)]
    ordered = sorted(members, key=lambda member: (not member.primary, -member.score, member.theme_id))
    return [Coding(comment.id, m.theme_id, round(m.score, 4), *m.place, primary=m.primary) for m in ordered]


def _theme(
    members: Sequence[Member],
    spoken: dict[str, str | None],
    vocabulary: Vocabulary,
    rows: dict[str, int],
    codebook: Codebook | None,
) -> Theme:
    theme_id, kind = members[0].theme_id, members[0].kind
    open_words = [member for member in members if member.comment.readable]
    keywords = vocabulary.keywords([rows[member.comment.id] for member in open_words])
    quotes = _quotes(open_words, spoken)
    people: dict[str, set[str]] = defaultdict(set)
    for member in members:
        people[spoken[member.comment.id] or "und"].add(member.comment.person)
    named = (
        next((theme for theme in codebook.themes if theme.id == theme_id), None)
        if codebook and kind == "codebook"
        else None
    )
    return Theme(
        id=theme_id,
        name=named.name if named else suggest(keywords),
        meaning=named.definition if named else next((quote.text for quote in quotes), ""),
        kind=kind,
        keywords=keywords,
        people=len({member.comment.person for member in members}),
        languages={tag: len(people[tag]) for tag in sorted(people)},
        quotes=quotes,
    )


def _quotes(members: Sequence[Member], spoken: dict[str, str | None]) -> list[Quote]:
    if not members:
        return []
    excerpts = []
    for member in members:
        start, end = readable_length(member.comment.text, member.place)
        text = member.comment.text[start:end]
        excerpts.append(
            Excerpt(
                member.comment.id,
                member.comment.person,
                start,
                end,
                text,
                spoken[member.comment.id],
                member.score,
            )
        )
    chosen = choose(excerpts, np.stack([member.vector for member in members]))
    return [Quote(e.comment_id, e.start, e.end, e.text, e.language) for e in chosen]


def readable_length(text: str, span: Span) -> Span:
    """The span, cut after a whole word where it is longer than anyone would read as a quote."""
    start, end = span
    if end - start <= LONGEST_QUOTE:
        return span
    words = text[start : start + LONGEST_QUOTE].rsplit(None, 1)
    return trim(text, start, start + (len(words[0]) if len(words) > 1 else LONGEST_QUOTE))

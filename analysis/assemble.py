"""Memberships to themes and codings: everyone is counted, only readable comments lend their words."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from analysis.codebook import Codebook
from analysis.encode import Vectors
from analysis.name import Vocabulary, suggest
from analysis.quotes import Excerpt, choose, other_view, typical
from analysis.records import UNSORTED, Coding, Comment, Kind, Near, Quote, Theme
from analysis.segment import Span, clauses, is_blank, trim

LONGEST_QUOTE = 300


@dataclass(frozen=True)
class Member:
    """A comment belongs to a theme, shown by `span` (None: all of it), whose vector is `vector` (dim,).

    `by_person`: a person said so; `near` says what the machine had learnt that lies nearest.
    """

    comment: Comment
    theme_id: str
    kind: Kind
    score: float
    span: Span | None
    vector: Vectors
    primary: bool
    by_person: bool = False
    near: tuple[Near, ...] = ()

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
    settled: Set[str] = frozenset(),
    tone_scores: Mapping[str, float] | None = None,
) -> tuple[list[Theme], list[Coding]]:
    """Themes by people, then id; codings in the order of the comments, the primary one first.

    `settled` are the comments of which a person said that no theme of the codebook fits. `tone_scores`
    gives comment ids a tone from -1 (negative) to 1 (positive), by which another view is found.
    """
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
    themes = [
        _theme(mine, spoken, vocabulary, rows, codebook, tone_scores or {}) for mine in by_theme.values()
    ]
    themes.sort(key=lambda theme: (-theme.people, theme.id))
    return themes, [
        coding
        for comment in comments
        for coding in codings_of(comment, by_comment[comment.id], comment.id in settled)
    ]


def codings_of(comment: Comment, members: Sequence[Member], settled: bool = False) -> list[Coding]:
    """The codings of one comment, the primary one first: one of no theme where it belongs nowhere."""
    if not members:
        span = (0, 0) if is_blank(comment.text) else trim(comment.text)
        return [Coding(comment.id, UNSORTED, float(settled), *span, primary=True, by_person=settled)]
    ordered = sorted(members, key=lambda member: (not member.primary, -member.score, member.theme_id))
    return [
        Coding(comment.id, m.theme_id, round(m.score, 4), *m.place, m.primary, m.by_person, m.near)
        for m in ordered
    ]


def _theme(
    members: Sequence[Member], spoken: dict[str, str | None], vocabulary: Vocabulary, rows: dict[str, int],
    codebook: Codebook | None, tone_scores: Mapping[str, float],
) -> Theme:  # fmt: skip
    theme_id, kind = members[0].theme_id, members[0].kind
    open_words = [member for member in members if member.comment.readable]
    places = [rows[member.comment.id] for member in open_words]
    keywords, by_language = vocabulary.keywords(places), vocabulary.keywords_by_language(places)
    subtitle, quotes, other = _words(open_words, spoken, tone_scores)
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
        meaning=named.definition if named else subtitle.text if subtitle else "",
        kind=kind,
        keywords=keywords,
        people=len({member.comment.person for member in members}),
        languages={tag: len(people[tag]) for tag in sorted(people)},
        quotes=quotes,
        names=dict(named.names) if named else {tag: suggest(words) for tag, words in by_language.items()},
        keywords_by_language=by_language,
        subtitle=subtitle,
        other_view=other,
    )


def _words(
    members: Sequence[Member], spoken: dict[str, str | None], tone_scores: Mapping[str, float]
) -> tuple[Quote | None, list[Quote], Quote | None]:
    """The most typical sentence, the quotes and another view of a theme, from readable comments."""
    if not members:
        return None, [], None
    excerpts = [_excerpt(member, spoken[member.comment.id]) for member in members]
    vectors = np.stack([member.vector for member in members])
    first, other = typical(excerpts, vectors), other_view(excerpts, vectors, tone_scores)
    if first and other and first.person == other.person:
        # Who says otherwise is not who speaks for the theme.
        kept = [place for place, excerpt in enumerate(excerpts) if excerpt.person != other.person]
        first = typical([excerpts[place] for place in kept], vectors[kept])
    beside = [excerpt for excerpt in (first, other) if excerpt]
    quotes = [_quote(excerpt) for excerpt in choose(excerpts, vectors, beside=beside)]
    return (_quote(first) if first else None), quotes, (_quote(other) if other else None)


def _excerpt(member: Member, language: str | None) -> Excerpt:
    comment = member.comment
    start, end = readable_length(comment.text, member.place)
    return Excerpt(comment.id, comment.person, start, end, comment.text[start:end], language, member.score)


def _quote(excerpt: Excerpt) -> Quote:
    return Quote(excerpt.comment_id, excerpt.start, excerpt.end, excerpt.text, excerpt.language)


def readable_length(text: str, span: Span) -> Span:
    """The span, cut after a whole sentence (or else word) where it is longer than anyone would read."""
    start, end = span
    if end - start <= LONGEST_QUOTE:
        return span
    whole = [stop for _, stop in clauses(text) if start < stop <= start + LONGEST_QUOTE]
    if whole:
        return trim(text, start, whole[-1])
    words = text[start : start + LONGEST_QUOTE].rsplit(None, 1)
    return trim(text, start, start + (len(words[0]) if len(words) > 1 else LONGEST_QUOTE))

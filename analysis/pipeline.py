"""One analysis from comments to themes: language, clauses, vectors, codebook, leftovers, names, quotes,
tone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.assemble import Member, group_id, themes_and_codings
from analysis.centre import Offsets, centre, no_offsets, shipped_offsets, unit
from analysis.codebook import Codebook
from analysis.discover import discover, suggest
from analysis.encode import Encoder, Vectors
from analysis.few import SHOWN, few_people
from analysis.group import ASSIGN, ENOUGH, SMOOTHED, Pieces, Scored, assign, score, train
from analysis.language import detect
from analysis.lasting import is_wanted, keep_ids, named, rejected, with_confirmed
from analysis.moved import moved
from analysis.records import Change, Comment, Earlier, Kind, ThemeChange, ThemeSet, Tone
from analysis.segment import Span, clauses, is_blank
from analysis.tone import MEASURED, tone
from analysis.vectors import VectorCache, embed
from analysis.words import WordEncoder

Progress = Callable[[str, int, int], None]

VERSION = "1"


@dataclass(frozen=True)
class _Texts:
    """The comments that say something, and all their vectors before any centring."""

    rows: list[Comment]
    languages: list[str | None]
    spans: list[Span]
    owner: list[int]
    whole: Vectors
    clauses: Vectors


def analyse(
    comments: Sequence[Comment],
    *,
    codebook: Codebook | None,
    encoder: Encoder | None,
    seed: int = 0,
    cache: VectorCache | None = None,
    languages: Sequence[str] | None = None,
    earlier: Earlier | None = None,
    progress: Progress | None = None,
) -> ThemeSet:
    """Sorts comments into the themes of `codebook` (None: pure discovery) and into groups of their own.

    `encoder` None sorts by words alone and says so in `model`. `languages` are the survey's BCP-47 tags.
    Themes keep the ids and what people decided in the `earlier` run, and `changes` says what moved since.
    Equal arguments give an equal ThemeSet on the same machine. Raises ValueError where two comments have
    one id.
    """
    if len({comment.id for comment in comments}) < len(comments):
        raise ValueError("two comments have the same id")
    report = progress or _silent
    # One BLAS thread, or sums could run in another order from one time to the next.
    with threadpool_limits(1):
        spoken = detect(
            [comment.text for comment in comments], [comment.language for comment in comments], languages
        )
        report("language", len(comments), len(comments))
        last = earlier or Earlier({})
        codebook = with_confirmed(codebook, last, comments, spoken)
        texts, used, offsets = _read(comments, spoken, codebook, encoder, cache, report)
        members = _members(texts, used, offsets, codebook, seed, last, fallback=encoder is None)
        present = {row.id: (row, vector) for row, vector in zip(texts.rows, texts.whole, strict=True)}
        members = keep_ids(members, last, present, codebook)
        report("themes", 1, 1)
        themes, codings = themes_and_codings(comments, spoken, members, codebook)
        report("quotes", 1, 1)
    tones: dict[str, Tone] = {
        c.id: tone(c.text, language) for c, language in zip(comments, spoken, strict=True)
    }
    model = _model(comments, used, codebook, seed, fallback=encoder is None)
    changes: list[Change] = []
    theme_changes: list[ThemeChange] = []
    if earlier:
        changes, theme_changes = moved(codings, model, {comment.id for comment in comments}, earlier)
    return ThemeSet(
        model, named(themes, last), codings, [],
        {c.id: tag for c, tag in zip(comments, spoken, strict=True)}, tones,
        changes=changes, theme_changes=theme_changes,
    )  # fmt: skip


def _silent(stage: str, done: int, total: int) -> None:
    """No one is watching."""


def _read(
    comments: Sequence[Comment],
    spoken: Sequence[str | None],
    codebook: Codebook | None,
    encoder: Encoder | None,
    cache: VectorCache | None,
    report: Progress,
) -> tuple[_Texts, Encoder, Offsets]:
    said = [
        (comment, tag) for comment, tag in zip(comments, spoken, strict=True) if not is_blank(comment.text)
    ]
    rows = [comment for comment, _ in said]
    cut = [clauses(comment.text) for comment in rows]
    owner = [row for row, spans in enumerate(cut) for _ in spans if len(spans) > 1]
    spans = [span for found in cut for span in found if len(found) > 1]
    items = [(comment.id, comment.text) for comment in rows]
    items += [
        (rows[row].id, rows[row].text[start:end]) for row, (start, end) in zip(owner, spans, strict=True)
    ]
    used: Encoder = encoder or WordEncoder([text for _, text in items] + _examples(codebook))
    vectors = embed(
        used, items, cache if encoder else None, lambda done, total: report("vectors", done, total)
    )
    offsets = shipped_offsets(used) if encoder else no_offsets(used.dim)
    texts = _Texts(rows, [tag for _, tag in said], spans, owner, vectors[: len(rows)], vectors[len(rows) :])
    return texts, used, offsets


def _examples(codebook: Codebook | None) -> list[str]:
    return [example.text for theme in codebook.themes for example in theme.examples] if codebook else []


def _members(
    texts: _Texts,
    encoder: Encoder,
    offsets: Offsets,
    codebook: Codebook | None,
    seed: int,
    last: Earlier,
    *,
    fallback: bool,
) -> list[Member]:
    """Who belongs where: the codebook first, then what a few people said, then groups among the rest."""
    if not texts.rows:
        return []
    members: list[Member] = []
    known = np.zeros(len(texts.rows))
    sorted_rows: set[int] = set()
    if codebook:
        scored, pieces = _by_codebook(texts, encoder, offsets, codebook)
        known = scored.scores.max(axis=1)
        for row, themes in enumerate(assign(scored.scores)):
            for place, theme in enumerate(themes):
                clause = int(scored.best[row, theme])
                span = texts.spans[clause] if clause >= 0 else None
                vector = pieces.clauses[clause] if clause >= 0 else pieces.whole[row]
                weight = float(scored.scores[row, theme])
                members.append(
                    Member(
                        texts.rows[row],
                        codebook.themes[theme].id,
                        "codebook",
                        weight,
                        span,
                        vector,
                        place == 0,
                    )
                )
                sorted_rows.add(row)
    words, people = [comment.text for comment in texts.rows], [comment.person for comment in texts.rows]
    fixed = centre(texts.whole, texts.languages, offsets, shrink=np.inf)
    ids = [comment.id for comment in texts.rows]
    small = [] if fallback else few_people(fixed, words, people, known, seed, len(texts.rows))
    small = [rows for rows in small if not rejected([ids[row] for row in rows], last)]
    for place, group in enumerate(small):
        if place >= SHOWN and not is_wanted([ids[row] for row in group], last):
            continue
        members += _own_group(texts, fixed, group, "few", sorted_rows)
        sorted_rows.update(group)
    rest = [row for row in range(len(texts.rows)) if row not in sorted_rows]
    mixed = centre(texts.whole[rest], [texts.languages[row] for row in rest], offsets)
    found = (
        suggest(mixed, [people[row] for row in rest], seed)
        if codebook
        else discover(mixed, [words[row] for row in rest], seed)
    )
    for places in found:
        group = [rest[place] for place in places]
        members += _own_group(texts, fixed, group, "suggested", sorted_rows)
    return members


def _by_codebook(
    texts: _Texts, encoder: Encoder, offsets: Offsets, codebook: Codebook
) -> tuple[Scored, Pieces]:
    model, middle = train(codebook, encoder, offsets)
    away = np.stack([offsets.get(tag) + middle for tag in texts.languages])
    owner = np.array(texts.owner, dtype=np.int64)
    pieces = Pieces(unit(texts.whole - away), unit(texts.clauses - away[owner]), owner, texts.spans)
    return score(model, pieces), pieces


def _own_group(
    texts: _Texts, vectors: Vectors, group: Sequence[int], kind: Kind, taken: set[int]
) -> list[Member]:
    middle = unit(vectors[group].mean(axis=0, keepdims=True))[0]
    theme_id = group_id(kind, [texts.rows[row].id for row in group])
    near = (vectors[group] @ middle).clip(0, 1).round(4)
    return [
        Member(texts.rows[row], theme_id, kind, float(nearness), None, vectors[row], row not in taken)
        for row, nearness in zip(group, near, strict=True)
    ]


def _model(
    comments: Sequence[Comment], encoder: Encoder, codebook: Codebook | None, seed: int, *, fallback: bool
) -> dict[str, Any]:
    """What made this analysis: enough to make it again."""
    return {
        "analysis": VERSION,
        "name": encoder.name,
        "revision": encoder.revision,
        "sha256": encoder.sha256,
        "dim": encoder.dim,
        "fallback": fallback,
        "codebook": {"name": codebook.name, "sha256": codebook.sha256, "themes": len(codebook.themes)}
        if codebook
        else None,
        "seed": seed,
        "thresholds": {"first": ENOUGH, "more": ASSIGN, "smoothed": SMOOTHED},
        "tone": MEASURED,
        "comments": len(comments),
        "people": len({comment.person for comment in comments}),
    }

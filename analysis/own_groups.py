"""Groups that no codebook names: what only a few people said, then what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.align import align, without_language
from analysis.assemble import Member, group_id
from analysis.calibrate import Scores
from analysis.centre import Offsets, unit
from analysis.discover import discover, suggest
from analysis.encode import Vectors
from analysis.few import SHOWN, few_people
from analysis.lasting import is_wanted, rejected
from analysis.records import Comment, Earlier
from analysis.segment import Span
from analysis.texts import Examples, Rows, Texts

# So many examples say whether a codebook covers something.
NEAREST = 3
# A comment whose tone is not scored is no worse than others.
NEITHER = 0.5


@dataclass(frozen=True)
class Shown:
    """What is known of the comments before anything is grouped: the `examples` of the codebook, if there is
    one, and how bad each comment sounds (`negative`, 0 to 1, by id), where that is known.
    """

    examples: Examples | None
    negative: Mapping[str, float]


def own_groups(
    texts: Texts, offsets: Offsets, shown: Shown, taken: set[int], seed: int, last: Earlier, *, by_words: bool
) -> list[Member]:
    """Who belongs to which group.

    `taken` rows have a theme already and can only be in a group of a few as well; those of such groups are
    added to it. `by_words`: the vectors know words only, too coarse to see a few people apart.
    """
    members = [] if by_words else _few(texts, offsets, shown, taken, seed, last)
    rows = {comment.id: row for row, comment in enumerate(texts.rows)}
    taken.update(rows[member.comment.id] for member in members)
    rest = [row for row in range(len(texts.rows)) if row not in taken]
    spoken = [texts.languages[row] for row in rest]
    mixed = align(texts.whole[rest], spoken, offsets, seed)
    found = (
        suggest(mixed, [texts.rows[row].person for row in rest], seed)
        if shown.examples
        else discover(mixed, [texts.rows[row].text for row in rest], spoken, seed)
    )
    for places in found:
        members += _group(texts, [rest[place] for place in places], mixed[places])
    return members


def _few(
    texts: Texts, offsets: Offsets, shown: Shown, taken: set[int], seed: int, last: Earlier
) -> list[Member]:
    """Groups of a few, told by their clauses; a comment of one clause is one."""
    several = np.isin(np.arange(len(texts.rows)), texts.owner)
    alone = np.flatnonzero(~several)
    of = np.concatenate([alone, texts.owner])
    rows = [texts.rows[row] for row in of]
    spans = [None] * len(alone) + texts.spans
    said = [texts.rows[row].text for row in alone] + texts.clause_texts
    spoken = [texts.languages[row] for row in of]
    encoded = np.vstack([texts.whole[alone], texts.clauses])
    vectors = without_language(encoded, spoken, offsets, seed)
    known = _covered(encoded, spoken, offsets, shown.examples)
    negative = np.array([shown.negative.get(comment.id, NEITHER) for comment in rows])
    groups = few_people(
        vectors, said, [comment.person for comment in rows], known, seed, len(rows),
        comments=of.tolist(), negative=negative if shown.negative else None, languages=spoken,
    )  # fmt: skip
    members: list[Member] = []
    place = 0
    for group in groups:
        ids = {rows[unit_row].id for unit_row in group}
        if rejected(ids, last):
            continue
        place += 1
        if place <= SHOWN or is_wanted(ids, last):
            members += _few_members(group, rows, spans, of, vectors, taken)
    return members


def _few_members(
    group: Sequence[int], rows: Sequence[Comment], spans: Sequence[Span | None], of: Rows, vectors: Vectors,
    taken: set[int],
) -> list[Member]:  # fmt: skip
    """One for each comment, by the clause that is nearest to the middle of the group."""
    middle = unit(vectors[group].mean(axis=0, keepdims=True))[0]
    near = (vectors[group] @ middle).clip(0, 1).round(4)
    best: dict[str, tuple[float, int]] = {}
    for nearness, place in zip(near.tolist(), group, strict=True):
        best[rows[place].id] = max((nearness, -place), best.get(rows[place].id, (0.0, -place)))
    theme_id = group_id("few", list(best))
    return [
        Member(rows[-at], theme_id, "few", score, spans[-at], vectors[-at], int(of[-at]) not in taken)
        for score, at in best.values()
    ]


def _covered(
    vectors: Vectors, languages: Sequence[str | None], offsets: Offsets, examples: Examples | None
) -> Scores:
    """(u,) how near each row is to the examples of the codebook that are nearest to it."""
    if examples is None or not len(examples.said):
        return np.zeros(len(vectors))
    moved = vectors - np.stack([offsets.get(tag) for tag in languages])
    middle = moved.mean(axis=0)
    known = examples.vectors - np.stack([offsets.get(example.language) for example in examples.said])
    near = unit(moved - middle) @ unit(known - middle).T
    return np.asarray(np.sort(near, axis=1)[:, -NEAREST:].mean(axis=1), dtype=np.float64)


def _group(texts: Texts, group: Sequence[int], vectors: Vectors) -> list[Member]:
    middle = unit(vectors.mean(axis=0, keepdims=True))[0]
    theme_id = group_id("suggested", [texts.rows[row].id for row in group])
    near = (vectors @ middle).clip(0, 1).round(4)
    return [
        Member(texts.rows[row], theme_id, "suggested", float(score), None, vector, True)
        for row, score, vector in zip(group, near, vectors, strict=True)
    ]

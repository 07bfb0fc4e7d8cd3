"""Groups that no codebook names: what only a few people said, then what is left over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.align import align
from analysis.assemble import Member, group_id
from analysis.calibrate import Scores
from analysis.centre import Offsets, centre, unit
from analysis.discover import discover, suggest
from analysis.encode import Vectors
from analysis.few import SHOWN, few_people
from analysis.lasting import is_wanted, rejected
from analysis.records import Earlier, Kind
from analysis.texts import Texts


def own_groups(
    texts: Texts, offsets: Offsets, known: Scores, taken: set[int], seed: int, last: Earlier,
    *, beside_codebook: bool, by_words: bool,
) -> list[Member]:  # fmt: skip
    """Who belongs to which group. `known` (n,) is how sure a theme of the codebook each row has.

    `taken` rows have a theme already and can only be in a group of a few as well; those of such groups are
    added to it. `by_words`: the vectors know words only, too coarse to see a few people apart.
    """
    members: list[Member] = []
    words, people = [comment.text for comment in texts.rows], [comment.person for comment in texts.rows]
    fixed = centre(texts.whole, texts.languages, offsets, shrink=np.inf)
    ids = [comment.id for comment in texts.rows]
    small = [] if by_words else few_people(fixed, words, people, known, seed, len(texts.rows))
    small = [rows for rows in small if not rejected([ids[row] for row in rows], last)]
    for place, group in enumerate(small):
        if place >= SHOWN and not is_wanted([ids[row] for row in group], last):
            continue
        members += _group(texts, fixed, group, "few", taken)
        taken.update(group)
    rest = [row for row in range(len(texts.rows)) if row not in taken]
    spoken = [texts.languages[row] for row in rest]
    mixed = align(texts.whole[rest], spoken, offsets, seed)
    found = (
        suggest(mixed, [people[row] for row in rest], seed)
        if beside_codebook
        else discover(mixed, [words[row] for row in rest], spoken, seed)
    )
    for places in found:
        members += _group(texts, fixed, [rest[place] for place in places], "suggested", taken)
    return members


def _group(texts: Texts, vectors: Vectors, group: Sequence[int], kind: Kind, taken: set[int]) -> list[Member]:
    middle = unit(vectors[group].mean(axis=0, keepdims=True))[0]
    theme_id = group_id(kind, [texts.rows[row].id for row in group])
    near = (vectors[group] @ middle).clip(0, 1).round(4)
    return [
        Member(texts.rows[row], theme_id, kind, float(nearness), None, vectors[row], row not in taken)
        for row, nearness in zip(group, near, strict=True)
    ]

"""Comments sorted into the themes of a codebook, with people's checks in it from the first one on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.assemble import Member
from analysis.calibrate import DEFAULT, Edges, Scores, chosen
from analysis.centre import SHRINK, Offsets
from analysis.checking import Told, told
from analysis.codebook import Codebook
from analysis.encode import Vectors
from analysis.expected import expected
from analysis.features import Features, features
from analysis.learn import Learnt, learn
from analysis.reasons import reasons
from analysis.records import Checked, Expected, ToCheck
from analysis.texts import Examples, Rows, Texts
from analysis.to_check import to_check


@dataclass(frozen=True)
class Sorted:
    """`members` by row; `known` (n,) how sure each row's likeliest theme is; `settled` rows that fit none
    by what a person said.
    """

    members: list[Member]
    known: Scores
    settled: frozenset[str]
    edges: Edges
    queue: list[ToCheck]
    expected: Expected | None


def nothing(checked: Sequence[Checked] = ()) -> Sorted:
    """No codebook, or no words: nothing sorted, and what people said of blank comments."""
    return Sorted([], np.zeros(0), _settled(checked), DEFAULT, [], None)


def by_codebook(
    texts: Texts, examples: Examples, offsets: Offsets, codebook: Codebook, checked: Sequence[Checked],
    seed: int, queue: int, *, words: bool,
) -> Sorted:  # fmt: skip
    """What a person said of a comment stands; the others get what was learnt from that and the examples.

    `words` sets the words beside vectors that hold the meaning.
    """
    said = told(checked, texts.rows, codebook)
    seen = features(texts, examples, offsets, words=words, shrink=SHRINK)
    learnt = learn(seen, examples, said, seed)
    flags = chosen(learnt.scores, learnt.edges)
    flags[said.rows] = said.members
    known = learnt.scores.max(axis=1)
    known[said.rows] = said.members.any(axis=1)
    return Sorted(
        _members(texts, seen, examples, codebook, checked, learnt, said, flags),
        known,
        _settled(checked),
        learnt.edges,
        to_check(texts.rows, learnt.scores, seen.meaning, learnt.edges, said.rows, said.members, seed, queue),
        expected(said.members, chosen(learnt.unseen, learnt.edges), said.random),
    )


def _settled(checked: Sequence[Checked]) -> frozenset[str]:
    return frozenset(check.comment_id for check in checked if not check.theme_ids)


def _members(
    texts: Texts, seen: Features, examples: Examples, codebook: Codebook, checked: Sequence[Checked],
    learnt: Learnt, said: Told, flags: np.ndarray,
) -> list[Member]:  # fmt: skip
    rows, themes, primary = _pairs(texts, codebook, checked, learnt, flags)
    best = learnt.best[rows, themes]
    vectors = _winners(seen, rows, best)
    known = np.vstack([seen.examples, seen.whole[said.rows]])[:, : seen.dim]
    near = reasons(rows, themes, vectors, known, examples, said, texts, codebook)
    by_person = np.isin(rows, said.rows)
    score = np.where(by_person, 1.0, learnt.scores[rows, themes])
    return [
        Member(
            texts.rows[row], codebook.themes[theme].id, "codebook", float(score[place]),
            texts.spans[best[place]] if best[place] >= 0 else None, vectors[place], bool(primary[place]),
            bool(by_person[place]), near[place],
        )
        for place, (row, theme) in enumerate(zip(rows.tolist(), themes.tolist(), strict=True))
    ]  # fmt: skip


def _pairs(
    texts: Texts, codebook: Codebook, checked: Sequence[Checked], learnt: Learnt, flags: np.ndarray
) -> tuple[Rows, Rows, np.ndarray]:
    """Row and theme of each coding, and whether it is the row's first: a person's, else the likeliest."""
    rows, themes = np.nonzero(flags)
    place = {theme.id: number for number, theme in enumerate(codebook.themes)}
    main = {check.comment_id: place[check.theme_ids[0]] for check in checked if check.theme_ids}
    likeliest = np.where(flags, learnt.scores, -1.0).argmax(axis=1)
    first = np.array([main.get(comment.id, likeliest[row]) for row, comment in enumerate(texts.rows)])
    return rows, themes, themes == first[rows]


def _winners(seen: Features, rows: Rows, best: Rows) -> Vectors:
    """(k, dim) the meaning of the clause that says most, else of the whole comment."""
    found = seen.whole[rows, : seen.dim]
    by_clause = best >= 0
    found[by_clause] = seen.clauses[best[by_clause], : seen.dim]
    return found

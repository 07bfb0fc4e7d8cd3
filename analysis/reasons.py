"""Why the machine gave a comment a theme: what it had learnt that lies nearest."""

from __future__ import annotations

import numpy as np

from analysis.checking import Told
from analysis.codebook import Codebook
from analysis.encode import Vectors
from analysis.records import Near
from analysis.texts import Examples, Rows, Texts

SHOWN = 3


def reasons(
    rows: Rows, themes: Rows, vectors: Vectors, learnt: Vectors, examples: Examples, told: Told,
    texts: Texts, codebook: Codebook,
) -> list[tuple[Near, ...]]:  # fmt: skip
    """For each of k codings the nearest examples and checked comments of its theme, the nearest first.

    `rows` and `themes` (k,) say what was coded as what, `vectors` (k, dim) are the unit vectors of the
    clauses that won, `learnt` (e + c, dim) those of the examples and then of the checked comments.
    """
    found: list[tuple[Near, ...]] = [()] * len(rows)
    members = np.vstack([examples.members, told.members])
    # A name or a definition is no reason, for nobody said it.
    members[_titles(examples)] = False
    source = np.concatenate([np.full(len(examples.said), -1), told.rows])
    for theme in np.unique(themes):
        mine, known = np.flatnonzero(themes == theme), np.flatnonzero(members[:, theme])
        if not len(known):
            continue
        likeness = (vectors[mine] @ learnt[known].T).astype(np.float64).round(4)
        # Nobody's words are a reason for themselves.
        likeness[source[known] == rows[mine][:, None]] = -np.inf
        order = np.argsort(-likeness, axis=1, kind="stable")[:, :SHOWN]
        for place, nearest, values in zip(mine, order, likeness, strict=True):
            found[place] = tuple(
                _near(int(known[n]), int(theme), float(values[n]), codebook, examples, told, texts)
                for n in nearest
                if np.isfinite(values[n])
            )
    return found


def _titles(examples: Examples) -> Rows:
    listed = {row for row, _ in examples.number}
    return np.array([row for row in range(len(examples.said)) if row not in listed], dtype=np.int64)


def _near(
    known: int, theme: int, likeness: float, codebook: Codebook, examples: Examples, told: Told, texts: Texts
) -> Near:
    theme_id = codebook.themes[theme].id
    if known < len(examples.said):
        return Near(theme_id, likeness, example=examples.number[known, theme])
    return Near(theme_id, likeness, comment_id=texts.rows[told.rows[known - len(examples.said)]].id)

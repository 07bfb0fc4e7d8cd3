"""What only a handful said: small groups that belong together and to nothing else, never dissolved into big
themes.

Average-link groups of clauses, so that something rare told inside a longer story is found as well: down the
tree the first groups small enough that stand apart from all else. Of what parts languages only what looks
like language is taken away: centring on few texts would pull one community's complaint apart. Ranked by how
far a group stands from all other comments, how little the codebook has to say about it, how bad it was, and
in how many languages it was told: a corner of one language is near to itself whatever it says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import ClusterNode, fcluster, linkage, to_tree
from sklearn.cluster import MiniBatchKMeans

from analysis.encode import Vectors
from analysis.segment import says_enough

# The loosest and the tightest cosine distance at which comments are one group.
LOOSE, TIGHT = 0.66, 0.45
LEAST, MOST = 3, 30
LEAST_PEOPLE = 3
SHOWN = 10
OUTSIDE = 5
# Nearer to each other than to anything else by this much, or it is a corner of something larger: a language,
# say. Planted groups stand at .05 to .30, the Somali corner of six mixed languages at .01.
APART = 0.05
STRAYS = 0.1
# Beyond this a group is no more of one: the same few words again and again stand furthest apart of all.
ENOUGH_APART = 0.2
# Nearer than this (cosine) two texts are the same words once more, and say nothing new.
ALIKE = 0.9
# "Fine", "Dobrze" and "Staff was nice" lie close together, and nobody is helped by reading them as a theme.
LEAST_WORDS = 5
# Groups that share this much of the smaller one's comments are one group told in two clauses.
SAME = 0.5
# Distances take n * n / 2 numbers, so beyond this the rows are parted first.
WHOLE, CELL = 6_000, 2_000
BLOCK = 1_024

Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


def few_people(
    vectors: Vectors,
    texts: Sequence[str],
    people: Sequence[str],
    known: Numbers,
    seed: int,
    shown: int = SHOWN,
    *,
    comments: Sequence[int] | None = None,
    negative: Numbers | None = None,
    languages: Sequence[str | None] | None = None,
) -> list[list[int]]:
    """The rows of each small group, the most worth reading first, at most `shown` groups.

    A row is a clause or a whole comment: `vectors` (n, dim) unit rows without their languages; `known` (n,)
    how well a theme already covers each; `comments` (n) which comment it is of (None: each of its own);
    `negative` (n,) how bad it sounds and `languages` (n) what it is told in, where that is known.
    """
    of = np.arange(len(vectors)) if comments is None else np.asarray(comments, dtype=np.int64)
    found = [
        group for cell in _cells(vectors, seed) for group in _standing_apart(vectors, cell, texts, people, of)
    ]
    if not found:
        return []
    groups = [rows for rows, _ in found]
    worth = _standard(np.array([min(apart, ENOUGH_APART) for _, apart in found]))
    worth += _standard(np.array([1 - known[rows].mean() for rows in groups]))
    if negative is not None:
        worth += _standard(np.array([negative[rows].mean() for rows in groups]))
    if languages is not None:
        worth += _standard(np.array([float(len({languages[row] for row in rows})) for rows in groups]))
    order = sorted(range(len(groups)), key=lambda g: (-worth[g].round(4), groups[g]))
    return _once([groups[g] for g in order], of)[:shown]


def _standing_apart(
    vectors: Vectors, cell: Rows, texts: Sequence[str], people: Sequence[str], of: Rows
) -> list[tuple[list[int], float]]:
    """Down the tree of one cell, the first groups that may be told and stand apart, with how far they do.

    A group is cut down further where a part of it stands much further apart: the rest were strays.
    """
    if len(cell) < LEAST:
        return []

    def told(node: ClusterNode) -> tuple[list[int], float]:
        rows = sorted(cell[node.pre_order()].tolist())
        may = node.dist <= LOOSE and _counts(vectors, rows, texts, people, of)
        return rows, distinctness(vectors, rows, of) if may else 0.0

    found: list[tuple[list[int], float]] = []
    open_nodes = [(to_tree(linkage(_distances(vectors[cell]), "average")), -1.0)]
    while open_nodes:
        node, above = open_nodes.pop()
        if node.get_count() < LEAST:
            continue
        rows, apart = told(node)
        if above >= APART and apart < above + STRAYS:
            continue
        parts = [told(part)[1] for part in (node.left, node.right)] if apart >= APART else []
        if apart >= APART and max(parts) < apart + STRAYS:
            found.append((rows, apart))
        elif node.dist >= TIGHT or apart >= APART:
            open_nodes += [(node.left, apart), (node.right, apart)]
    return found


def _counts(
    vectors: Vectors, rows: Sequence[int], texts: Sequence[str], people: Sequence[str], of: Rows
) -> bool:
    return (
        LEAST <= len(set(of[rows].tolist())) <= MOST
        and len({people[row] for row in rows}) >= LEAST_PEOPLE
        and _different(vectors, [row for row in rows if says_enough(texts[row], LEAST_WORDS)], texts) >= LEAST
    )


def _different(vectors: Vectors, rows: Sequence[int], texts: Sequence[str]) -> int:
    """How many of the rows are not the words of an earlier one again."""
    first = list({texts[row].casefold(): row for row in reversed(rows)}.values())
    again = np.tril(vectors[first] @ vectors[first].T >= ALIKE, -1).any(axis=1)
    return int((~again).sum())


def _once(groups: Sequence[list[int]], of: Rows) -> list[list[int]]:
    """Without the groups of comments that an earlier one mostly holds."""
    kept: list[tuple[list[int], set[int]]] = []
    for rows in groups:
        mine = set(of[rows].tolist())
        if not any(len(mine & other) >= SAME * min(len(mine), len(other)) for _, other in kept):
            kept.append((rows, mine))
    return [rows for rows, _ in kept]


def tight_groups(vectors: Vectors, seed: int, cut: float) -> list[list[int]]:
    """Average-link groups of the rows of `vectors` (n, dim), cut at a cosine distance of `cut`."""
    found: list[list[int]] = []
    for rows in _cells(vectors, seed):
        if len(rows) >= LEAST:
            labels = fcluster(linkage(_distances(vectors[rows]), "average"), cut, "distance")
            found += [rows[labels == label].tolist() for label in np.unique(labels)]
    return found


def _cells(vectors: Vectors, seed: int) -> list[Rows]:
    """The rows parted so that no cell's distances fill the memory."""
    if len(vectors) <= WHOLE:
        return [np.arange(len(vectors))]
    model = MiniBatchKMeans(len(vectors) // CELL, n_init=3, random_state=seed % (1 << 32))
    cells = model.fit_predict(vectors)
    return [np.flatnonzero(cells == cell) for cell in np.unique(cells)]


def _distances(vectors: Vectors) -> Numbers:
    """Condensed, as scipy wants it, a block of rows at a time."""
    rows = len(vectors)
    far = np.empty(rows * (rows - 1) // 2)
    at = 0
    for start in range(0, rows, BLOCK):
        block = np.maximum(1 - (vectors[start : start + BLOCK] @ vectors[start:].T).astype(np.float64), 0)
        for place, line in enumerate(block.round(5)):
            count = len(line) - place - 1
            far[at : at + count] = line[place + 1 :]
            at += count
    return far


def distinctness(vectors: Vectors, rows: Sequence[int], of: Rows | None = None) -> float:
    """How much nearer the rows are to each other than to the five nearest of other comments.

    `of` (n,) is the comment of each row; None where each is its own.
    """
    near = vectors[rows] @ vectors.T
    inner = near[:, rows]
    within = (inner.sum() - np.trace(inner)) / (len(rows) * (len(rows) - 1))
    mine = np.isin(of, of[rows]) if of is not None else np.isin(np.arange(len(vectors)), rows)
    outside = near[:, ~mine]
    if outside.shape[1] == 0:
        return float(within)
    nearest = np.sort(outside, axis=1)[:, -OUTSIDE:]
    return float(within - nearest.mean())


def _standard(values: Numbers) -> Numbers:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)

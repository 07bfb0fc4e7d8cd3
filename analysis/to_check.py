"""Which comments a person should check next: half teach most, a quarter are drawn at random, a quarter rare.

The random ones alone can tell how well the machine does; the order of the random draw is fixed by the seed
and the comment's id, so that no run can prefer one. Instructive: near the edge of some theme, and unlike each
other; the least certain ones of all are mostly odd texts and teach little (shared facts, "How to group", 3).
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from analysis.calibrate import Edges, Scores
from analysis.encode import Vectors
from analysis.records import Comment, ToCheck, Why
from analysis.texts import Flags, Rows

COUNT = 40
TURNS: tuple[Why, ...] = ("instructive", "random", "instructive", "rare")
# So many times as many near the edge are looked at for ones unlike each other.
POOL = 5


def to_check(
    comments: Sequence[Comment], scores: Scores, vectors: Vectors, edges: Edges, checked: Rows,
    members: Flags, seed: int, count: int = COUNT,
) -> list[ToCheck]:  # fmt: skip
    """At most `count` readable comments that nobody checked, the first to check first.

    `scores` (n, themes) and `vectors` (n, dim) are those of `comments`; `checked` (c,) rows have `members`
    (c, themes). Every beginning of the list holds the kinds in the same mix.
    """
    open_rows = np.array([comment.readable for comment in comments], dtype=bool)
    open_rows[checked] = False
    left = np.flatnonzero(open_rows)
    share = {why: -(-count * TURNS.count(why) // len(TURNS)) for why in TURNS}
    drawn = sorted(left.tolist(), key=lambda row: _lot(comments[row].id, seed))[: share["random"]]
    taken = set(drawn)
    seen = {comments[row].text.casefold() for row in [*checked.tolist(), *drawn]}
    left = _different(comments, [row for row in left.tolist() if row not in taken], seen)
    rare = _rare(scores, left, members, share["rare"])
    left = left[~np.isin(left, rare)]
    chosen = {
        "random": drawn,
        "rare": rare,
        "instructive": _instructive(scores, vectors, edges, left, share["instructive"], seed),
    }
    queue: list[ToCheck] = []
    for turn in range(count * len(TURNS)):
        why = TURNS[turn % len(TURNS)]
        if chosen[why] and len(queue) < count:
            queue.append(ToCheck(comments[chosen[why].pop(0)].id, why))
    return queue


def _lot(comment_id: str, seed: int) -> bytes:
    return hashlib.blake2b(f"{seed}\0{comment_id}".encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _different(comments: Sequence[Comment], rows: Sequence[int], seen: set[str]) -> Rows:
    """One row of each text that is not seen yet: the same words twice teach nothing."""
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(comments[row].text.casefold(), row)
    return np.array([row for text, row in first.items() if text not in seen], dtype=np.int64)


def _rare(scores: Scores, left: Rows, members: Flags, count: int) -> list[int]:
    """Turn by turn, for the theme that fewest checked comments have, the likeliest comment not taken yet."""
    found: list[int] = []
    known = members.sum(axis=0).astype(np.float64)
    free = np.zeros(len(scores), dtype=bool)
    free[left] = True
    while len(found) < min(count, len(left)) and scores.shape[1]:
        # Of equally rare themes the one that the machine sees least of.
        theme = int(np.lexsort((scores.sum(axis=0), known))[0])
        row = int(np.where(free, scores[:, theme], -1).argmax())
        found.append(row)
        free[row] = False
        known[theme] += 1
    return found


def _instructive(
    scores: Scores, vectors: Vectors, edges: Edges, left: Rows, count: int, seed: int
) -> list[int]:
    """Of the comments nearest to the edge of some theme one of each kind, the nearest first."""
    if not len(left) or not scores.shape[1]:
        return []
    away = np.abs(scores[left] - edges.each(scores.shape[1])).min(axis=1).round(4)
    pool = left[np.lexsort((left, away))[: count * POOL]]
    distance = dict(zip(left.tolist(), away.tolist(), strict=True))
    if len(pool) <= count:
        return [int(row) for row in pool]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        kind = KMeans(count, n_init=1, random_state=seed % (1 << 32)).fit_predict(vectors[pool])
    nearest: dict[int, int] = {}
    for row, group in zip(pool.tolist(), kind.tolist(), strict=True):
        nearest.setdefault(group, row)
    return sorted(nearest.values(), key=lambda row: (distance[row], row))

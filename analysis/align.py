"""Brings languages together without erasing what only one community talks about.

The mean of a language's comments lies off the common mean for two reasons: its language and its subjects.
Which is which is told by the parallel sentences. They show in which directions languages differ, and the
comments themselves in which directions subjects do; what of the shift looks like language is taken away
(a Wiener filter: the posterior mean of one Gaussian in the sum of two). Where groups found after that hardly
depend on language, the languages talk about the same things, and what still parts them within a group is
taken away too (in the manner of Harmony, Korsunsky et al. 2019); where they depend on it, that is left.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score

from analysis.centre import Offsets, Parallel, centre, unit
from analysis.encode import Vectors
from analysis.language import base
from analysis.neighbours import graph, smooth

Tags = npt.NDArray[np.object_]
Shifts = dict[str, npt.NDArray[np.float64]]

# How far a language strays in another kind of text, in parts of what the parallel sentences show: of the
# spread of the offsets, and of that of single sentences.
OFFSET, SENTENCE = 1.0, 0.1
# How far the means of two communities lie apart for what they talk about, in parts of the spread of comments.
SUBJECT = 0.05
# Comments that the parallel sentences count for, where the spread of comments is estimated from few.
PRIOR = 60
RIDGE = 0.05
# Agreement of groups and languages (adjusted mutual information): up to SAME all talk about the same things,
# from APART on each of something else.
SAME, APART = 0.12, 0.22
ROUNDS, GROUPS = 3, 15
LEAST = 10
SHRINK = 20
# Offsets need no more comments than this.
ENOUGH = 4_000


def align(vectors: Vectors, languages: Sequence[str | None], offsets: Offsets, seed: int) -> Vectors:
    """float32 (n, dim) unit rows of `vectors` (n, dim) with languages and the common middle taken away.

    A row without a language is only moved with all others. Without parallel sentences, as `centre`.
    """
    tags = _tags(languages)
    if offsets.parallel is None or len(set(tags) - {""}) < 2:
        return centre(vectors, languages, offsets)
    rows = _sample(tags, seed)
    shifts = _language_part(vectors[rows], tags[rows], offsets, offsets.parallel)
    return _taken(vectors, tags, _within_groups(vectors[rows], tags[rows], shifts, seed))


def without_language(
    vectors: Vectors, languages: Sequence[str | None], offsets: Offsets, seed: int
) -> Vectors:
    """As `align`, but only what looks like language is taken away: for what may be one community's alone."""
    tags = _tags(languages)
    if offsets.parallel is None or len(set(tags) - {""}) < 2:
        return centre(vectors, languages, offsets, shrink=np.inf)
    rows = _sample(tags, seed)
    return _taken(vectors, tags, _language_part(vectors[rows], tags[rows], offsets, offsets.parallel))


def _tags(languages: Sequence[str | None]) -> Tags:
    return np.array([base(language) if language else "" for language in languages], dtype=object)


def _sample(tags: Tags, seed: int) -> npt.NDArray[np.int64]:
    """Enough rows at random, and of each language some, however few speak it."""
    order = np.random.default_rng(seed).permutation(len(tags))
    kept = [order[:ENOUGH], *(order[tags[order] == tag][:SHRINK] for tag in set(tags))]
    return np.unique(np.concatenate(kept))


def _taken(vectors: Vectors, tags: Tags, shifts: Shifts) -> Vectors:
    zero = np.zeros(vectors.shape[1])
    moved = vectors - np.stack([shifts.get(tag, zero) for tag in tags])
    return unit((moved - moved.mean(axis=0)).astype(np.float32))


def _language_part(vectors: Vectors, tags: Tags, offsets: Offsets, parallel: Parallel) -> Shifts:
    """The offsets and, of what still parts each language's mean from the others', the part like language."""
    spoken = sorted(set(tags) - {""})
    # A language that the sentences don't have is taken to lie where languages lie on average.
    strange = np.stack(list(offsets.of.values())).mean(axis=0)
    shifts = {tag: np.asarray(offsets.of.get(tag, strange), dtype=np.float64) for tag in spoken}
    moved = {tag: vectors[tags == tag] - shifts[tag] for tag in spoken}
    means = {tag: rows.mean(axis=0) for tag, rows in moved.items()}
    common = np.mean(list(means.values()), axis=0)
    inside = np.vstack([rows - means[tag] for tag, rows in moved.items()])
    count = len(inside)
    said = parallel.said.astype(np.float64)
    subject = (inside.T @ inside + PRIOR * _spread(said)) / (count + PRIOR)
    subject += np.eye(len(subject)) * np.trace(subject) / len(subject) * RIDGE
    language = OFFSET * _spread(parallel.between) + SENTENCE * _spread(parallel.within)
    found = dict(shifts)
    for tag in spoken:
        both = language + (SUBJECT + 1 / len(moved[tag])) * subject
        found[tag] = shifts[tag] + language @ np.linalg.solve(both, means[tag] - common)
    return found


def _spread(rows: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    exact = rows.astype(np.float64)
    return np.asarray(exact.T @ exact / len(exact))


def _within_groups(vectors: Vectors, tags: Tags, shifts: Shifts, seed: int) -> Shifts:
    """`shifts` and what parts languages within groups, as far as groups don't depend on language."""
    known = [tag for tag in shifts if (tags == tag).sum() >= LEAST]
    number = min(GROUPS, len(vectors) // SHRINK)
    if len(known) < 2 or number < 2:
        return shifts
    trust = 0.0
    found = dict(shifts)
    for turn in range(ROUNDS):
        near = _taken(vectors, tags, found)
        smoothed = unit(smooth(graph(near), near.astype(np.float64)).astype(np.float32)).round(4)
        groups = KMeans(number, n_init=2, random_state=(seed + turn) % (1 << 32)).fit_predict(smoothed)
        if turn == 0:
            shared = adjusted_mutual_info_score(list(tags), groups)
            trust = float(np.clip((APART - shared) / (APART - SAME), 0, 1))
        if trust == 0:
            break
        found |= {tag: found[tag] + trust * _parted(vectors, tags, found, groups, tag) for tag in known}
    return found


def _parted(
    vectors: Vectors, tags: Tags, shifts: Shifts, groups: npt.NDArray[np.int64], tag: str
) -> npt.NDArray[np.float64]:
    """How far the language lies from the others within groups, shrunk where few comments say so."""
    moved = vectors - np.stack([shifts.get(spoken, np.zeros(vectors.shape[1])) for spoken in tags])
    total, weights = np.zeros(vectors.shape[1]), 0.0
    for group in np.unique(groups):
        mine, others = moved[(groups == group) & (tags == tag)], moved[(groups == group) & (tags != tag)]
        if len(mine) and len(others):
            weight = len(mine) * len(others) / (len(mine) + len(others))
            total += weight * (mine.mean(axis=0) - others.mean(axis=0))
            weights += weight
    return total / (weights + SHRINK)

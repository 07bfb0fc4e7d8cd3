"""How well the grouping agrees with labels that people gave, with the uncertainty of the figure.

Input: `id,text` and `labels` (several parted by `|`) or `topic`; optional `language`, `question`,
`sentiment` and `sentence`, which joins translations of one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from analysis.centre import centre, shipped_offsets
from analysis.codebook import Codebook
from analysis.encode import Encoder, Vectors
from analysis.inputs import InputError, read_rows
from analysis.language import is_tag
from analysis.learn import cross_checked
from analysis.pipeline import analyse
from analysis.records import UNSORTED, Comment, ThemeSet
from analysis.vectors import Item, VectorCache, embed

CHECKED = (100, 300, 800)
HELD_OUT = 0.3
LEAST_ROWS = 5
RESAMPLES = 200
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % bootstrap interval."""

    name: str
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.name:<58} {self.value:6.3f}  ({self.low:.3f} to {self.high:.3f})"


class _Memory:
    """Vectors for as long as one evaluation lasts."""

    def __init__(self) -> None:
        self._kept: dict[Item, Vectors] = {}

    def load(self, model: str, items: Sequence[Item]) -> dict[int, Vectors]:
        return {place: self._kept[item] for place, item in enumerate(items) if item in self._kept}

    def save(self, model: str, items: Sequence[Item], vectors: Vectors) -> None:
        self._kept.update(zip(items, vectors, strict=True))


def report(path: Path, codebook: Codebook | None, encoder: Encoder, seed: int = 0) -> str:
    """The figures of a labelled CSV, one to a line. Raises InputError."""
    rows = read_rows(path)
    labels = _labels(rows, path)
    comments = [
        Comment(r["id"], r["text"], r["id"], r.get("language") if is_tag(r.get("language")) else None)
        for r in rows
    ]
    memory = _Memory()
    found = analyse(comments, codebook=codebook, encoder=encoder, seed=seed, cache=memory)
    head = f"{path.name}: {len(rows)} comments, {len(set().union(*labels))} labels"
    head += f"; {encoder.name} {encoder.sha256[:12]}, seed {seed}"
    figures = grouping(found, labels, rows, seed)
    figures += learning(rows, labels, encoder, seed, memory)
    if "sentiment" in rows[0]:
        figures.append(tone_recall(found, rows, seed))
    return "\n".join([head, *map(str, figures)])


def grouping(
    found: ThemeSet, labels: Sequence[frozenset[str]], rows: Sequence[dict[str, str]], seed: int
) -> list[Figure]:
    """Agreement of primary themes with labels (rows of one label only), and with the languages spoken."""
    primary = {c.comment_id: c.theme_id for c in found.codings if c.primary}
    themes = np.array([primary[row["id"]] for row in rows])
    size: dict[str, int] = {}
    for label in labels:
        for one in label if len(label) == 1 else ():
            size[one] = size.get(one, 0) + 1
    kept = np.array(
        [i for i, label in enumerate(labels) if len(label) == 1 and size[next(iter(label))] >= LEAST_ROWS],
        dtype=int,
    )
    if not len(kept):
        return []
    truth = np.array([next(iter(labels[i])) for i in kept])
    figures = [
        bootstrap(
            "primary theme and single label: AMI",
            len(kept),
            seed,
            lambda at: adjusted_mutual_info_score(truth[at], themes[kept][at]),
        ),
        bootstrap(
            "primary theme and single label: ARI",
            len(kept),
            seed,
            lambda at: adjusted_rand_score(truth[at], themes[kept][at]),
        ),
        bootstrap(
            "comments that found a theme, share",
            len(themes),
            seed,
            lambda at: float((themes[at] != UNSORTED).mean()),
        ),
    ]
    spoken = np.array([row.get("language", "") for row in rows])
    if len(set(spoken)) > 1:
        figures.append(
            bootstrap(
                "primary theme and language: AMI (leakage, 0 is best)",
                len(rows),
                seed,
                lambda at: adjusted_mutual_info_score(spoken[at], themes[at]),
            )
        )
    if "sentence" in rows[0]:
        figures.append(_together([row["sentence"] for row in rows], themes, seed))
    return figures


def learning(
    rows: Sequence[dict[str, str]],
    labels: Sequence[frozenset[str]],
    encoder: Encoder,
    seed: int,
    cache: VectorCache | None = None,
) -> list[Figure]:
    """F1 on held-out comments, the labels themselves as codebook, so many comments checked."""
    names = sorted(
        name for name in set().union(*labels) if sum(name in label for label in labels) >= LEAST_ROWS
    )
    if not names:
        return []
    truth = np.array([[name in label for name in names] for label in labels])
    vectors = embed(encoder, [(row["id"], row["text"]) for row in rows], cache)
    vectors = centre(vectors, [row.get("language") for row in rows], shipped_offsets(encoder))
    order = _order(rows, seed)
    test = order[: int(len(order) * HELD_OUT)]
    train = order[len(test) :]
    figures = []
    for count in [n for n in CHECKED if n < len(train)] + [len(train)]:
        predicted = cross_checked(vectors[train[:count]], truth[train[:count]], vectors[test])
        figures += _f1(f"{count} checked", truth[test], predicted, seed)
    return figures


def _f1(name: str, truth: Flags, predicted: Flags, seed: int) -> list[Figure]:
    def figure(kind: str, value: Callable[[Flags, Flags], float]) -> Figure:
        return bootstrap(f"{name}, {kind} F1", len(truth), seed, lambda at: value(truth[at], predicted[at]))

    return [figure("micro", micro_f1), figure("macro", macro_f1), figure("samples", samples_f1)]


def tone_recall(found: ThemeSet, rows: Sequence[dict[str, str]], seed: int) -> Figure:
    """The share of comments a person called negative that the hint calls negative or mixed."""
    negative = [row["id"] for row in rows if "negative" in row["sentiment"]]
    heard = np.array([found.tones[key] in ("negative", "mixed") for key in negative])
    return bootstrap(
        "tone hint: negative comments found (recall)", len(heard), seed, lambda at: float(heard[at].mean())
    )


def micro_f1(truth: Flags, predicted: Flags) -> float:
    """F1 over all (comment, label) pairs together."""
    return float(2 * (truth & predicted).sum() / max(truth.sum() + predicted.sum(), 1))


def macro_f1(truth: Flags, predicted: Flags) -> float:
    """Mean over the labels that occur of each label's F1."""
    both = 2 * (truth & predicted).sum(axis=0)
    total = truth.sum(axis=0) + predicted.sum(axis=0)
    return float((both / np.maximum(total, 1))[truth.any(axis=0)].mean())


def samples_f1(truth: Flags, predicted: Flags) -> float:
    """Mean over comments of each comment's F1."""
    both = 2 * (truth & predicted).sum(axis=1)
    return float((both / np.maximum(truth.sum(axis=1) + predicted.sum(axis=1), 1)).mean())


def bootstrap(name: str, size: int, seed: int, figure: Callable[[npt.NDArray[np.int64]], float]) -> Figure:
    """The figure over all rows, with the middle 95 % of it over resampled rows."""
    if not size:
        return Figure(name, float("nan"), float("nan"), float("nan"))
    random = np.random.default_rng(seed)
    drawn = [figure(random.integers(0, size, size)) for _ in range(RESAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(name, figure(np.arange(size)), float(low), float(high))


def _labels(rows: Sequence[dict[str, str]], path: Path) -> list[frozenset[str]]:
    column = next((name for name in ("labels", "topic") if name in rows[0]), None)
    if column is None:
        raise InputError(
            f"{path} has no column labels or topic; give each comment the labels people gave it."
        )
    return [frozenset(label.strip() for label in row[column].split("|") if label.strip()) for row in rows]


def _order(rows: Sequence[dict[str, str]], seed: int) -> npt.NDArray[np.int64]:
    """Rows in random order, translations side by side so that none is both learnt from and asked."""
    units = [row.get("sentence") or row["id"] for row in rows]
    place = {
        unit: number
        for number, unit in enumerate(np.random.default_rng(seed).permutation(sorted(set(units))))
    }
    return np.array(sorted(range(len(rows)), key=lambda i: (place[units[i]], i)), dtype=np.int64)


def _together(sentences: Sequence[str], themes: npt.NDArray[np.str_], seed: int) -> Figure:
    groups: dict[str, list[int]] = {}
    for row, sentence in enumerate(sentences):
        groups.setdefault(sentence, []).append(row)
    shares = []
    for group in groups.values():
        pairs = [themes[a] == themes[b] for place, a in enumerate(group) for b in group[place + 1 :]]
        if pairs:
            shares.append(sum(pairs) / len(pairs))
    values: Vectors = np.array(shares, dtype=np.float32)
    return bootstrap(
        "translations of one sentence in one theme, share of pairs",
        len(values),
        seed,
        lambda at: float(values[at].mean()),
    )

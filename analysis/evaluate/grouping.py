"""Do the themes of a codebook, no comment checked, agree with the labels that people gave?"""

from __future__ import annotations

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from analysis.evaluate.figure import Figure, bootstrap
from analysis.evaluate.labelled import LEAST_ROWS, Labelled
from analysis.pipeline import analyse
from analysis.records import UNSORTED


def figures(data: Labelled) -> list[Figure]:
    """Agreement of primary themes with labels (rows of one label only) and with languages, and coverage."""
    found = analyse(
        data.comments, codebook=data.codebook, encoder=data.encoder, seed=data.seed, cache=data.cache
    )
    primary = {c.comment_id: c.theme_id for c in found.codings if c.primary}
    themes = np.array([primary[row["id"]] for row in data.rows])
    return [*_labels(data, themes), *_languages(data, themes)]


def _labels(data: Labelled, themes: np.ndarray) -> list[Figure]:
    kept = np.flatnonzero([len(label) == 1 and bool(label & set(data.names)) for label in data.labels])
    truth = np.array([next(iter(data.labels[i])) for i in kept])
    size = {name: int((truth == name).sum()) for name in set(truth)}
    kept = kept[[size[name] >= LEAST_ROWS for name in truth]] if len(kept) else kept
    if not len(kept):
        return []
    truth, mine = np.array([next(iter(data.labels[i])) for i in kept]), themes[kept]
    aimed = data.codebook is not None and data.has("labels")
    return [
        bootstrap(
            "primary theme and single label: AMI", len(kept), data.seed,
            lambda at: adjusted_mutual_info_score(truth[at], mine[at]), reach=0.38 if aimed else None,
        ),
        bootstrap(
            "primary theme and single label: ARI", len(kept), data.seed,
            lambda at: adjusted_rand_score(truth[at], mine[at]), reach=0.42 if aimed else None,
        ),
        bootstrap(
            "comments that found a theme, share", len(themes), data.seed,
            lambda at: float((themes[at] != UNSORTED).mean()),
        ),
    ]  # fmt: skip


def _languages(data: Labelled, themes: np.ndarray) -> list[Figure]:
    spoken = np.array([row.get("language", "") for row in data.rows])
    figures = []
    if len(set(spoken)) > 1:
        figures.append(
            bootstrap(
                "primary theme and language: AMI (leakage, 0 is best)", len(themes), data.seed,
                lambda at: adjusted_mutual_info_score(spoken[at], themes[at]),
            )
        )  # fmt: skip
    if data.has("sentence"):
        figures.append(together("translations of one sentence in one theme, share of pairs", data, themes))
    return figures


def together(name: str, data: Labelled, themes: np.ndarray, reach: float | None = None) -> Figure:
    """The share of pairs of translations of one sentence that lie in one group, over sentences."""
    groups: dict[str, list[int]] = {}
    for row, said in enumerate(data.rows):
        groups.setdefault(said["sentence"], []).append(row)
    shares = []
    for group in groups.values():
        pairs = [themes[a] == themes[b] for place, a in enumerate(group) for b in group[place + 1 :]]
        if pairs:
            shares.append(sum(pairs) / len(pairs))
    values = np.array(shares)
    return bootstrap(name, len(values), data.seed, lambda at: float(values[at].mean()), reach=reach)

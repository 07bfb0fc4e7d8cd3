"""How fast do a few checked comments make the machine agree with people? The labels are the codebook."""

from __future__ import annotations

from collections.abc import Callable

from analysis.centre import centre, shipped_offsets
from analysis.evaluate.figure import Figure, Flags, bootstrap, macro_f1, micro_f1, samples_f1
from analysis.evaluate.labelled import Labelled
from analysis.learn import cross_checked

CHECKED = {100: 0.62, 300: 0.66, 800: 0.70}
HELD_OUT = 0.3


def figures(data: Labelled) -> list[Figure]:
    """F1 on held-out comments, so many of the others checked."""
    if not data.names:
        return []
    vectors = centre(data.vectors, data.languages, shipped_offsets(data.encoder))
    order = data.order(data.seed)
    test = order[: int(len(order) * HELD_OUT)]
    train = order[len(test) :]
    found: list[Figure] = []
    for count in [n for n in CHECKED if n < len(train)] + [len(train)]:
        predicted = cross_checked(vectors[train[:count]], data.truth[train[:count]], vectors[test])
        found += _f1(data, f"{count} checked", data.truth[test], predicted, CHECKED.get(count))
    return found


def _f1(data: Labelled, name: str, truth: Flags, predicted: Flags, reach: float | None) -> list[Figure]:
    kinds: tuple[tuple[str, Callable[[Flags, Flags], float], float | None], ...] = (
        ("micro", micro_f1, reach), ("macro", macro_f1, None), ("samples", samples_f1, None),
    )  # fmt: skip
    return [_figure(data, f"{name}, {kind} F1", truth, predicted, of, aim) for kind, of, aim in kinds]


def _figure(
    data: Labelled, name: str, truth: Flags, predicted: Flags, of: Callable[[Flags, Flags], float],
    reach: float | None,
) -> Figure:  # fmt: skip
    return bootstrap(name, len(truth), data.seed, lambda at: of(truth[at], predicted[at]), reach=reach)

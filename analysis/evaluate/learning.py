"""How fast do a few checked comments make the machine agree with people? The labels are the codebook.

Each label is a theme with `EXAMPLES` examples drawn from the part that is learnt from; more of that part is
then checked, drawn at random, and all figures are of the part held out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.evaluate.figure import Figure, Flags, bootstrap, macro_f1, micro_f1, samples_f1
from analysis.evaluate.labelled import Labelled
from analysis.evaluate.taught import Answer, School, drawn

CHECKED = {0: 0.50, 100: 0.62, 300: 0.66, 800: 0.70}
ALL = {"micro": 0.74, "macro": 0.55, "samples": 0.75}
FIRST = (300, 0.8, 0.85)
EXAMPLES = 15
HELD_OUT = 0.2


def figures(data: Labelled) -> list[Figure]:
    """F1 on held-out comments, so many of the others checked; [] where the rows have topics, not labels."""
    if not data.names or not data.has("labels"):
        return []
    order = data.order(data.seed)
    test, train = np.split(order, [int(len(order) * HELD_OUT)])
    school = School.of(data)
    seeds = drawn(data.truth, train, EXAMPLES)
    pool = train[~np.isin(train, seeds)]
    everyone = np.arange(len(data.rows))
    found: list[Figure] = []
    for count, reach in CHECKED.items():
        if count < len(pool):
            answer = school.lesson(seeds, pool[:count], everyone).answer(test)
            found += _f1(data, f"{count} checked", answer, {"micro": reach})
            if count == FIRST[0]:
                found.append(_first(data, answer))
    name = f"trained on {1 - HELD_OUT:.0%} ({len(train)})"
    return found + _f1(data, name, school.lesson(seeds, pool, everyone).answer(test), ALL)


def _first(data: Labelled, answer: Answer) -> Figure:
    """How often the likeliest theme is right among the surest share of the rows."""
    count, share, reach = FIRST
    sure = np.argsort(-answer.scores.max(axis=1), kind="stable")[: int(share * len(answer.scores))]
    right = answer.truth[sure, answer.scores[sure].argmax(axis=1)]
    name = f"{count} checked, primary theme right where it answers for {share:.0%}"
    return bootstrap(name, len(right), data.seed, lambda at: float(right[at].mean()), reach=reach)


def _f1(data: Labelled, name: str, answer: Answer, reach: dict[str, float]) -> list[Figure]:
    kinds = {"micro": micro_f1, "macro": macro_f1, "samples": samples_f1}
    return [_figure(data, f"{name}, {kind} F1", answer, of, reach.get(kind)) for kind, of in kinds.items()]


def _figure(
    data: Labelled, name: str, answer: Answer, of: Callable[[Flags, Flags], float], reach: float | None
) -> Figure:
    truth, predicted = answer.truth, answer.predicted
    return bootstrap(name, len(truth), data.seed, lambda at: of(truth[at], predicted[at]), reach=reach)

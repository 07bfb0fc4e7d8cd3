"""How fast do a few checked comments make the machine agree with people? The labels are the codebook.

Each label is a theme with `EXAMPLES` examples drawn from the part that is learnt from; more of that part is
then checked, drawn at random, and all figures are of the part held out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.calibrate import Scores, chosen
from analysis.centre import shipped_offsets
from analysis.checking import Told
from analysis.codebook import Example
from analysis.evaluate.figure import Figure, Flags, Rows, bootstrap, macro_f1, micro_f1, samples_f1
from analysis.evaluate.labelled import Labelled
from analysis.features import features
from analysis.learn import WORDS_FROM, learn
from analysis.texts import Examples, Texts, read

CHECKED = {0: 0.50, 100: 0.62, 300: 0.66, 800: 0.70}
ALL = {"micro": 0.74, "macro": 0.55, "samples": 0.75}
FIRST = (300, 0.8, 0.85)
EXAMPLES = 15
HELD_OUT = 0.2


@dataclass(frozen=True)
class Answer:
    """What the machine says of the held-out rows: `predicted` (n, labels), `scores` (n, labels)."""

    truth: Flags
    predicted: Flags
    scores: Scores


def figures(data: Labelled) -> list[Figure]:
    """F1 on held-out comments, so many of the others checked."""
    if not data.names:
        return []
    order = data.order(data.seed)
    test, train = np.split(order, [int(len(order) * HELD_OUT)])
    texts, _ = read(data.comments, data.languages, None, data.encoder, data.cache)
    seeds = drawn(data, train)
    pool = train[~np.isin(train, seeds)]
    found: list[Figure] = []
    for count, reach in CHECKED.items():
        if count < len(pool):
            answer = taught(data, texts, seeds, pool[:count], test)
            found += _f1(data, f"{count} checked", answer, {"micro": reach})
            if count == FIRST[0]:
                found.append(_first(data, answer))
    return found + _f1(data, f"all {len(train)} known", taught(data, texts, seeds, pool, test), ALL)


def drawn(data: Labelled, train: Rows) -> Rows:
    """For each label, the rarest first, the first rows of `train` that have it, until it has `EXAMPLES`."""
    taken: list[int] = []
    for label in np.argsort(data.truth.sum(axis=0), kind="stable"):
        mine = [row for row in train.tolist() if data.truth[row, label]]
        known = sum(row in taken for row in mine)
        taken += [row for row in mine if row not in taken][: max(EXAMPLES - known, 0)]
    return np.array(taken, dtype=np.int64)


def taught(data: Labelled, texts: Texts, seeds: Rows, checked: Rows, test: Rows) -> Answer:
    """The machine's answer for `test`, with `seeds` as the codebook's examples and `checked` checked."""
    said = [
        Example(data.rows[row]["text"], data.languages[row] or "en", data.comments[row].question)
        for row in seeds
    ]
    known = Examples(said, data.truth[seeds], {}, texts.whole[seeds])
    rows = np.setdiff1d(np.arange(len(texts.rows)), seeds)
    part = texts.of(rows)
    place = np.searchsorted(rows, np.sort(checked))
    told = Told(place, data.truth[np.sort(checked)], np.ones(len(checked), dtype=bool))
    seen = features(part, known, shipped_offsets(data.encoder), words=len(checked) >= WORDS_FROM)
    learnt = learn(seen, known.members, told, data.seed)
    asked = np.searchsorted(rows, test)
    scores = learnt.scores[asked]
    return Answer(data.truth[test], chosen(scores, learnt.edges), scores)


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

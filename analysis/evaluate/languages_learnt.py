"""Are texts in other languages sorted as well, where all that was learnt is English?

`EXAMPLES` English sentences of each topic are learnt from, and none of their translations is asked. Each
sentence is asked in one language only, drawn at random, because in use nobody says the same in six languages;
beside it stands the figure with all translations there, which can help each other.
"""

from __future__ import annotations

import numpy as np

from analysis.evaluate.figure import Figure, Rows, bootstrap
from analysis.evaluate.labelled import Labelled
from analysis.evaluate.taught import School, drawn

EXAMPLES = 20
DRAWS = 3
MEAN, WORST = 0.75, 0.62
PIVOT = "en"


def figures(data: Labelled) -> list[Figure]:
    """Share of the likeliest topics that are right: mean over the other languages, and the worst."""
    spoken = np.array([tag or "" for tag in data.languages])
    others = sorted(set(spoken) - {PIVOT})
    if not (data.has("sentence") and data.has("topic") and PIVOT in spoken and others):
        return []
    school = School.of(data)
    found: list[Figure] = []
    for alone in (True, False):
        right, tags = _asked(school, spoken, alone)
        found += _two(data, right, tags, others, alone)
    return found


def _asked(school: School, spoken: np.ndarray, alone: bool) -> tuple[np.ndarray, np.ndarray]:
    """Over all draws: whether each answer was right, and its language."""
    data = school.data
    sentence = np.array([row["sentence"] for row in data.rows])
    right, tags = [], []
    for draw in range(DRAWS):
        order = data.order(data.seed + draw)
        seeds = drawn(data.truth, order[spoken[order] == PIVOT], EXAMPLES)
        rest = order[~np.isin(sentence[order], sentence[seeds])]
        asked = np.sort(_one_each(rest, sentence, data.seed + draw) if alone else rest)
        answer = school.lesson(seeds, np.zeros(0, dtype=np.int64), asked).answer(asked)
        right.append(answer.truth[np.arange(len(asked)), answer.scores.argmax(axis=1)])
        tags.append(spoken[asked])
    return np.concatenate(right), np.concatenate(tags)


def _one_each(rows: Rows, sentence: np.ndarray, seed: int) -> Rows:
    shuffled = np.random.default_rng(seed).permutation(rows)
    return shuffled[np.unique(sentence[shuffled], return_index=True)[1]]


def _two(data: Labelled, right: np.ndarray, tags: np.ndarray, others: list[str], alone: bool) -> list[Figure]:
    shares = {tag: float(right[tags == tag].mean()) for tag in others}
    worst = min(shares, key=lambda tag: shares[tag])
    how = "each sentence in one language" if alone else "every sentence in all languages"
    note = ", ".join(f"{tag} {share:.2f}" for tag, share in sorted(shares.items()))

    def mean(at: Rows) -> float:
        return float(np.mean([right[at][tags[at] == tag].mean() for tag in others]))

    mine = right[tags == worst]
    return [
        bootstrap(f"{EXAMPLES} English examples a topic, {how}: other languages, mean", len(right), data.seed,
                  mean, reach=MEAN, note=note),
        bootstrap(f"{EXAMPLES} English examples a topic, {how}: the worst ({worst})", len(mine), data.seed,
                  lambda at: float(mine[at].mean()), reach=WORST),
    ]  # fmt: skip

"""The machine as taught in an evaluation: some labelled rows as a codebook's examples, some as checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.calibrate import Scores, chosen
from analysis.centre import SHRINK, shipped_offsets
from analysis.checking import Told
from analysis.codebook import Example
from analysis.evaluate.figure import Flags, Rows
from analysis.evaluate.labelled import Labelled
from analysis.features import features
from analysis.learn import learn
from analysis.texts import PIVOT, TITLE, Examples, Texts, read


@dataclass(frozen=True)
class Answer:
    """What the machine says of the rows it was asked: `truth`, `predicted` and `scores` (n, labels)."""

    truth: Flags
    predicted: Flags
    scores: Scores


@dataclass(frozen=True)
class School:
    """A labelled file, read once, to teach from again and again."""

    data: Labelled
    texts: Texts

    @classmethod
    def of(cls, data: Labelled) -> School:
        return cls(data, read(data.comments, data.languages, None, data.encoder, data.cache)[0])

    def answer(self, seeds: Rows, checked: Rows, asked: Rows, beside: Rows | None = None) -> Answer:
        """What it says of `asked`, with `seeds` as the codebook's examples and `checked` checked.

        `beside` are the rows that lie there unlabelled; default: all that are not `seeds`.
        """
        data = self.data
        everyone = np.arange(len(data.rows)) if beside is None else np.concatenate([checked, asked, beside])
        rows = np.setdiff1d(everyone, seeds)
        known = self._examples(seeds)
        told = Told(
            np.searchsorted(rows, np.sort(checked)), data.truth[np.sort(checked)],
            np.ones(len(checked), dtype=bool),
        )  # fmt: skip
        texts = self.texts.of(rows)
        seen = features(texts, known, shipped_offsets(data.encoder), words=True, shrink=SHRINK)
        learnt = learn(seen, known, told, data.seed)
        scores = learnt.scores[np.searchsorted(rows, asked)]
        return Answer(data.truth[asked], chosen(scores, learnt.edges), scores)

    def _examples(self, seeds: Rows) -> Examples:
        """Those rows and the names of the labels, as `analysis.texts.examples` has them of a codebook."""
        names = self.data.names
        said = [
            Example(
                self.data.rows[row]["text"], self.data.languages[row] or PIVOT, self.texts.rows[row].question
            )
            for row in seeds
        ]
        weights = np.concatenate([np.ones(len(seeds)), np.full(len(names), TITLE)])
        return Examples(
            [*said, *(Example(name, PIVOT) for name in names)],
            np.vstack([self.data.truth[seeds], np.eye(len(names), dtype=bool)]),
            {},
            np.vstack([self.texts.whole[seeds], self.data.encoder.encode(names)]),
            weights,
        )


def drawn(truth: Flags, rows: Rows, count: int) -> Rows:
    """For each label, the rarest first, the first of `rows` that have it, until it has `count`."""
    taken: list[int] = []
    for label in np.argsort(truth.sum(axis=0), kind="stable"):
        mine = [row for row in rows.tolist() if truth[row, label]]
        known = sum(row in taken for row in mine)
        taken += [row for row in mine if row not in taken][: max(count - known, 0)]
    return np.array(taken, dtype=np.int64)

"""The machine as taught in an evaluation: some labelled rows as a codebook's examples, some as checked."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.calibrate import Scores, chosen
from analysis.centre import SHRINK, shipped_offsets
from analysis.checking import Told
from analysis.codebook import Example
from analysis.evaluate.figure import Flags, Rows
from analysis.evaluate.labelled import Labelled
from analysis.features import Features, features
from analysis.learn import Learnt, learn
from analysis.texts import PIVOT, TITLE, Examples, Texts, read

# What the labels mean, in our own words, as the owner of a codebook would write it.
DEFINITIONS = Path(__file__).parent / "definitions.json"


@dataclass(frozen=True)
class Answer:
    """What the machine says of the rows it was asked: `truth`, `predicted` and `scores` (n, labels)."""

    truth: Flags
    predicted: Flags
    scores: Scores


@dataclass(frozen=True)
class Lesson:
    """What was learnt over `rows` (n,) of the file, ascending, of which `told` were checked."""

    rows: Rows
    told: Told
    seen: Features
    learnt: Learnt
    truth: Flags

    def answer(self, asked: Rows) -> Answer:
        """What the machine says of these rows of the file."""
        scores = self.learnt.scores[np.searchsorted(self.rows, asked)]
        return Answer(self.truth[asked], chosen(scores, self.learnt.edges), scores)


@dataclass(frozen=True)
class School:
    """A labelled file, read once, to teach from again and again."""

    data: Labelled
    texts: Texts

    @classmethod
    def of(cls, data: Labelled) -> School:
        return cls(data, read(data.comments, data.languages, None, data.encoder, data.cache)[0])

    def lesson(self, seeds: Rows, checked: Rows, rows: Rows, random: Set[int] = frozenset()) -> Lesson:
        """Learns with `seeds` as the codebook's examples and `checked` checked, of which some at `random`.

        `rows` are all that lie there, with `checked` among them and `seeds` left out.
        """
        data = self.data
        rows, order = np.setdiff1d(rows, seeds), np.sort(checked)
        drawn_so = np.array([row in random for row in order.tolist()], dtype=bool)
        told = Told(np.searchsorted(rows, order), data.truth[order], drawn_so)
        known = self._examples(seeds)
        offsets = shipped_offsets(data.encoder)
        seen = features(self.texts.of(rows), known, offsets, words=True, shrink=SHRINK)
        return Lesson(rows, told, seen, learn(seen, known, told, data.seed), data.truth)

    def _examples(self, seeds: Rows) -> Examples:
        """Those rows, and the labels' names and definitions as `analysis.texts.examples` has a codebook's."""
        said = [
            Example(
                self.data.rows[row]["text"], self.data.languages[row] or PIVOT, self.texts.rows[row].question
            )
            for row in seeds
        ]
        written: dict[str, str] = json.loads(DEFINITIONS.read_text("utf-8"))
        names = [(place, name) for place, name in enumerate(self.data.names)]
        titles = [*names, *((place, written[name]) for place, name in names if name in written)]
        shown = np.array([place for place, _ in titles])[:, None] == np.arange(len(names))
        return Examples(
            [*said, *(Example(text, PIVOT) for _, text in titles)],
            np.vstack([self.data.truth[seeds], shown]),
            {},
            np.vstack([self.texts.whole[seeds], self.data.encoder.encode([text for _, text in titles])]),
            np.concatenate([np.ones(len(seeds)), np.full(len(titles), TITLE)]),
        )


def drawn(truth: Flags, rows: Rows, count: int) -> Rows:
    """For each label, the rarest first, the first of `rows` that have it, until it has `count`."""
    taken: list[int] = []
    for label in np.argsort(truth.sum(axis=0), kind="stable"):
        mine = [row for row in rows.tolist() if truth[row, label]]
        known = sum(row in taken for row in mine)
        taken += [row for row in mine if row not in taken][: max(count - known, 0)]
    return np.array(taken, dtype=np.int64)

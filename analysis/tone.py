"""How positive or negative comments sound, by a model of our own: positive, negative, mixed or not scored.

A logistic model on the encoder's vectors, learnt from seed sentences that we wrote and from comments whose
tone a person checked. It guesses: a person's own rating always stands above it. Only English is scored until
enough checked comments show that another language can be.

What people were asked is no feature: on labelled comments with three questions it moved the model's AUC by
less than .001 (docs/decisions/0008-tone.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logit

from analysis.centre import Offsets, unit
from analysis.encode import Encoder, Vectors
from analysis.language import base
from analysis.logistic import Logistic, fit
from analysis.records import Tone

SEEDS = Path(__file__).parent / "tone_seeds.json"
HOME = "en"
# A language other than English is scored from so many checked comments on, if so many of them come out right.
LEAST_CHECKED = 50
LEAST_RIGHT = 0.8
# Chosen on one half of labelled comments, reported on the other: evaluate/tone.py.
NEGATIVE_FROM = 0.8
POSITIVE_TO = 0.2
FOUND = 0.92  # where enough is checked, the line for negative is drawn to find so many of those checked ...
LOWEST, HIGHEST = 0.3, 0.9  # ... within these bounds
# Two clauses must be this sure for their comment to be mixed, and the whole of it less sure than that.
CLAUSE_SURE = 0.82
WHOLE_SURE = 0.99
STRENGTH = 5.0
FOLDS = 5
MEASURED = (
    "own model; on labelled patient comments it found 9 of 10 negative ones after half of them were checked, "
    "and between 8 and 9 of 10 before any was"
)

Scores = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """Checked comments: float32 (c, dim) vectors as encoded, their languages, and which are negative (c,)."""

    vectors: Vectors
    languages: Sequence[str | None]
    negative: Flags


@dataclass(frozen=True)
class ToneModel:
    """`middle` (dim,) is taken away with each language's offset; `slope` and `shift` make scores calibrated.

    `languages` are the primary tags that may be scored; `negative_from` is the line that P(negative) must
    reach.
    """

    model: Logistic
    offsets: Offsets
    middle: Vectors
    slope: float
    shift: float
    negative_from: float
    languages: frozenset[str]

    @classmethod
    def train(cls, encoder: Encoder, offsets: Offsets, told: Told | None = None) -> ToneModel:
        """Learns from the seeds and from checked comments; with none of them, from the seeds alone."""
        vectors, languages, negative = _seeds(encoder)
        said = vectors - np.stack([offsets.get(tag) for tag in languages])
        middle = said.mean(axis=0)
        rows, truth = unit(said - middle), negative
        checked = 0
        if told is not None and len(told.negative):
            own = told.vectors - np.stack([offsets.get(tag) for tag in told.languages])
            rows, truth = np.vstack([rows, unit(own - middle)]), np.concatenate([truth, told.negative])
            checked = len(told.negative)
        unseen = _unseen(rows, truth)
        # What is checked is like what will be scored; the seeds are not, but a few checks tell less.
        judged = slice(len(negative), None) if checked >= LEAST_CHECKED else slice(None)
        slope, shift = _calibrated(unseen[judged], truth[judged])
        sure = expit(slope * unseen + shift)[len(negative) :]
        model = fit(rows, truth[:, None], strength=STRENGTH, balance=0)
        scored = (
            scored_languages(told.languages, (sure >= 0.5) == told.negative) if told else frozenset({HOME})
        )
        line = NEGATIVE_FROM
        if told is not None and told.negative.sum() >= LEAST_CHECKED:
            line = float(np.quantile(sure[told.negative], 1 - FOUND).clip(LOWEST, HIGHEST))
        return cls(model, offsets, middle, slope, shift, line, scored)

    def scores(self, vectors: Vectors, languages: Sequence[str | None]) -> Scores:
        """float64 (n,) calibrated P(negative) of texts, from their (n, dim) vectors as encoded."""
        if not len(vectors):
            return np.zeros(0)
        away = np.stack([self.offsets.get(tag) for tag in languages]) + self.middle
        raw = self.model.scores(unit(vectors - away))[:, 0]
        return np.asarray(expit(self.slope * _logit(raw) + self.shift))

    def tones(
        self, whole: Scores, clauses: Scores, owner: npt.NDArray[np.int64], languages: Sequence[str | None]
    ) -> list[Tone]:
        """The tone of each of n comments from P(negative) of the whole (n,) and of its clauses (m,).

        `owner` (m,) is the comment of each clause. Mixed is what has a clause surely positive and one surely
        negative, unless the whole is surer still.
        """
        lowest, highest = np.ones(len(whole)), np.zeros(len(whole))
        np.minimum.at(lowest, owner, clauses)
        np.maximum.at(highest, owner, clauses)
        decided = (whole >= WHOLE_SURE) | (whole <= 1 - WHOLE_SURE)
        found: list[Tone] = []
        for row, language in enumerate(languages):
            if not self.may_score(language):
                found.append("not scored")
            elif highest[row] >= CLAUSE_SURE and lowest[row] <= 1 - CLAUSE_SURE and not decided[row]:
                found.append("mixed")
            elif whole[row] >= self.negative_from:
                found.append("negative")
            else:
                found.append("positive" if whole[row] <= POSITIVE_TO else "not scored")
        return found

    def may_score(self, language: str | None) -> bool:
        return language is not None and base(language) in self.languages


def scored_languages(languages: Sequence[str | None], right: Flags) -> frozenset[str]:
    """The primary tags whose tone may be shown: English, and where enough checked comments came out right.

    `languages` of the checked comments, `right` (c,) whether a model that had not seen them agreed.
    """
    tags = np.array([base(tag) if tag else "" for tag in languages], dtype=object)
    enough = {
        str(tag)
        for tag in set(tags) - {""}
        if (tags == tag).sum() >= LEAST_CHECKED and right[tags == tag].mean() >= LEAST_RIGHT
    }
    return frozenset(enough | {HOME})


def signed(whole: Scores) -> Scores:
    """From -1 (negative) to 1 (positive), (n,)."""
    return np.round(1 - 2 * whole, 4)


@lru_cache(maxsize=1)
def seed_sentences() -> Mapping[str, Mapping[str, list[str]]]:
    """Our sentences by language and tone."""
    found: dict[str, dict[str, list[str]]] = json.loads(SEEDS.read_text("utf-8"))["sentences"]
    return found


_remembered: dict[tuple[str, str], Vectors] = {}


def _seeds(encoder: Encoder) -> tuple[Vectors, list[str], Flags]:
    """Vectors of the positive and negative seeds, their languages and which are negative."""
    said = [
        (text, language, tone == "negative")
        for language, by_tone in seed_sentences().items()
        for tone in ("negative", "positive")
        for text in by_tone[tone]
    ]
    key = (encoder.name, encoder.sha256)
    if not encoder.sha256 or key not in _remembered:
        _remembered.clear()
        _remembered[key] = encoder.encode([text for text, *_ in said])
    return _remembered[key], [tag for _, tag, _ in said], np.array([is_negative for *_, is_negative in said])


def _unseen(rows: Vectors, truth: Flags) -> Scores:
    """The raw log-odds (n,) of each row by a model of the other folds."""
    fold = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    found = np.zeros(len(rows))
    for number in range(FOLDS):
        apart = fold == number
        model = fit(rows[~apart], truth[~apart, None], strength=STRENGTH, balance=0)
        found[apart] = _logit(model.scores(rows[apart])[:, 0])
    return found


def _calibrated(odds: Scores, truth: Flags) -> tuple[float, float]:
    """Platt's slope and shift, with his softened targets: J. Platt, Probabilistic outputs (1999)."""
    many, few = truth.sum(), (~truth).sum()
    aim = np.where(truth, (many + 1) / (many + 2), 1 / (few + 2))

    def loss(line: npt.NDArray[np.float64]) -> float:
        at = line[0] * odds + line[1]
        return float((np.logaddexp(0, at) - aim * at).mean())

    slope, shift = minimize(loss, np.array([1.0, 0.0])).x
    return max(float(slope), 0.0), float(shift)


def _logit(probability: Scores) -> Scores:
    return np.asarray(logit(probability.clip(1e-9, 1 - 1e-9)))

"""Are the comments found that a person called negative, and how often is something else called so?

Column `sentiment`: a value with "negative" in it is negative, with "positive" positive, anything else
neither. A comment called mixed counts as found: it holds a complaint. Nothing is chosen on the rows that are
reported: the lines in analysis/tone.py were chosen on another half, and "checked" rows are never asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.centre import shipped_offsets
from analysis.evaluate.figure import Figure, Flags, Rows, bootstrap
from analysis.evaluate.labelled import Labelled
from analysis.records import Tone
from analysis.segment import clauses
from analysis.tone import LEAST_CHECKED, Told, ToneModel
from analysis.tone_hint import hint
from analysis.vectors import embed

REACH_HERE, REACH_ELSEWHERE = 0.90, 0.80
PRECISION = "precision; comments that are neither count as wrong"
PARTS = ("organisation", "service")


def figures(data: Labelled) -> list[Figure]:
    """Recall, precision and false alarms of the model and of the word list; [] where no one gave a tone."""
    if not data.has("sentiment"):
        return []
    measured = _Measured.of(data)
    order = data.order(data.seed)
    half = len(order) // 2
    found = _figures(
        data, "tone, nothing checked", measured.truth, measured.heard(None, order), order, REACH_ELSEWHERE
    )
    if (measured.negative[order[:half]]).sum() >= LEAST_CHECKED:
        asked = order[half:]
        heard = measured.heard(order[:half], asked)
        found += _figures(
            data, "tone, half of the comments checked", measured.truth, heard, asked, REACH_HERE
        )
    if apart := measured.by_part():
        name, asked, heard = apart
        title = f"tone, checked in every other {name}"
        found += _figures(data, title, measured.truth, heard, asked, REACH_ELSEWHERE)
    listed = [hint(row["text"], tag) for row, tag in zip(data.rows, measured.languages, strict=True)]
    return found + _figures(
        data, "tone hint (TextBlob)", measured.truth, listed, np.arange(len(listed)), None
    )


@dataclass(frozen=True)
class _Measured:
    data: Labelled
    languages: list[str | None]
    truth: list[str]  # negative, positive, neither

    @classmethod
    def of(cls, data: Labelled) -> _Measured:
        said = [row["sentiment"] for row in data.rows]
        truth = [
            next((tone for tone in ("negative", "positive") if tone in value), "neither") for value in said
        ]
        return cls(data, [tag or "en" for tag in data.languages], truth)

    @property
    def negative(self) -> Flags:
        return np.array([tone == "negative" for tone in self.truth])

    def heard(self, checked: Rows | None, asked: Rows) -> list[Tone]:
        """The tones of the rows `asked`, by a model of the seeds and the rows `checked`."""
        data, told = self.data, None
        if checked is not None:
            clear = np.array([row for row in checked if self.truth[row] != "neither"])
            told = Told(data.vectors[clear], [self.languages[row] for row in clear], self.negative[clear])
        model = ToneModel.train(data.encoder, shipped_offsets(data.encoder), told)
        languages = [self.languages[row] for row in asked]
        texts = [data.rows[row]["text"] for row in asked]
        cut = [spans if len(spans) > 1 else [] for spans in map(clauses, texts)]
        owner = np.array([place for place, spans in enumerate(cut) for _ in spans], dtype=np.int64)
        items = [
            (data.rows[asked[place]]["id"], texts[place][start:end])
            for place, spans in enumerate(cut)
            for start, end in spans
        ]
        parts = embed(data.encoder, items, data.cache)
        whole = model.scores(data.vectors[asked], languages)
        return model.tones(
            whole, model.scores(parts, [languages[place] for place in owner]), owner, languages
        )

    def by_part(self) -> tuple[str, Rows, list[Tone]] | None:
        """Every row by a model that saw checks from the other organisations (or services) only."""
        for column in PARTS:
            names = sorted({row.get(column, "") for row in self.data.rows})
            if len(names) < 2:
                continue
            asked: list[int] = []
            heard: list[Tone] = []
            for name in names:
                here = np.array([row.get(column, "") == name for row in self.data.rows])
                if self.negative[~here].sum() >= LEAST_CHECKED:
                    asked += np.flatnonzero(here).tolist()
                    heard += self.heard(np.flatnonzero(~here), np.flatnonzero(here))
            return (column, np.array(asked, dtype=np.int64), heard) if asked else None
        return None


def _figures(
    data: Labelled, title: str, truth: Sequence[str], heard: Sequence[Tone], asked: Rows, reach: float | None
) -> list[Figure]:
    found = np.array([tone in ("negative", "mixed") for tone in heard])
    only = np.array([tone == "negative" for tone in heard])
    is_negative = np.array([truth[row] == "negative" for row in asked])
    is_positive = np.array([truth[row] == "positive" for row in asked])

    def share(of: Flags, among: Flags, at: Rows) -> float:
        return float((of & among)[at].sum() / max(among[at].sum(), 1))

    size, seed = len(asked), data.seed
    return [
        bootstrap(
            f"{title}: negative comments found (recall)", size, seed,
            lambda at: share(found, is_negative, at), reach=reach, note="called negative or mixed",
        ),
        bootstrap(
            f"{title}: negative ones among those called negative", size, seed,
            lambda at: share(is_negative, only, at), note=PRECISION,
        ),
        bootstrap(
            f"{title}: negative ones among those called negative or mixed", size, seed,
            lambda at: share(is_negative, found, at), note=PRECISION,
        ),
        bootstrap(
            f"{title}: positive comments called negative", size, seed,
            lambda at: share(only, is_positive, at), at_most=True,
        ),
    ]  # fmt: skip

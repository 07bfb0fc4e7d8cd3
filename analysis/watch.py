"""What a person should read first: comments that sound like danger, abuse, a wrong interpreter ...

A logistic model tells the sentences of each topic from those that only sound alike, on vectors with the
shipped language offsets alone, so that a comment's score depends on no other comment. Each cue found in the
same piece of text adds `CUE`: the model reads Welsh and Somali less well than a word like "hunanladdiad"
does. The best of the whole comment and its clauses counts. A flag only queues a comment for a person: it is
no finding, no theme and goes into no figure.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from analysis.centre import Offsets, unit
from analysis.encode import Encoder, Vectors
from analysis.logistic import Logistic
from analysis.records import Flag
from analysis.segment import trim
from analysis.texts import Texts
from analysis.watch_model import model_of
from analysis.watchlist import Watchlist

# Chosen on invented comments (evaluate/watch.json, the part "tune"): what a cue adds (log odds), how many
# count, and where log odds end, so that a cue outweighs what the model can't read.
CUE = 6.0
MOST_CUES = 2
FLOOR = -5.0
# A score from here on is a flag, whatever the topic.
LINE = 0.5

Scores = npt.NDArray[np.float64]


def flags(texts: Texts, watchlist: Watchlist, encoder: Encoder, offsets: Offsets) -> list[Flag]:
    """The comments to read first, topic by topic, the surest first; the span is the clause that sounds most
    like it.

    Scores are 0 to 1, and `LINE` is where a topic's own threshold lies.
    """
    if not texts.rows:
        return []
    scores, best = score(texts, watchlist, encoder, offsets)
    found: list[Flag] = []
    for number, topic in enumerate(watchlist.topics):
        rows = np.flatnonzero(scores[:, number] >= LINE)
        for row in sorted(rows.tolist(), key=lambda row: (-scores[row, number], texts.rows[row].id)):
            clause = int(best[row, number])
            start, end = texts.spans[clause] if clause >= 0 else trim(texts.rows[row].text)
            found.append(Flag(texts.rows[row].id, topic.id, float(scores[row, number]), start, end))
    return found


def score(
    texts: Texts, watchlist: Watchlist, encoder: Encoder, offsets: Offsets
) -> tuple[Scores, npt.NDArray[np.int64]]:
    """How much each comment sounds like each topic (n, topics), and its best clause for it, -1 for none."""
    model = model_of(watchlist, encoder, offsets)
    away = np.stack([offsets.get(tag) + offsets.middle for tag in texts.languages])
    odds = _odds(model, watchlist, texts.whole - away, [comment.text for comment in texts.rows])
    by_clause = _odds(model, watchlist, texts.clauses - away[texts.owner], texts.clause_texts)
    best = np.full(odds.shape, -1, dtype=np.int64)
    for row in np.unique(texts.owner):
        mine = np.arange(*np.searchsorted(texts.owner, [row, row + 1]))
        best[row] = mine[by_clause[mine].argmax(axis=0)]
        odds[row] = np.maximum(odds[row], by_clause[mine].max(axis=0))
    least = np.array([topic.least for topic in watchlist.topics])
    return np.asarray(expit(odds - least)).round(4), best


def _odds(model: Logistic, watchlist: Watchlist, vectors: Vectors, texts: Sequence[str]) -> Scores:
    odds = np.maximum(unit(vectors) @ model.weights + model.bias, FLOOR)
    cues = np.array([watchlist.cues_in(text) for text in texts], dtype=np.float64)
    return np.asarray(odds + CUE * np.minimum(cues.reshape(odds.shape), MOST_CUES))

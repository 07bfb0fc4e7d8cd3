"""The tone of every comment of an analysis: by the model where an encoder read them, else by a word list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis import tone_hint
from analysis.centre import shipped_offsets
from analysis.encode import Encoder
from analysis.records import CheckedTone, Comment, Tone
from analysis.texts import Texts
from analysis.tone import MEASURED, Told, ToneModel, signed


@dataclass(frozen=True)
class Heard:
    """`tones` of every comment; `scores` from -1 (negative) to 1 (positive) of those that may be scored;
    `how` says by what and how well that does.
    """

    tones: dict[str, Tone]
    scores: dict[str, float]
    how: str


def hear(
    comments: Sequence[Comment],
    spoken: Sequence[str | None],
    texts: Texts,
    encoder: Encoder | None,
    checked: Sequence[CheckedTone] = (),
) -> Heard:
    """The tones of `comments`, which are in the languages `spoken`; `texts` are those that aren't blank.

    What a person heard stands. Raises ValueError where a checked comment is not here.
    """
    if missing := {check.comment_id for check in checked} - {comment.id for comment in comments}:
        raise ValueError(f"a tone was checked for {min(missing)}, which is not among the comments")
    said = {check.comment_id: check.tone for check in checked}
    if encoder is None:
        hints = {c.id: tone_hint.hint(c.text, tag) for c, tag in zip(comments, spoken, strict=True)}
        return Heard(hints | said, {}, tone_hint.MEASURED)
    model = ToneModel.train(encoder, shipped_offsets(encoder), _told(texts, said))
    whole = model.scores(texts.whole, texts.languages)
    parts = model.scores(texts.clauses, [texts.languages[row] for row in texts.owner])
    found = model.tones(whole, parts, texts.owner, texts.languages)
    tones: dict[str, Tone] = {comment.id: "not scored" for comment in comments}
    tones |= {row.id: tone for row, tone in zip(texts.rows, found, strict=True)}
    scores = {
        row.id: float(score)
        for row, tag, score in zip(texts.rows, texts.languages, signed(whole), strict=True)
        if model.may_score(tag)
    }
    return Heard(tones | said, scores, MEASURED)


def _told(texts: Texts, said: dict[str, Tone]) -> Told | None:
    """The checked comments that were clearly one or the other: the model knows only these two."""
    rows = np.array(
        [
            place
            for place, row in enumerate(texts.rows)
            if said.get(row.id, "not scored") in ("negative", "positive")
        ],
        dtype=np.int64,
    )
    if not len(rows):
        return None
    negative = np.array([said[texts.rows[place].id] == "negative" for place in rows])
    return Told(texts.whole[rows], [texts.languages[place] for place in rows], negative)

"""One slice: telling languages, reading, sorting by the codebook, each comment by itself.

The pieces are those of `analysis.pipeline`, less what it learns from all comments together: scores are not
averaged with those of neighbours, no language's own mean is taken away beyond the shipped offset, and words
are not set beside meaning. All of that would depend on how the parts were cut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.assemble import Member
from analysis.calibrate import DEFAULT, Scores, chosen
from analysis.centre import Offsets, no_offsets, shipped_offsets
from analysis.codebook import Codebook
from analysis.encode import Encoder
from analysis.features import features
from analysis.group import score
from analysis.language import detect
from analysis.learn import themes_model
from analysis.logistic import Logistic
from analysis.records import Comment, Flag
from analysis.texts import Examples, Texts, examples, read
from analysis.vectors import VectorCache
from analysis.watch import flags
from analysis.watchlist import load_watchlist


@dataclass(frozen=True)
class Sorted:
    """`comments` with `languages`; of those that say something (`texts`) the `members` and how sure each
    one's likeliest theme is, `known` (n,); `flags` of those that a person should read first.
    """

    comments: list[Comment]
    languages: list[str | None]
    texts: Texts
    members: list[Member]
    known: Scores
    flags: list[Flag]


class Sorter:
    """A codebook learnt once for any number of slices."""

    def __init__(self, codebook: Codebook, encoder: Encoder, languages: Sequence[str]) -> None:
        self.codebook = codebook
        self.encoder = encoder
        self._languages = languages or None
        with threadpool_limits(1):
            self._offsets = offsets_of(encoder)
            self._examples = examples(codebook, encoder)
            self._model = _learnt(self._examples, self._offsets, encoder.dim)
        self._watchlist = load_watchlist()
        self._questions = {example.question for example in self._examples.said} - {None}

    def sort(self, comments: Sequence[Comment], cache: VectorCache | None = None) -> Sorted:
        """Each comment on its own: the same for a comment whichever others stand beside it."""
        with threadpool_limits(1):
            spoken = detect([c.text for c in comments], [c.language for c in comments], self._languages)
            texts, _ = read(comments, spoken, self.codebook, self.encoder, cache)
            if not texts.rows:
                return Sorted(list(comments), spoken, texts, [], np.zeros(0), [])
            # Only questions that the examples name can have been learnt.
            asked = [c if c.question in self._questions else replace(c, question=None) for c in texts.rows]
            seen = features(replace(texts, rows=asked), self._examples, self._offsets, words=False)
            scores, best = score(self._model, seen)
            scores = scores.round(4)
            # As in memory, words alone are too coarse to watch by.
            watched = self.encoder.sha256 and flags(texts, self._watchlist, self.encoder, self._offsets)
        members: list[Member] = []
        rows, themes = np.nonzero(chosen(scores, DEFAULT))
        first = scores.argmax(axis=1)
        for row, theme in zip(rows.tolist(), themes.tolist(), strict=True):
            clause = int(best[row, theme])
            vector = seen.clauses[clause] if clause >= 0 else seen.whole[row]
            span = texts.spans[clause] if clause >= 0 else None
            members.append(
                Member(
                    texts.rows[row], self.codebook.themes[theme].id, "codebook",
                    float(scores[row, theme]), span, vector[: seen.dim], theme == first[row],
                )
            )  # fmt: skip
        return Sorted(list(comments), spoken, texts, members, scores.max(axis=1), watched or [])


def offsets_of(encoder: Encoder) -> Offsets:
    """The shipped offsets of a model, none where words are all that is known."""
    return shipped_offsets(encoder) if encoder.sha256 else no_offsets(encoder.dim)


def _learnt(seeds: Examples, offsets: Offsets, dim: int) -> Logistic:
    somebody, none = np.zeros((1, dim), dtype=np.float32), np.zeros((0, dim), dtype=np.float32)
    nothing = Texts([Comment("", "", "")], [None], [], np.zeros(0, dtype=np.int64), somebody, none)
    return themes_model(features(nothing, seeds, offsets, words=False).examples, seeds.members, seeds.weights)


def mark(text: str) -> bytes:
    """16 bytes that stand for a person or a comment; two of a million share one with odds of 10^-27."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

"""The texts of an analysis with their vectors, nothing taken away yet: comments, their clauses, examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.codebook import Codebook, Example
from analysis.encode import Encoder, Vectors
from analysis.records import Comment
from analysis.segment import Span, clauses, is_blank
from analysis.vectors import VectorCache, embed
from analysis.words import WordEncoder

# Names and definitions are read as English, and each counts as two examples (chosen on labelled comments).
PIVOT = "en"
TITLE = 2.0

Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Texts:
    """The comments that say something. A comment of one clause has none of its own in `spans`.

    `languages` (n) tags; `spans` (m) the place of each clause in its comment; `owner` (m,) the row of that
    comment, ascending; `whole` (n, dim) and `clauses` (m, dim) vectors.
    """

    rows: list[Comment]
    languages: list[str | None]
    spans: list[Span]
    owner: Rows
    whole: Vectors
    clauses: Vectors

    def of(self, rows: Rows) -> Texts:
        """The same with these rows only, which must ascend."""
        mine = np.flatnonzero(np.isin(self.owner, rows))
        return Texts(
            [self.rows[row] for row in rows], [self.languages[row] for row in rows],
            [self.spans[clause] for clause in mine], np.searchsorted(rows, self.owner[mine]),
            self.whole[rows], self.clauses[mine],
        )  # fmt: skip

    @property
    def clause_texts(self) -> list[str]:
        return [
            self.rows[row].text[start:end] for row, (start, end) in zip(self.owner, self.spans, strict=True)
        ]


@dataclass(frozen=True)
class Examples:
    """The examples of a codebook, each different one once: a sentence given for two themes shows both.

    After them stand the themes' names and definitions, which say more than an example where there are few.
    `members` (e, themes) the themes of each; `number` its place in a theme's list by (example, theme), none
    for names; `vectors` (e, dim); `weights` (e,) how much each counts.
    """

    said: list[Example]
    members: Flags
    number: dict[tuple[int, int], int]
    vectors: Vectors
    weights: npt.NDArray[np.float64]


_remembered: dict[tuple[str, str, str], Examples] = {}


def examples(codebook: Codebook, encoder: Encoder) -> Examples:
    """The examples of a codebook; those of last time are remembered where the encoder has a hash."""
    key = (encoder.name, encoder.sha256, codebook.sha256)
    if encoder.sha256 and key in _remembered:
        return _remembered[key]
    place: dict[tuple[str, str, str | None], int] = {}
    said: list[Example] = []
    number: dict[tuple[int, int], int] = {}
    for theme, each in enumerate(codebook.themes):
        for listed, example in enumerate(each.examples):
            row = place.setdefault((example.text, example.language, example.question), len(said))
            if row == len(said):
                said.append(example)
            number.setdefault((row, theme), listed)
    titles = [
        (theme, Example(text, PIVOT))
        for theme, each in enumerate(codebook.themes)
        for text in dict.fromkeys((each.name, each.definition))
        if text
    ]
    members = np.zeros((len(said) + len(titles), len(codebook.themes)), dtype=bool)
    shows = [*number, *((len(said) + row, theme) for row, (theme, _) in enumerate(titles))]
    members[tuple(np.array(shows, dtype=np.int64).reshape(-1, 2).T)] = True
    weights = np.where(np.arange(len(members)) < len(said), 1.0, TITLE)
    said += [example for _, example in titles]
    _remembered.clear()
    _remembered[key] = Examples(said, members, number, encoder.encode([e.text for e in said]), weights)
    return _remembered[key]


def read(
    comments: Sequence[Comment],
    spoken: Sequence[str | None],
    codebook: Codebook | None,
    encoder: Encoder | None,
    cache: VectorCache | None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Texts, Encoder]:
    """The comments that aren't blank, and the encoder that read them: `encoder`, or words alone for None."""
    said = [
        (comment, tag) for comment, tag in zip(comments, spoken, strict=True) if not is_blank(comment.text)
    ]
    rows = [comment for comment, _ in said]
    cut = [clauses(comment.text) for comment in rows]
    owner = [row for row, spans in enumerate(cut) for _ in spans if len(spans) > 1]
    spans = [span for found in cut for span in found if len(found) > 1]
    items = [(comment.id, comment.text) for comment in rows]
    items += [
        (rows[row].id, rows[row].text[start:end]) for row, (start, end) in zip(owner, spans, strict=True)
    ]
    known = [e.text for theme in codebook.themes for e in theme.examples] if codebook else []
    used: Encoder = encoder or WordEncoder([text for _, text in items] + known)
    vectors = embed(used, items, cache if encoder else None, progress)
    texts = Texts(
        rows, [tag for _, tag in said], spans, np.array(owner, dtype=np.int64),
        vectors[: len(rows)], vectors[len(rows) :],
    )  # fmt: skip
    return texts, used

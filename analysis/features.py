"""What the model of themes sees of a text: its meaning, the question it answers, and its words.

Meaning is the vector without its language. The question stands beside it, because the same words mean
another thing under another question; taking the question's mean away would lose what is asked about. Words
(TF-IDF after SVD) are worth having where the comments are mostly of one language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.centre import Offsets, unit
from analysis.encode import Vectors
from analysis.language import base
from analysis.texts import Examples, Rows, Texts
from analysis.words import WordEncoder

# Chosen on labelled comments (shared facts, "How to group", 8.3).
QUESTION = 0.5
WORDS = 0.7
WORDS_DIM = 200
# Words of one language say nothing of another: so much of the comments must be in one.
MOSTLY = 0.8


@dataclass(frozen=True)
class Features:
    """Rows of one space, of which the first `dim` columns are the meaning (unit rows).

    `whole` (n, f); `clauses` (m, f); `owner` (m,) the row of each clause's comment, ascending; `examples`
    (e, f).
    """

    whole: Vectors
    clauses: Vectors
    owner: Rows
    examples: Vectors
    dim: int

    @property
    def meaning(self) -> Vectors:
        """(n, dim) of the whole comments."""
        return self.whole[:, : self.dim]

    def of(self, rows: Rows) -> Features:
        """The same with these rows only, which must ascend."""
        mine = np.isin(self.owner, rows)
        owner = np.searchsorted(rows, self.owner[mine])
        return Features(self.whole[rows], self.clauses[mine], owner, self.examples, self.dim)


def features(
    texts: Texts, examples: Examples, offsets: Offsets, *, words: bool, shrink: float = np.inf
) -> Features:
    """All rows of an analysis; `words` adds the words where the comments are mostly of one language.

    Of each language's own mean, n comments take n / (n + `shrink`) away, as in `analysis.centre`.
    """
    said = np.stack([offsets.get(example.language) for example in examples.said])
    known = examples.vectors - said
    middle = known.mean(axis=0)
    away = np.stack([offsets.get(tag) + middle for tag in texts.languages])
    away += own_means(texts.whole - away, texts.languages, shrink)
    whole = [unit(texts.whole - away)]
    clauses = [unit(texts.clauses - away[texts.owner])]
    seeds = [unit(known - middle)]
    asked = _questions(texts, examples)
    whole.append(asked[: len(texts.rows)])
    clauses.append(asked[texts.owner])
    seeds.append(asked[len(texts.rows) :])
    if words and _one_language(texts.languages):
        corpus = [comment.text for comment in texts.rows] + [example.text for example in examples.said]
        encoder = WordEncoder(corpus, WORDS_DIM)
        table = np.float32(WORDS) * encoder.encode(corpus)
        whole.append(table[: len(texts.rows)])
        clauses.append(np.float32(WORDS) * encoder.encode(texts.clause_texts))
        seeds.append(table[len(texts.rows) :])
    return Features(np.hstack(whole), np.hstack(clauses), texts.owner, np.hstack(seeds), texts.whole.shape[1])


def own_means(vectors: Vectors, languages: Sequence[str | None], shrink: float) -> Vectors:
    """(n, dim) how far each row's language lies from all rows together, shrunk for languages of few rows."""
    tags = np.array([base(tag) if tag else "" for tag in languages], dtype=object)
    found = np.zeros_like(vectors)
    for tag in dict.fromkeys(tags):
        mine = tags == tag
        found[mine] = (vectors[mine].mean(axis=0) - vectors.mean(axis=0)) * (
            mine.sum() / (mine.sum() + shrink)
        )
    return found


def _questions(texts: Texts, examples: Examples) -> Vectors:
    """(n + e, questions) a column for each question, zeros where none is known."""
    asked = [comment.question for comment in texts.rows] + [example.question for example in examples.said]
    names = sorted({question for question in asked if question})
    return np.array([[QUESTION * (q == name) for name in names] for q in asked], dtype=np.float32).reshape(
        len(asked), len(names)
    )


def _one_language(languages: Sequence[str | None]) -> bool:
    counts = Counter(base(tag) if tag else "" for tag in languages)
    return bool(counts) and counts.most_common(1)[0][1] >= MOSTLY * len(languages)

"""Comments as weighted words, squeezed to a few dimensions: a help to vectors, and the fallback without
any.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis.centre import unit
from analysis.encode import Vectors

FALLBACK_DIM = 200
PATTERN = r"(?u)[^\W\d_][\w'’]+"


def word_vectors(texts: Sequence[str], dim: int) -> Vectors:
    """float32 (n, at most dim) unit rows of TF-IDF over words and pairs after SVD; rows of zeros where no
    word is known.
    """
    return WordEncoder(texts, dim).encode(texts)


class WordEncoder:
    """An encoder that knows only which words occur together in `corpus`: no meaning, one language at a time.

    The fallback where no weights can be had; it satisfies the Encoder protocol.
    """

    name = "words"
    revision = "TF-IDF and SVD over the comments themselves"
    sha256 = ""

    def __init__(self, corpus: Sequence[str], dim: int = FALLBACK_DIM) -> None:
        self._table = TfidfVectorizer(
            token_pattern=PATTERN, ngram_range=(1, 2), min_df=2, max_df=0.5, sublinear_tf=True
        )
        self._squeeze: TruncatedSVD | None = None
        self.dim = 1
        try:
            counts = self._table.fit_transform(corpus)
        except ValueError:
            # No word occurs twice: there is nothing to compare by, and every vector is empty.
            return
        self.dim = max(1, min(dim, *(side - 1 for side in counts.shape)))
        if counts.shape[1] > 1:
            self._squeeze = TruncatedSVD(self.dim, random_state=0).fit(counts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 (len(texts), dim) unit rows rounded to 4 decimals; zeros where no word is known."""
        if self._squeeze is None or not len(texts):
            return np.zeros((len(texts), self.dim), dtype=np.float32)
        reduced = self._squeeze.transform(self._table.transform(texts))
        return unit(np.asarray(reduced, dtype=np.float32)).round(4)

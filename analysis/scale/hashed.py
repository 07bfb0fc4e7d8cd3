"""Words alone without a look at the whole: an encoder for parts where no weights can be had.

Weinberger et al. 2009, "Feature hashing for large scale multitask learning": each word and pair of words adds
or takes one at a place that its hash names. Knows no meaning and one language at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer

from analysis.encode import DECIMALS, Vectors
from analysis.words import PATTERN


class HashedWords:
    """Satisfies the Encoder protocol; needs no corpus, so each slice can be read by itself."""

    name = "words"
    revision = "hashed words and pairs"
    sha256 = ""
    dim = 384

    def __init__(self) -> None:
        self._table = HashingVectorizer(
            n_features=self.dim, token_pattern=PATTERN, ngram_range=(1, 2), dtype=np.float32
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 (len(texts), 384) unit rows rounded to 4 decimals; zeros where there is no word."""
        if not len(texts):
            return np.zeros((0, self.dim), dtype=np.float32)
        found: Vectors = self._table.transform(texts).toarray().round(DECIMALS)
        return found

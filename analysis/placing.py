"""Which row of a product a token lies in, so that a text's vector never depends on the texts beside it.

A BLAS kernel works through the rows of a product in blocks and may add up the rows at some places of a
block in another order than those at others, so equal rows differ in the last bit. Here the places are tried
out when the model is loaded, and each token goes to a place of the kind that its own text prescribes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analysis.e5file import Floats

Numbers = npt.NDArray[np.int64]

# Rows of a product come in whole steps of this: a multiple of every kernel's block that we know of, and the
# slower kernels for leftover rows are never met.
STEP = 48


class Places:
    """The kinds of the `STEP` places of a block, tried out on each of these weights (inside, outside)."""

    def __init__(self, weights: Sequence[Floats]) -> None:
        random = np.random.default_rng(0)
        tried = []
        for weight in weights:
            row = random.standard_normal(len(weight), dtype=np.float32)
            product = np.tile(row, (STEP, 1)) @ weight
            tried.append(np.unique(product, axis=0, return_inverse=True)[1])
        _, kinds = np.unique(np.stack(tried), axis=1, return_inverse=True)
        self._rows = [np.flatnonzero(kinds == kind) for kind in range(kinds.max() + 1)]
        # Kinds take turns, so that each text, and so each batch, uses them about alike.
        turns = sorted((n / len(of), kind) for kind, of in enumerate(self._rows) for n in range(len(of)))
        self._turns = np.array([kind for _, kind in turns])

    def of(self, texts: Sequence[Sequence[int]]) -> tuple[Numbers, int]:
        """The row of each token, text after text, and how many rows the product has."""
        begins = np.array([sum(ids) for ids in texts])
        lengths = [len(ids) for ids in texts]
        within = np.concatenate([np.arange(length) for length in lengths])
        kinds = self._turns[(np.repeat(begins, lengths) + within) % STEP]
        rows = np.empty(len(kinds), dtype=np.int64)
        for kind, places in enumerate(self._rows):
            mine = np.flatnonzero(kinds == kind)
            block, place = np.divmod(np.arange(len(mine)), len(places))
            rows[mine] = block * STEP + places[place]
        return rows, (int(rows.max()) // STEP + 1) * STEP

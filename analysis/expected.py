"""How well the machine can be expected to do on what nobody checked: an honest figure with its interval.

Only comments drawn at random can tell, each judged by a model that had not seen it.
"""

from __future__ import annotations

import numpy as np

from analysis.records import Expected
from analysis.texts import Flags

LEAST_RANDOM = 20
RESAMPLES = 2000


def expected(truth: Flags, predicted: Flags, random: Flags, seed: int) -> Expected | None:
    """From what people said (c, themes) and what models that had not seen the row said.

    `random` (c,) marks the rows drawn at random. None where these are fewer than `LEAST_RANDOM`.
    """
    drawn = int(random.sum())
    if drawn < LEAST_RANDOM:
        return None
    both = 2.0 * (truth & predicted)[random].sum(axis=1)
    each = 1.0 * truth[random].sum(axis=1) + predicted[random].sum(axis=1)
    times = np.random.default_rng(seed).multinomial(drawn, np.full(drawn, 1 / drawn), RESAMPLES)
    low, high = np.percentile((times @ both) / np.maximum(times @ each, 1), [2.5, 97.5])
    f1 = both.sum() / max(each.sum(), 1)
    f1, low, high = (round(float(value), 4) for value in (f1, low, high))
    return Expected(f1, low, high, len(truth), drawn)

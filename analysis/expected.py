"""How well the machine can be expected to do on what nobody checked: an honest figure with its interval.

Only comments drawn at random can tell, each judged by a model that had not seen it. The interval is that of a
ratio over rows (linearised, Student's t) on the scale of its odds, where few rows still give one that holds.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit
from scipy.stats import t

from analysis.records import Expected
from analysis.texts import Flags

LEAST_RANDOM = 20
LEVEL = 0.95


def expected(truth: Flags, predicted: Flags, random: Flags) -> Expected | None:
    """From what people said (c, themes) and what models that had not seen the row said.

    `random` (c,) marks the rows drawn at random. None where these are fewer than `LEAST_RANDOM`, or hold no
    theme at all.
    """
    drawn = int(random.sum())
    if drawn < LEAST_RANDOM:
        return None
    both = 2.0 * (truth & predicted)[random].sum(axis=1)
    each = 1.0 * truth[random].sum(axis=1) + predicted[random].sum(axis=1)
    if not each.sum():
        return None
    f1 = both.sum() / each.sum()
    low, high = _interval(both, each)
    return Expected(
        round(float(f1), 4), round(float(min(low, f1)), 4), round(float(max(high, f1)), 4), len(truth), drawn
    )


def _interval(both: np.ndarray, each: np.ndarray) -> tuple[float, float]:
    # One more row, half right: all right so far is no proof that all will be.
    both, each = np.append(both, each.mean() / 2), np.append(each, each.mean())
    rows, ratio = len(each), both.sum() / each.sum()
    if not 0 < ratio < 1:
        return 0.0, 1.0
    error = np.sqrt(((both - ratio * each) ** 2).sum() / (rows - 1) / rows) / each.mean()
    away = t.ppf((1 + LEVEL) / 2, rows - 1) * error / (ratio * (1 - ratio))
    return float(expit(logit(ratio) - away)), float(expit(logit(ratio) + away))

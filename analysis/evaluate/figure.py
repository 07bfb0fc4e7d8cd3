"""A figure with its uncertainty, and the F1 scores of several labels at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RESAMPLES = 200
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % bootstrap interval; `reach` is what we aim for, `note` what to know of it.

    `at_most` says that less is better.
    """

    name: str
    value: float
    low: float
    high: float
    reach: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def is_reached(self) -> bool | None:
        """None where nothing is aimed for."""
        if self.reach is None:
            return None
        shown, aim = round(self.value, 3), round(self.reach, 3)
        return shown <= aim if self.at_most else shown >= aim

    def __str__(self) -> str:
        aim = "" if self.reach is None else f"  {'at most' if self.at_most else 'reach'} {self.reach:.2f}"
        return f"{self.name:<66} {self.value:6.3f}  ({self.low:.3f} to {self.high:.3f}){aim}"


def bootstrap(
    name: str,
    size: int,
    seed: int,
    figure: Callable[[Rows], float],
    *,
    reach: float | None = None,
    at_most: bool = False,
    note: str = "",
) -> Figure:
    """The figure over all `size` rows, with the middle 95 % of it over resampled rows."""
    if not size:
        return Figure(name, float("nan"), float("nan"), float("nan"), reach, at_most, note)
    random = np.random.default_rng(seed)
    drawn = [figure(random.integers(0, size, size)) for _ in range(RESAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(name, figure(np.arange(size)), float(low), float(high), reach, at_most, note)


def micro_f1(truth: Flags, predicted: Flags) -> float:
    """F1 over all (comment, label) pairs together; both arrays (n, labels)."""
    return float(2 * (truth & predicted).sum() / max(truth.sum() + predicted.sum(), 1))


def macro_f1(truth: Flags, predicted: Flags) -> float:
    """Mean over the labels that occur of each label's F1."""
    both = 2 * (truth & predicted).sum(axis=0)
    total = truth.sum(axis=0) + predicted.sum(axis=0)
    return float((both / np.maximum(total, 1))[truth.any(axis=0)].mean())


def samples_f1(truth: Flags, predicted: Flags) -> float:
    """Mean over comments of each comment's F1."""
    both = 2 * (truth & predicted).sum(axis=1)
    return float((both / np.maximum(truth.sum(axis=1) + predicted.sum(axis=1), 1)).mean())

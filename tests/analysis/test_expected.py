from __future__ import annotations

import numpy as np

from analysis.expected import LEAST_RANDOM, expected

RANDOM = np.random.default_rng(0)


def test_only_what_was_drawn_at_random_can_tell() -> None:
    truth = RANDOM.random((100, 3)) < 0.4
    predicted = truth.copy()
    drawn = np.arange(100) < 50
    predicted[~drawn] = ~truth[~drawn]
    found = expected(truth, predicted, drawn, 0)
    assert found is not None
    assert (found.f1, found.low, found.high, found.checked, found.random) == (1, 1, 1, 100, 50)


def test_too_few_say_nothing() -> None:
    truth = np.ones((LEAST_RANDOM, 1), dtype=bool)
    assert expected(truth, truth, np.arange(LEAST_RANDOM) > 0, 0) is None
    assert expected(truth, truth, np.arange(LEAST_RANDOM) >= 0, 0) is not None


def test_more_checks_make_it_surer() -> None:
    truth = RANDOM.random((800, 3)) < 0.4
    predicted = np.where(RANDOM.random(truth.shape) < 0.2, ~truth, truth)
    few, many = (expected(truth[:n], predicted[:n], np.ones(n, dtype=bool), 0) for n in (40, 800))
    assert few is not None and many is not None
    assert few.low < few.f1 < few.high
    assert many.high - many.low < few.high - few.low

from __future__ import annotations

import numpy as np

from analysis.expected import LEAST_RANDOM, expected

RANDOM = np.random.default_rng(0)


def test_only_what_was_drawn_at_random_can_tell() -> None:
    truth = RANDOM.random((100, 3)) < 0.4
    predicted = truth.copy()
    drawn = np.arange(100) < 50
    predicted[~drawn] = ~truth[~drawn]
    found = expected(truth, predicted, drawn)
    assert found is not None
    assert (found.f1, found.checked, found.random) == (1, 100, 50)
    assert 0.8 < found.low < 1 == found.high


def test_too_few_say_nothing() -> None:
    truth = np.ones((LEAST_RANDOM, 1), dtype=bool)
    assert expected(truth, truth, np.arange(LEAST_RANDOM) > 0) is None
    assert expected(truth, truth, np.arange(LEAST_RANDOM) >= 0) is not None


def test_more_checks_make_it_surer() -> None:
    truth = RANDOM.random((800, 3)) < 0.4
    predicted = np.where(RANDOM.random(truth.shape) < 0.2, ~truth, truth)
    few, many = (expected(truth[:n], predicted[:n], np.ones(n, dtype=bool)) for n in (40, 800))
    assert few is not None and many is not None
    assert few.low < few.f1 < few.high
    assert many.high - many.low < few.high - few.low


def test_the_interval_holds_what_it_promises() -> None:
    truth = RANDOM.random((5000, 4)) < 0.3
    predicted = np.where(RANDOM.random(truth.shape) < 0.15, ~truth, truth)
    f1 = 2 * (truth & predicted).sum() / (truth.sum() + predicted.sum())
    held = []
    for _ in range(300):
        drawn = np.zeros(len(truth), dtype=bool)
        drawn[RANDOM.choice(len(truth), 30, replace=False)] = True
        found = expected(truth, predicted, drawn)
        assert found is not None
        held.append(found.low <= f1 <= found.high)
    assert np.mean(held) > 0.92


def test_where_no_theme_was_said_or_found_there_is_nothing_to_tell() -> None:
    nothing = np.zeros((LEAST_RANDOM, 3), dtype=bool)
    assert expected(nothing, nothing, np.ones(LEAST_RANDOM, dtype=bool)) is None


def test_all_wrong_so_far_is_no_proof_that_all_will_be() -> None:
    said = np.zeros((LEAST_RANDOM, 2), dtype=bool)
    said[:, 0] = True
    found = expected(said, ~said, np.ones(LEAST_RANDOM, dtype=bool))
    assert found is not None
    assert found.f1 == found.low == 0 < found.high

from __future__ import annotations

import numpy as np

from analysis.calibrate import DEFAULT, LEAST_CHECKED, Edges, calibrated, chosen, micro_f1

SCORES = np.array([[0.1, 0.9, 0.6], [0.1, 0.1, 0.1], [0.9, 0.9, 0.0], [0.3, 0.0, 0.0]])


def test_none_is_better_than_a_guess_and_a_second_theme_must_be_surer_than_the_first() -> None:
    assert chosen(SCORES, Edges(0.2, 0.5)).tolist() == [
        [False, True, True], [False, False, False], [True, True, False], [True, False, False],
    ]  # fmt: skip


def test_no_row_and_no_theme() -> None:
    assert chosen(np.zeros((0, 3)), DEFAULT).shape == (0, 3)
    assert chosen(np.zeros((2, 0)), DEFAULT).shape == (2, 0)


def test_edges_are_learnt_from_what_people_said() -> None:
    random = np.random.default_rng(0)
    truth = random.random((200, 4)) < 0.3
    # Right scores lie above .15, all others under it: only an edge there finds every theme.
    scores = np.where(truth, 0.2, 0.1) + random.random(truth.shape) * 0.04
    assert micro_f1(truth, chosen(scores, calibrated(scores, truth))) == 1
    assert micro_f1(truth, chosen(scores, DEFAULT)) < 0.9


def test_too_few_checks_choose_nothing() -> None:
    few = np.ones((LEAST_CHECKED - 1, 2))
    assert calibrated(few, few > 0) == DEFAULT

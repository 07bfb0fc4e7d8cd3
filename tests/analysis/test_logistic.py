from __future__ import annotations

import numpy as np

from analysis.logistic import fit

ROWS = np.array([[1, 0.1], [0.9, -0.1], [0.1, 1], [-0.1, 0.9], [0.7, 0.7]], dtype=np.float32)
MEMBERS = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 1]], dtype=bool)


def test_what_it_was_taught_it_knows() -> None:
    scores = fit(ROWS, MEMBERS).scores(ROWS)
    assert ((scores > 0.5) == MEMBERS).all()


def test_each_theme_is_judged_by_itself() -> None:
    alone = fit(ROWS, MEMBERS[:, :1]).scores(ROWS)
    together = fit(ROWS, MEMBERS).scores(ROWS)
    np.testing.assert_allclose(together[:, :1], alone, atol=1e-3)
    assert together[4].min() > 0.5


def test_a_small_theme_is_not_drowned_by_a_large_one() -> None:
    many = np.vstack([ROWS[:2]] * 30 + [ROWS[2:3]])
    members = np.zeros((61, 1), dtype=bool)
    members[60] = True
    plain = fit(many, members, balance=0).scores(ROWS[2:3])[0, 0]
    assert fit(many, members).scores(ROWS[2:3])[0, 0] > plain


def test_a_theme_without_members_scores_low_and_breaks_nothing() -> None:
    scores = fit(ROWS, np.zeros((5, 1), dtype=bool)).scores(ROWS)
    assert (scores < 0.5).all()


def test_twice_is_the_same_to_the_last_bit() -> None:
    assert np.array_equal(fit(ROWS, MEMBERS).weights, fit(ROWS, MEMBERS).weights)

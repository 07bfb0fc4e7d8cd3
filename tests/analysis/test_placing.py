from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.placing import STEP, Places

RANDOM = np.random.default_rng(3)
SHAPES = ((384, 1152), (384, 384), (1536, 384))
WEIGHTS = [RANDOM.standard_normal(shape, dtype=np.float32) for shape in SHAPES]
TEXTS = [RANDOM.integers(0, 1000, length).tolist() for length in (7, 31, 2, 12, 40, 40, 5)]


def test_each_token_has_a_row_of_its_own() -> None:
    rows, height = Places(WEIGHTS).of(TEXTS)
    assert len(set(rows.tolist())) == len(rows) == sum(map(len, TEXTS))
    assert height % STEP == 0
    assert rows.max() < height


def test_few_rows_are_left_empty() -> None:
    """Or the same last bit would be bought with time."""
    texts = [RANDOM.integers(0, 1000, length).tolist() for length in RANDOM.integers(20, 60, 60)]
    rows, height = Places(WEIGHTS).of(texts)
    assert height <= len(rows) * 1.05


def test_equal_tokens_of_equal_texts_meet_equal_sums() -> None:
    """On this machine's BLAS, at whichever rows they come to lie."""
    with threadpool_limits(1):
        for weight in WEIGHTS:
            token = RANDOM.standard_normal((len(TEXTS[1]), len(weight)), dtype=np.float32)
            found = []
            for company in ([TEXTS[1]], [*TEXTS], [TEXTS[4], TEXTS[0], TEXTS[1]]):
                rows, height = Places(WEIGHTS).of(company)
                at = sum(len(text) for text in company[: company.index(TEXTS[1])])
                matrix = RANDOM.standard_normal((height, len(weight)), dtype=np.float32)
                mine = rows[at : at + len(token)]
                matrix[mine] = token
                found.append((matrix @ weight)[mine])
            assert np.array_equal(found[0], found[1])
            assert np.array_equal(found[0], found[2])

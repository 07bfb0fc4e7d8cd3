"""What is learnt from examples and checks, on rows whose themes are known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from analysis.calibrate import DEFAULT
from analysis.centre import no_offsets, unit
from analysis.checking import Told
from analysis.codebook import Example
from analysis.features import Features, features, own_means
from analysis.group import score
from analysis.learn import learn, themes_model
from analysis.records import Comment
from analysis.texts import Examples, Texts

THEMES, DIM = 3, 24


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """As in an analysis."""
    with threadpool_limits(1):
        yield


def near(themes: np.ndarray, spread: float = 0.3, seed: int = 0) -> np.ndarray:
    points = np.random.default_rng(seed).normal(size=(len(themes), DIM)) * spread
    points[np.arange(len(themes)), themes] += 1
    return unit(points.astype(np.float32))


EXAMPLES = Examples(
    [Example(f"example {n}", "en") for n in range(12)],
    np.eye(THEMES, dtype=bool)[np.arange(12) % THEMES], {}, near(np.arange(12) % THEMES, seed=1), np.ones(12),
)  # fmt: skip
TRUTH = np.random.default_rng(2).integers(0, THEMES, 120)
ROWS = Features(near(TRUTH), np.zeros((0, DIM), np.float32), np.zeros(0, np.int64), EXAMPLES.vectors, DIM)
NOBODY = Told(np.zeros(0, np.int64), np.zeros((0, THEMES), bool), np.zeros(0, bool))


def told(rows: np.ndarray, themes: np.ndarray) -> Told:
    return Told(rows, np.eye(THEMES, dtype=bool)[themes], np.ones(len(rows), dtype=bool))


def test_examples_alone_sort_what_is_like_them_by_the_default_edges() -> None:
    learnt = learn(ROWS, EXAMPLES, NOBODY, 0)
    assert (learnt.scores.argmax(axis=1) == TRUTH).mean() > 0.9
    assert learnt.edges == DEFAULT
    assert learnt.unseen.shape == (0, THEMES)


@pytest.mark.parametrize("count", [40, 110])
def test_what_people_say_overrules_the_examples(count: int) -> None:
    # They use the names of the themes in another way than the codebook does.
    theirs = (TRUTH + 1) % THEMES
    rows = np.arange(count)
    scores = learn(ROWS, EXAMPLES, told(rows, theirs[:count]), 0).scores[count:]
    before = learn(ROWS, EXAMPLES, NOBODY, 0).scores[count:]
    assert (scores.argmax(axis=1) == theirs[count:]).mean() > (before.argmax(axis=1) == theirs[count:]).mean()


def test_a_checked_row_is_judged_by_a_model_that_has_not_seen_it() -> None:
    rows = np.arange(60)
    wrong = TRUTH[:60].copy()
    wrong[7] = (wrong[7] + 1) % THEMES
    learnt = learn(ROWS, EXAMPLES, told(rows, wrong), 0)
    assert learnt.unseen[7].argmax() == TRUTH[7]


def test_the_clause_that_says_most_counts_half_and_is_named() -> None:
    themes = np.array([0, 1, 1, 2])
    model = themes_model(EXAMPLES.vectors, EXAMPLES.members)
    pieces = near(themes, spread=0.05, seed=3)
    whole = near(np.array([0, 1, 2]), spread=0.05, seed=4)
    texts = Features(whole, pieces, np.array([0, 0, 2, 2]), EXAMPLES.vectors, DIM)
    scores, best = score(model, texts)
    alone, by_clause = model.scores(whole), model.scores(pieces)
    np.testing.assert_allclose(scores[0], (alone[0] + by_clause[:2].max(axis=0)) / 2)
    np.testing.assert_allclose(scores[1], alone[1])
    assert best[0, :2].tolist() == [0, 1]
    assert best[1].tolist() == [-1] * THEMES
    assert best[2, 1:].tolist() == [2, 3]


def comments(languages: list[str], questions: list[str | None]) -> Texts:
    rows = [
        Comment(f"c{n}", f"the wait was long and long {n % 2}", f"p{n}", tag, question)
        for n, (tag, question) in enumerate(zip(languages, questions, strict=True))
    ]
    none = np.zeros((0, DIM), np.float32)
    return Texts(rows, list(languages), [], np.zeros(0, np.int64), near(np.arange(len(rows)) % THEMES), none)


def test_the_question_stands_beside_the_meaning() -> None:
    seen = features(comments(["en"] * 3, ["a", "b", None]), EXAMPLES, no_offsets(DIM), words=False)
    assert seen.whole[:, DIM:].tolist() == [[0.5, 0], [0, 0.5], [0, 0]]
    np.testing.assert_allclose(np.linalg.norm(seen.meaning, axis=1), 1, atol=1e-5)


def test_words_count_where_most_speak_one_language() -> None:
    one, two = comments(["en"] * 10, [None] * 10), comments(["en", "pl"] * 5, [None] * 10)
    assert features(one, EXAMPLES, no_offsets(DIM), words=True).whole.shape[1] > DIM
    assert features(two, EXAMPLES, no_offsets(DIM), words=True).whole.shape[1] == DIM


def test_a_language_is_brought_to_the_others_the_more_the_more_speak_it() -> None:
    rows = np.zeros((40, DIM), np.float32)
    rows[30:, 0] = 1
    away = own_means(rows, ["en"] * 30 + ["so"] * 10, shrink=10)
    assert away[35, 0] == pytest.approx((1 - 0.25) / 2)
    assert not own_means(rows, ["en"] * 40, shrink=10).any()
    assert not own_means(rows, ["en"] * 30 + ["so"] * 10, shrink=np.inf).any()

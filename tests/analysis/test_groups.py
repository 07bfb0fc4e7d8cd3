"""Themes, small groups and found groups on vectors whose groups are known; what is promised, not tuned."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from analysis.centre import unit
from analysis.discover import discover
from analysis.few import MOST, few_people, tight_groups

DIM = 48
RANDOM = np.random.default_rng(5)
NOISE = unit(RANDOM.normal(size=(80, DIM)).astype(np.float32))


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """As in an analysis: threads that wait for each other take a hundred times as long."""
    with threadpool_limits(1):
        yield


def around(middle: int, count: int, spread: float = 0.05) -> np.ndarray:
    points = np.zeros((count, DIM)) + spread * RANDOM.normal(size=(count, DIM))
    points[:, middle] += 1
    return unit(points.astype(np.float32))


FEW = around(0, 4, 0.1)
TEXTS = [f"Sentence number {n} of somebody else" for n in range(84)]
PEOPLE = [f"p{n}" for n in range(84)]


def found(people: list[str], texts: list[str], vectors: np.ndarray) -> list[list[int]]:
    return few_people(vectors, texts, people, np.zeros(len(vectors)), seed=0)


def test_four_people_who_say_the_same_rare_thing_are_found() -> None:
    assert [80, 81, 82, 83] in found(PEOPLE, TEXTS, np.vstack([NOISE, FEW]))


def test_one_person_who_says_it_four_times_is_no_group() -> None:
    people = PEOPLE[:80] + ["same"] * 4
    assert [80, 81, 82, 83] not in found(people, TEXTS, np.vstack([NOISE, FEW]))


def test_four_people_with_the_very_same_words_are_no_group() -> None:
    texts = TEXTS[:80] + ["None of this applies to me"] * 4
    assert [80, 81, 82, 83] not in found(PEOPLE, texts, np.vstack([NOISE, FEW]))


def test_what_a_few_tell_within_longer_stories_is_found_by_its_clauses() -> None:
    """Eighty clauses of forty people, and four more of four of them."""
    stories = [row % 40 for row in range(80)] + [0, 1, 2, 3]
    people = [f"p{story}" for story in stories]
    vectors, known = np.vstack([NOISE, FEW]), np.zeros(84)
    assert [80, 81, 82, 83] in few_people(vectors, TEXTS, people, known, 0, comments=stories)
    one_story = [*stories[:80], 0, 0, 1, 1]
    assert [80, 81, 82, 83] not in few_people(vectors, TEXTS, people, known, 0, comments=one_story)


@pytest.mark.parametrize("first", [80, 84])
def test_what_was_bad_and_told_in_several_languages_comes_first(first: int) -> None:
    vectors = np.vstack([NOISE, around(0, 4, 0.1), around(1, 4, 0.1)])
    texts = [f"Sentence number {n} of somebody else" for n in range(88)]
    people, known = [f"p{n}" for n in range(88)], np.zeros(88)
    rows = [first, first + 1, first + 2, first + 3]
    bad = np.isin(np.arange(88), rows).astype(float)
    spoken = ["en"] * first + ["so", "pl", "ar", "ur"] + ["en"] * (84 - first)
    groups = few_people(vectors, texts, people, known, 0, negative=bad, languages=spoken)
    assert groups[0] == rows
    assert len(groups) == 2


def test_a_script_without_spaces_has_words_too() -> None:
    texts = TEXTS[:80] + [f"他们不让我的导盲犬进去{n}" for n in range(4)]
    assert [80, 81, 82, 83] in found(PEOPLE, texts, np.vstack([NOISE, FEW]))


def test_what_many_say_is_not_what_a_few_said() -> None:
    many = around(0, MOST + 10)
    texts = [f"Sentence number {n} of many people" for n in range(80 + len(many))]
    people = [f"p{n}" for n in range(80 + len(many))]
    assert not [rows for rows in found(people, texts, np.vstack([NOISE, many])) if max(rows) >= 80]


def test_everybody_is_in_one_tight_group_at_most() -> None:
    rows = [row for group in tight_groups(np.vstack([NOISE, FEW]), seed=0, cut=0.5) for row in group]
    assert len(rows) == len(set(rows))
    assert tight_groups(FEW[:1], seed=0, cut=0.5) == []


@pytest.mark.parametrize("seed", [0, 2**32 - 1])
def test_groups_that_lie_apart_are_found_apart(seed: int) -> None:
    vectors = np.vstack([around(middle, 30) for middle in range(3)])
    texts = [f"{word} again and again" for word in ("waiting", "kindness", "parking") for _ in range(30)]
    groups = discover(vectors, texts, ["en"] * 90, seed)
    assert groups
    for group in groups:
        assert len({row // 30 for row in group}) == 1
    assert groups == discover(vectors, texts, ["en"] * 90, seed)


def test_too_few_to_group_are_left_alone() -> None:
    assert discover(NOISE[:4], TEXTS[:4], ["en"] * 4, 0) == []
    assert discover(NOISE[:0], [], [], 0) == []

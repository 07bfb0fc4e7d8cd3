"""Who is asked about next: a mix that teaches, finds what is rare, and stays honest."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from analysis import Comment, ToCheck
from analysis.calibrate import DEFAULT
from analysis.centre import unit
from analysis.to_check import to_check

RANDOM = np.random.default_rng(3)
COMMENTS = [Comment(f"c{n:03}", f"Something said by person {n}", f"p{n}") for n in range(200)]
SCORES = RANDOM.random((200, 5)) * 0.5
VECTORS = unit(RANDOM.normal(size=(200, 16)).astype(np.float32))
NOBODY = np.zeros(0, dtype=np.int64)


def queue(comments=COMMENTS, checked=NOBODY, scores=SCORES, seed=0, count=40) -> list[ToCheck]:
    members = np.zeros((len(checked), scores.shape[1]), dtype=bool)
    return to_check(comments, scores, VECTORS, DEFAULT, checked, members, seed, count)


@pytest.mark.parametrize("count", [4, 8, 20, 40])
def test_each_beginning_holds_the_mix(count: int) -> None:
    assert Counter(each.why for each in queue()[:count]) == {
        "instructive": count // 2, "random": count // 4, "rare": count // 4,
    }  # fmt: skip


def test_nobody_is_asked_twice_nor_about_words_that_are_not_to_be_read() -> None:
    comments = [Comment(c.id, c.text, c.person, readable=n % 2 == 0) for n, c in enumerate(COMMENTS)]
    asked = [each.comment_id for each in queue(comments, np.arange(0, 100))]
    assert len(asked) == len(set(asked)) == 40
    assert all(int(each[1:]) >= 100 and int(each[1:]) % 2 == 0 for each in asked)


def test_the_random_ones_are_drawn_before_the_machine_has_a_say() -> None:
    def drawn(found: list[ToCheck]) -> list[str]:
        return [each.comment_id for each in found if each.why == "random"]

    first = drawn(queue())
    assert drawn(queue(scores=SCORES[::-1].copy())) == first
    assert drawn(queue(checked=np.array([int(first[0][1:])])))[:-1] == first[1:]
    assert drawn(queue(seed=1)) != first


def test_the_same_words_are_asked_about_once_unless_drawn() -> None:
    comments = [Comment(f"c{n:03}", "Nothing.", f"p{n}") for n in range(200)]
    assert {each.why for each in queue(comments)} == {"random"}


def test_a_rare_theme_gets_its_likeliest_comment() -> None:
    drawn = {each.comment_id for each in queue() if each.why == "random"}
    row = next(n for n in range(200) if COMMENTS[n].id not in drawn)
    scores = np.full((200, 2), 0.3)
    scores[:, 0] = 0.9
    scores[row, 1] = 0.34
    rare = [each.comment_id for each in queue(scores=scores) if each.why == "rare"]
    assert rare[0] == COMMENTS[row].id


def test_few_are_all_asked_about_and_none_breaks_nothing() -> None:
    few = to_check(COMMENTS[:3], SCORES[:3], VECTORS[:3], DEFAULT, NOBODY, np.zeros((0, 5), bool), 0, 40)
    assert sorted(each.comment_id for each in few) == ["c000", "c001", "c002"]
    assert to_check([], SCORES[:0], VECTORS[:0], DEFAULT, NOBODY, np.zeros((0, 5), bool), 0, 40) == []

"""Is checking in the queue's order worth it, and does the expected F1 say what is so?

A person who goes by the labels checks what the queue asks, `STEP` at a time, and the machine learns after
each step; beside it stands the same number drawn at random. Then, over `DRAWS` draws of the examples and the
order, how often the 95 % interval of the expected F1 holds the F1 of all that nobody checked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from analysis.calibrate import chosen
from analysis.evaluate.figure import Figure, Flags, Rows, bootstrap, macro_f1, micro_f1
from analysis.evaluate.labelled import Labelled
from analysis.evaluate.learning import EXAMPLES, HELD_OUT
from analysis.evaluate.taught import Answer, Lesson, School, drawn
from analysis.expected import expected
from analysis.to_check import to_check

STEP = 40
STEPS = 6
DRAWS = 30
# So many are asked for the interval, of which a quarter is drawn at random.
ASKED = 160
HOLDS = 0.95
LEAST = 1000


@dataclass
class _Person:
    """Checks what is asked; `checked` in that order, `random` those that were drawn at random."""

    school: School
    seeds: Rows
    rows: Rows
    seed: int

    def __post_init__(self) -> None:
        self.checked: list[int] = []
        self.random: set[int] = set()

    def lesson(self) -> Lesson:
        return self.school.lesson(
            self.seeds, np.array(self.checked, dtype=np.int64), self.rows, frozenset(self.random)
        )

    def asked(self, lesson: Lesson, closed: Rows, count: int) -> None:
        """Checks the first `count` of the queue; `closed` rows are not to be read."""
        place = {comment.id: row for row, comment in enumerate(self.school.texts.rows)}
        shut = np.isin(lesson.rows, closed)
        comments = [
            replace(self.school.texts.rows[row], readable=not shut[at]) for at, row in enumerate(lesson.rows)
        ]
        queue = to_check(
            comments, lesson.learnt.scores, lesson.seen.meaning, lesson.learnt.edges, lesson.told.rows,
            lesson.told.members, self.seed, count,
        )  # fmt: skip
        self.checked += [place[each.comment_id] for each in queue]
        self.random |= {place[each.comment_id] for each in queue if each.why == "random"}


def figures(data: Labelled) -> list[Figure]:
    """F1 on held-out comments by order of checking, and how often the interval holds."""
    if not data.names or not data.has("labels") or len(data.rows) < LEAST:
        return []
    school = School.of(data)
    return [*_orders(school), _holds(school)]


def _orders(school: School) -> list[Figure]:
    data = school.data
    order = data.order(data.seed)
    test, train = np.split(order, [int(len(order) * HELD_OUT)])
    seeds = drawn(data.truth, train, EXAMPLES)
    pool = train[~np.isin(train, seeds)]
    everyone = np.arange(len(data.rows))
    person = _Person(school, seeds, everyone, data.seed)
    for _ in range(STEPS):
        person.asked(person.lesson(), test, STEP)
    count = len(person.checked)
    found = []
    for how, lesson in (
        ("in the queue's order", person.lesson()),
        ("at random", school.lesson(seeds, pool[:count], everyone)),
    ):
        answer = lesson.answer(test)
        for kind, of in (("micro", micro_f1), ("macro", macro_f1)):
            name = f"{count} checked {how}, {kind} F1"
            found.append(_figure(data, name, answer, of))
    return found


def _figure(data: Labelled, name: str, answer: Answer, of: Callable[[Flags, Flags], float]) -> Figure:
    truth, said = answer.truth, answer.predicted
    return bootstrap(name, len(truth), data.seed, lambda at: of(truth[at], said[at]))


def _holds(school: School) -> Figure:
    """The share of draws in which the interval holds the F1 of what nobody checked."""
    data = school.data
    nobody = np.zeros(0, dtype=np.int64)
    held, off = [], []
    for draw in range(DRAWS):
        order = data.order(data.seed + draw)
        seeds = drawn(data.truth, order, EXAMPLES)
        person = _Person(school, seeds, order, data.seed + draw)
        person.asked(person.lesson(), nobody, ASKED)
        lesson = person.lesson()
        said = chosen(lesson.learnt.unseen, lesson.learnt.edges)
        told = expected(lesson.told.members, said, lesson.told.random)
        answer = lesson.answer(np.setdiff1d(lesson.rows, person.checked))
        f1 = micro_f1(answer.truth, answer.predicted)
        if told:
            held.append(told.low <= f1 <= told.high)
            off.append(told.f1 - f1)
    values = np.array(held, dtype=np.float64)
    return bootstrap(
        f"expected F1 after {ASKED} checks, its 95 % interval holds the true one", len(values), data.seed,
        lambda at: float(values[at].mean()), reach=HOLDS,
        note=f"expected less true: mean {np.mean(off):+.3f}, spread {np.std(off):.3f}" if off else "",
    )  # fmt: skip

"""Does what one organisation's comments taught hold in another, where nobody checked anything?

A file of one organisation has its services taken for organisations, which is easier than the real thing: they
share staff, questions and the people who gave the labels.
"""

from __future__ import annotations

import numpy as np

from analysis.evaluate.figure import Figure, bootstrap, micro_f1
from analysis.evaluate.labelled import Labelled
from analysis.evaluate.learning import EXAMPLES
from analysis.evaluate.taught import Answer, School, drawn

REACH = 0.58
LEAST = 100


def figures(data: Labelled) -> list[Figure]:
    """Micro-F1 in each organisation with all the others checked; [] where there is only one of everything."""
    column = next((name for name in ("organisation", "service") if _kinds(data, name) > 1), None)
    if column is None or not data.has("labels") or not data.names:
        return []
    belongs = np.array([row[column] for row in data.rows])
    note = "" if column == "organisation" else "services of one organisation, which is easier"
    school = School.of(data)
    found = []
    for name in sorted(set(belongs.tolist())):
        there, here = np.flatnonzero(belongs == name), data.order(data.seed)
        here = here[belongs[here] != name]
        if len(there) >= LEAST <= len(here):
            seeds = drawn(data.truth, here, EXAMPLES)
            lesson = school.lesson(seeds, here[~np.isin(here, seeds)], np.arange(len(belongs)))
            answer = lesson.answer(there)
            found.append(_micro(data, name, answer, note))
    return found


def _micro(data: Labelled, name: str, answer: Answer, note: str) -> Figure:
    truth, said = answer.truth, answer.predicted
    title = f"moved to {' '.join(name.split())}, nothing checked there, micro F1"
    return bootstrap(
        title, len(truth), data.seed, lambda at: micro_f1(truth[at], said[at]), reach=REACH, note=note
    )


def _kinds(data: Labelled, column: str) -> int:
    return len({row[column] for row in data.rows}) if data.has(column) else 0

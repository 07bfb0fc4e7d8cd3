"""A run's numbers: true, frozen, and without a word of anybody's."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from feedback.store.models import Run
from tests.support.telling import told

from .conftest import NOBODY, Told, many, says


def figures(survey: Told) -> dict[str, Any]:
    with survey.store.read() as session:
        found = session.scalars(select(Run.figures).order_by(Run.id.desc()).limit(1)).one()
    assert found
    return found


def test_each_response_is_counted_once_under_each_heading(heard) -> None:
    survey = heard(
        many(3, feeling="worse"),
        many(2, "Czekamy", language="pl", mode="assisted", service="advice", feeling="better"),
        says("She smiled", theme="kind", service=None),
    )
    numbers = figures(survey)
    assert numbers["all"] == {
        "responses": 6,
        "languages": {"en": 4, "pl": 2},
        "modes": {"assisted": 2, "self": 4},
        "services": {"advice": 2, "hostel": 3},
        "months": {"2026-03": 6},
        "ratings": {"better": 2, "worse": 3},
        "came_by": {"open": 6},
    }
    assert numbers["themes"]["waiting"]["responses"] == 5
    assert numbers["themes"]["kind"]["responses"] == 1
    assert numbers["unsorted"]["responses"] == 0


def test_a_response_without_a_word_counts_among_all(rated: Told) -> None:
    rated.hear([says("Words")])
    told(rated.store, rated.survey, words={})
    rated.sort([says("Words")])
    assert figures(rated)["all"]["responses"] == 2
    assert figures(rated)["with_words"] == 1


def test_words_for_nobody_are_counted(heard) -> None:
    survey = heard(many(2), says("No one may read this", reading_choice=NOBODY))
    assert figures(survey)["themes"]["waiting"]["responses"] == 3


def test_no_word_of_anybody_is_in_the_figures(heard) -> None:
    survey = heard(says("Quetzalcoatl was at the desk", quoted=True), many(3))
    assert "Quetzalcoatl" not in json.dumps(figures(survey))


def test_versions_and_what_was_taken_back_are_kept(heard, respondent) -> None:
    survey = heard(many(4), says("I take it back"))
    respondent.withdraws(survey.receipts["I take it back"])
    survey.sort(many(4))
    numbers = figures(survey)
    assert numbers["gone"] == {"withdrawn": 1}
    assert [(version["number"], version["responses"]) for version in numbers["versions"]] == [(1, 4)]

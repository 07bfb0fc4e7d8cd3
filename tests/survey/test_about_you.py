"""Questions about the person: sets that never change, and an owner's choice from them."""

from __future__ import annotations

from typing import Any

import pytest

from feedback.survey import about_you
from feedback.survey.about_you import NOT_SAY, question_set, set_names
from feedback.survey.definition import content_hash
from feedback.survey.edition import source_texts
from feedback.survey.loading import SurveyError, parse_survey
from feedback.survey.routing import on_path, path

from .test_definition import survey

PUBLISHED = {"uk-2026-1": "7331db4b5b60462c4c2a0abf6fd2a5662713bd1c2598c947222d9033c0417288"}
EVERYTHING = [topic.id for topic in question_set("uk-2026-1").topics]


def asking(*topics: str, **more: Any) -> Any:
    return parse_survey(survey(about_you={"set": "uk-2026-1", "questions": list(topics)}, **more))


def pages(asked: Any, **answers: Any) -> list[str]:
    return [page.id for page in path(asked, answers)]


def test_a_set_that_people_were_asked_stays_as_it_is() -> None:
    """What should read otherwise becomes a new set: answers to the old one must keep their meaning."""
    assert {
        name: content_hash(question_set(name).model_dump(mode="json")) for name in set_names()
    } == PUBLISHED


@pytest.mark.parametrize("name", set_names())
def test_every_question_can_be_left_unsaid_as_its_last_answer(name: str) -> None:
    for topic in question_set(name).topics:
        for question in topic.questions:
            assert question.options[-1].id == NOT_SAY
            assert [option.id for option in question.options].count(NOT_SAY) == 1


@pytest.mark.parametrize("name", set_names())
def test_no_set_asks_for_words_or_a_date_that_could_show_who_somebody_is(name: str) -> None:
    chosen = parse_survey(survey(about_you={"set": name, "questions": EVERYTHING})).about_you
    asked = [each for page in about_you.pages(chosen, None) for each in page.questions]
    assert {question.type for question in asked} == {"one_choice"}


def test_detailed_answers_count_towards_lines_of_the_census() -> None:
    ethnic = next(topic for topic in question_set("uk-2026-1").topics if topic.id == "ethnic_group")
    broad, *detailed = ethnic.questions
    groups = {option.id: option.census for option in broad.options}
    lines = [option.census for question in detailed for option in question.options if option.census]
    assert len(lines) == len(set(lines)) == 19  # the groups of table TS021
    for question in detailed:
        of = groups[question.show_if]
        assert all(option.census.startswith(f"{of}: ") for option in question.options if option.census)


def test_nothing_about_the_person_is_asked_before_they_say_yes() -> None:
    asked = asking("age", "sex", "ethnic_group")
    assert pages(asked) == ["one", "about_you_ask"]
    assert pages(asked, about_you_ask="no") == ["one", "about_you_ask"]
    assert pages(asked, about_you_ask="yes") == ["one", "about_you_ask", "about_you_age"]


def test_the_second_step_follows_from_the_first_alone() -> None:
    asked = asking("ethnic_group", "disability")
    answers = {"about_you_ask": "yes", "about_you_ethnic_group": "asian"}
    assert pages(asked, **answers)[2:] == [
        "about_you_ethnic_group",
        "about_you_ethnic_asian",
        "about_you_condition",
    ]
    changed = answers | {"about_you_ethnic_asian": "indian", "about_you_ethnic_group": "white"}
    assert "about_you_ethnic_asian" not in on_path(asked, changed)
    unsaid = answers | {"about_you_ethnic_group": NOT_SAY}
    assert pages(asked, **unsaid)[2:] == ["about_you_ethnic_group", "about_you_condition"]


def test_who_changes_their_mind_leaves_nothing_of_themselves_behind() -> None:
    answers = {"about_you_ask": "no", "about_you_age": "from_25", "about_you_sex": "female"}
    assert on_path(asking("age", "sex"), answers) == {"about_you_ask": "no"}


def test_an_age_that_may_not_answer_is_not_offered() -> None:
    def ages(minimum: int | None) -> list[str]:
        return [option.id for option in asking("age", minimum_age=minimum).question("about_you_age").options]

    assert "under_16" in ages(None)
    assert "under_16" in ages(15)
    assert "under_16" not in ages(16)


def test_translators_of_a_survey_are_not_asked_for_these_texts_again() -> None:
    assert source_texts(asking(*EVERYTHING)) == source_texts(parse_survey(survey()))


def test_every_text_of_every_page_has_its_words() -> None:
    asked = asking(*EVERYTHING)
    words = about_you.words(asked.about_you)
    for page in asked.all_pages[1:]:
        assert (f"pages.{page.id}.title" in words) == (page.title is not None)
        for question in page.questions:
            keys = [f"questions.{question.id}.label"]
            keys += [f"questions.{question.id}.hint"] if question.hint else []
            keys += [f"questions.{question.id}.options.{option.id}" for option in question.options]
            assert set(keys) <= set(words)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"set": "uk-1999-1", "questions": ["age"]}, "there is no set uk-1999-1; there is uk-2026-1"),
        ({"set": "uk-2026-1", "questions": ["star_sign"]}, "uk-2026-1 has no star_sign; it has age, sex"),
        ({"set": "uk-2026-1", "questions": ["age", "age"]}, "names a question twice"),
        ({"set": "../secrets", "questions": ["age"]}, "about_you.set"),
        ({"set": "uk-2026-1", "questions": []}, "about_you.questions"),
    ],
)
def test_a_choice_that_cannot_be_asked_is_refused_by_name(chosen: dict[str, Any], told: str) -> None:
    with pytest.raises(SurveyError) as error:
        parse_survey(survey(about_you=chosen))
    assert told in str(error.value)


def test_a_name_that_is_taken_is_refused() -> None:
    mine = {"id": "about_you_age", "type": "short_text", "label": "Age?"}
    with pytest.raises(SurveyError, match="a question can't be called about_you_age"):
        asking("age", pages=[{"id": "one", "questions": [mine]}])
    with pytest.raises(SurveyError, match="a page can't be called about_you_ask"):
        asking("age", pages=[{"id": "about_you_ask", "questions": [mine | {"id": "mine"}]}])

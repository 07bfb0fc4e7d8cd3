"""Help that is near comes first; help that can't be had here is not shown."""

from typing import Any

from feedback.survey.loading import parse_survey
from feedback.survey.signposts import signposts_for

POSTS: list[dict[str, Any]] = [
    {"id": "danger", "name": "In danger", "contact": "999"},
    {"id": "england", "name": "England", "contact": "1", "nations": ["england"]},
    {"id": "wales", "name": "Wales", "contact": "2", "nations": ["wales"]},
    {"id": "somali", "name": "Somali line", "contact": "3", "languages": ["so"]},
]


def shown(language: str, nations: list[str]) -> list[str]:
    question = {"id": "said", "type": "long_text", "label": "What happened?"}
    document = {"slug": "s", "title": "T", "intro": "I", "signposts": POSTS, "nations": nations}
    survey = parse_survey(document | {"pages": [{"id": "one", "questions": [question]}]})
    return [post.id for post in signposts_for(survey, language)]


def test_everyone_sees_what_is_there_for_all_nations() -> None:
    assert shown("en", []) == ["danger", "england", "wales"]


def test_who_reads_welsh_finds_wales_first_but_never_before_the_emergency_number() -> None:
    assert shown("cy", []) == ["danger", "wales", "england"]


def test_a_line_in_ones_language_comes_first_and_only_there() -> None:
    assert shown("so", []) == ["danger", "somali", "england", "wales"]


def test_a_survey_in_wales_shows_no_line_that_serves_england_alone() -> None:
    assert shown("en", ["wales"]) == ["danger", "wales"]
    assert shown("cy", ["wales"]) == ["danger", "wales"]

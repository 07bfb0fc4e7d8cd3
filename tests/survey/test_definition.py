"""A survey says what it is; what came later never changes the name of what was published before."""

from typing import Any

import pytest

from feedback.survey.edition import source_texts
from feedback.survey.loading import SurveyError, parse_survey

FACES = [{"id": name, "label": name} for name in ("great", "good", "same", "bad", "awful")]
FEELING = {"id": "feeling", "type": "scale", "label": "How was it?", "options": FACES}


def survey(**more: Any) -> dict[str, Any]:
    return {
        "slug": "tiny",
        "title": "Tiny",
        "intro": "One question.",
        "pages": [
            {"id": "one", "questions": [{"id": "said", "type": "long_text", "label": "What happened?"}]}
        ],
    } | more


def refused(document: dict[str, Any]) -> str:
    with pytest.raises(SurveyError) as error:
        parse_survey(document)
    return str(error.value)


def test_a_survey_published_with_the_first_release_keeps_its_hash() -> None:
    was = "8b0e5164d306e79bac999edd02637669be364d2ec9a6e84caf06a09d480a5d04"
    assert parse_survey(survey()).hash == was
    assert parse_survey(survey(voice=False, offline=None, nations=[])).hash == was
    assert parse_survey(survey(voice=True)).hash != was


def test_a_survey_goes_through_json_and_back_whole() -> None:
    page = {
        "id": "one",
        "content_note": "This may be hard.",
        "questions": [FEELING | {"pictures": "feelings"}],
    }
    asked = parse_survey(survey(pages=[page], meaning={"hear": False}, draft_days=30, nations=["wales"]))
    assert parse_survey(asked.as_json()) == asked
    assert source_texts(asked)["pages.one.content_note"] == "This may be hard."


def test_a_sensitive_survey_is_short_and_leaves_nothing_behind() -> None:
    about_you = {"set": "uk-2026-1", "questions": ["age"]}
    assert "not both" in refused(survey(sensitive=True, meaning={}, about_you=about_you))
    assert "records no voices" in refused(survey(sensitive=True, voice=True))
    assert "half an hour" in refused(survey(sensitive=True, draft_days=3))
    quiet = parse_survey(survey(sensitive=True))
    assert not quiet.works_offline and not quiet.save_and_return
    assert parse_survey(survey(sensitive=True, offline=True)).works_offline
    assert parse_survey(survey()).works_offline and parse_survey(survey()).save_and_return


def test_pictures_go_with_a_scale_of_five_only() -> None:
    four = FEELING | {"options": FACES[:4], "pictures": "feelings"}
    assert "scale of 5" in refused(survey(pages=[{"id": "one", "questions": [four]}]))

"""What people can say their story is about stays as it was when their survey was published."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.codebook import load_codebook
from feedback.store import meaning, surveys
from feedback.store.database import Store
from feedback.survey.loading import Bundle, parse_survey
from tests.survey.test_definition import survey

DAY = date(2026, 3, 1)


def publish(store: Store, **more: Any) -> Any:
    surveys.publish(store, Bundle(parse_survey(survey(**more)), {}), DAY)
    found = surveys.find(store, "tiny")
    assert found
    return found


def test_the_themes_of_its_codebook_become_part_of_the_version(store: Store) -> None:
    found = publish(store, meaning={}, codebook="housing")
    offered = [theme.id for theme in found.definition.meaning.themes]
    assert offered == [theme.id for theme in load_codebook("housing").themes if theme.id != "general"]
    assert found.wording("cy")("questions.meaning_about.options.damp").language == "cy"
    assert found.wording("sw")("questions.meaning_about.options.damp").language == "en"


def test_a_codebook_that_changes_changes_only_what_is_published_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publish(store, meaning={})
    renamed = load_codebook("services").as_json()
    renamed["themes"][0]["name"] = "Waiting, and more waiting"
    monkeypatch.setattr(meaning, "load_codebook", lambda _name: load_codebook(renamed))
    after = publish(store, meaning={})
    assert after.version == before.version + 1
    first = surveys.find_version(store, before.version_id).definition.meaning.themes[0]
    assert (first.name, after.definition.meaning.themes[0].name) == (
        "Waiting and delays",
        "Waiting, and more waiting",
    )


def test_publishing_the_same_again_changes_nothing(store: Store) -> None:
    assert publish(store, meaning={}).version == publish(store, meaning={}).version == 1


def test_an_owner_s_own_themes_are_left_alone(store: Store) -> None:
    own = [{"id": "bread", "name": "Bread"}, {"id": "soup", "name": "Soup"}]
    found = publish(store, meaning={"themes": own})
    assert [theme.id for theme in found.definition.meaning.themes] == ["bread", "soup"]


@pytest.mark.parametrize("asked", [None, {"about": False}])
def test_who_is_not_asked_what_it_is_about_needs_no_themes(store: Store, asked: Any) -> None:
    found = publish(store, **({"meaning": asked} if asked else {}))
    assert not (found.definition.meaning and found.definition.meaning.themes)

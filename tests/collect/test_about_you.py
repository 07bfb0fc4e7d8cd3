"""A little about the person, if they like, and what their story means to them."""

from __future__ import annotations

import pytest
from flask import Flask

from feedback.collect.offline import rules
from feedback.store.database import Store
from feedback.store.models import Comment
from tests.support.respondent import Respondent
from tests.support.telling import count

from .conftest import Kept, Publish


@pytest.fixture
def person(respondent: Respondent, publish: Publish) -> Respondent:
    publish("asking")
    return respondent.opens("asking").begins().answers(happened="The door was locked.").goes_on()


@pytest.fixture
def asked(person: Respondent) -> Respondent:
    """At the page that asks whether to ask."""
    return person.goes_on().goes_on()


def test_the_meaning_is_asked_right_after_the_story(person: Respondent) -> None:
    assert person.page.url.endswith("/meaning")
    person.sees("How much did this matter to you?", "Waiting and delays")
    person.does_not_see("nothing to add")  # what fits nowhere is no answer to choose


def test_what_it_means_to_its_teller_is_kept_beside_their_words(person: Respondent, kept: Kept) -> None:
    person.answers(
        meaning_mattered="Very much",
        meaning_hear=["The people who work there", "Everyone"],
        meaning_about=["Waiting and delays"],
        meaning_words="the locked door",
    )
    code = person.goes_on().goes_to_readers().chooses_readers(None).sends()
    own = kept.under(code)
    assert own.answers == {
        "meaning_mattered": "very_much",
        "meaning_hear": ["service", "everyone"],
        "meaning_about": ["waiting"],
    }
    assert own.words == {"happened": "The door was locked.", "meaning_words": "the locked door"}


def test_more_than_three_are_asked_to_become_three_and_none_is_lost(person: Respondent) -> None:
    four = ["Waiting and delays", "Feeling safe", "Privacy and dignity", "Whether it helped"]
    person.answers(meaning_about=four).goes_on()
    assert person.response.status_code == 422
    person.sees("Please keep 3 of them at most.")
    assert len(person.form.values["meaning_about"]) == 4


def test_who_says_no_goes_straight_on_and_nothing_is_asked(asked: Respondent, kept: Kept) -> None:
    assert asked.page.url.endswith("/about_you_ask")
    asked.sees("May we ask a few questions about you?")
    asked.answers(about_you_ask="No, skip these").goes_on()
    assert asked.page.url.endswith("/who")
    assert kept.under(asked.chooses_readers(None).sends()).answers == {"about_you_ask": "no"}


def test_who_leaves_it_is_not_asked_either(asked: Respondent) -> None:
    assert asked.goes_on().page.url.endswith("/who")


def test_who_says_yes_is_asked_step_by_step_and_may_skip_each(asked: Respondent, kept: Kept) -> None:
    asked.answers(about_you_ask="Yes, ask me. It takes about 2 minutes.").goes_on()
    asked.sees("How old are you?").does_not_see("Under 16")
    asked.answers(about_you_age="35 to 44", about_you_ethnic_group="White").goes_on()
    asked.sees("Gypsy or Irish Traveller").does_not_see("Bangladeshi")
    asked.answers(about_you_ethnic_white="Prefer not to say").goes_on()
    asked.answers(about_you_main_language="pl").goes_on()
    own = kept.under(asked.chooses_readers(None).sends())
    assert own.answers == {
        "about_you_ask": "yes",
        "about_you_age": "from_35",
        "about_you_ethnic_group": "white",
        "about_you_ethnic_white": "not_say",
        "about_you_main_language": "pl",
    }


def test_nothing_about_the_person_is_kept_in_words(asked: Respondent, store: Store) -> None:
    asked.answers(about_you_ask="yes").goes_on().answers(about_you_age="from_85").goes_on()
    asked.goes_to_readers().chooses_readers(None).sends()
    assert count(store, Comment) == 1  # the story


@pytest.mark.parametrize(
    ("name", "sent"), [("about_you_age", "under_16"), ("about_you_sex", "'; drop"), ("about_you_age", "43")]
)
def test_an_answer_that_was_not_offered_is_refused(asked: Respondent, name: str, sent: str) -> None:
    asked.answers(about_you_ask="yes").goes_on()
    asked.form.values[name] = [sent]
    asked.goes_on()
    assert asked.response.status_code == 422
    asked.sees("Please choose one of the answers below, or leave them all.")


def test_a_language_is_named_in_the_reader_s_own(respondent: Respondent, publish: Publish) -> None:
    publish("asking")
    respondent.opens("asking").begins()
    respondent.goes_to("/s/asking/about_you_ask?lang=en").answers(about_you_ask="yes").goes_on()
    respondent.goes_on()
    respondent.sees("Polish", "British Sign Language")


def test_the_teller_sees_it_again_and_can_change_it(asked: Respondent) -> None:
    asked.answers(about_you_ask="yes").goes_on().answers(about_you_age="35 to 44").goes_on()
    asked.goes_to_readers().chooses_readers(None)
    asked.sees("How old are you?", "35 to 44")


def test_a_phone_without_a_network_walks_these_pages_too(app: Flask, publish: Publish) -> None:
    asking = publish("asking").definition
    with app.test_request_context("/"):
        known = {page["id"]: page for page in rules(asking)}
    assert list(known) == [page.id for page in asking.all_pages]
    [about] = [each for each in known["meaning"]["questions"] if each["id"] == "meaning_about"]
    assert (about["choices"], about["slips"]) == (3, ["Please keep 3 of them at most."])
    assert known["about_you_age"]["show_if"]["question"] == "about_you_ask"

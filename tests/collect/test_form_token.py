"""Whose draft a form belongs to, when time passes, cookies go astray or somebody makes things up."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from feedback.store import drafts
from feedback.store.database import Store
from tests.support import surveys
from tests.support.respondent import Respondent

from .conftest import Kept

COOKIE = "draft-story"


def cookie_of(person: Respondent) -> str:
    cookie = person.client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def test_an_expired_form_keeps_its_words_and_says_what_was_cleared(
    respondent: Respondent, story, kept: Kept, clock: time_machine.Coordinates
) -> None:
    respondent.opens("story").begins().answers(happened="yesterday").goes_on()
    clock.shift(timedelta(hours=37))
    respondent.answers(better="today").goes_on()
    respondent.sees(
        "Your earlier answers were cleared, to keep them safe", "What you wrote just now is kept."
    )
    respondent.goes_to_readers().chooses_readers(None)
    assert kept.under(respondent.sends()).words == {"better": "today"}


def test_a_first_page_left_open_overnight_loses_nothing(
    respondent: Respondent, story, kept: Kept, clock: time_machine.Coordinates
) -> None:
    respondent.opens("story").begins()
    clock.shift(timedelta(days=3))
    respondent.answers(happened="slept on it").goes_on().does_not_see("cleared")
    respondent.goes_to_readers().chooses_readers(None)
    assert kept.under(respondent.sends()).words == {"happened": "slept on it"}


def test_an_expired_form_opens_no_old_draft(
    respondent: Respondent, story, store: Store, clock: time_machine.Coordinates
) -> None:
    respondent.opens("story").begins().answers(happened="of yesterday").goes_on()
    clock.shift(timedelta(hours=37))
    respondent.goes_on().goes_back().does_not_see("of yesterday")


def test_a_draft_that_died_meanwhile_is_said_and_the_page_goes_on(
    respondent: Respondent, story, kept: Kept, clock: time_machine.Coordinates
) -> None:
    respondent.opens("story").begins().answers(happened="too long ago").goes_on()
    clock.shift(timedelta(hours=35))
    respondent.goes_to("/s/story/service")
    clock.shift(timedelta(hours=2))
    respondent.answers(better="in time").goes_on().sees("What you wrote just now is kept.")
    respondent.chooses_readers(None)
    assert kept.under(respondent.sends()).words == {"better": "in time"}


def test_coming_back_after_a_day_is_told_kindly(
    respondent: Respondent, story, clock: time_machine.Coordinates
) -> None:
    respondent.opens("story").begins().answers(happened="yesterday").goes_on()
    clock.shift(timedelta(hours=37))
    respondent.goes_to("/s/story/service").sees("Your earlier answers were cleared").does_not_see("yesterday")


def test_sending_after_the_draft_died_is_no_thank_you(
    respondent: Respondent, story, kept: Kept, clock: time_machine.Coordinates
) -> None:
    respondent.opens("story").begins().answers(happened="gone").goes_to_readers().chooses_readers(None)
    clock.shift(timedelta(hours=37))
    respondent.presses().sees("Your earlier answers were cleared").does_not_see("Thank you")
    assert kept.responses == 0


@pytest.mark.parametrize("token", ["", "forged", "WyJzdG9yeSJd.ZZZ.aaaa", "\u0000", "🙂" * 50])
def test_a_made_up_token_is_refused_and_the_words_stay(
    respondent: Respondent, story, kept: Kept, token: str
) -> None:
    respondent.opens("story").begins().answers(happened="my words")
    respondent.submits(respondent.form, respondent.form.data() | {"token": [token]})
    assert respondent.status == 400 and kept.drafts == 0
    respondent.sees("nothing was saved. Please send it again.")
    assert respondent.form.values["happened"] == ["my words"]
    respondent.goes_on().goes_to_readers().chooses_readers(None)
    assert kept.under(respondent.sends()).words == {"happened": "my words"}


def test_a_token_of_another_survey_is_refused(respondent: Respondent, story, publish, kept: Kept) -> None:
    publish("routes")
    respondent.opens("routes").begins()
    foreign = respondent.form.values["token"]
    respondent.opens("story").begins().answers(happened="mine")
    respondent.submits(respondent.form, respondent.form.data() | {"token": foreign})
    assert respondent.status == 400 and kept.drafts == 0
    assert respondent.form.values["happened"] == ["mine"]


def test_a_refused_token_does_not_cost_the_earlier_answers(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="page one").goes_on().answers(better="page two")
    respondent.submits(respondent.form, respondent.form.data() | {"token": ["forged"]})
    respondent.goes_on().chooses_readers(None)
    assert kept.under(respondent.sends()).words == {"happened": "page one", "better": "page two"}


@pytest.mark.parametrize("value", ["made-up", "WyJzdG9yeSIsIkFBQUEiLGZhbHNlLCIiXQ.aSHq5g.c2lnbmF0dXJl"])
def test_a_made_up_cookie_is_refused_and_the_words_stay(
    respondent: Respondent, story, kept: Kept, value: str
) -> None:
    respondent.opens("story").begins().answers(happened="my words")
    respondent.client.set_cookie(COOKIE, value)
    respondent.goes_on()
    assert respondent.status == 400 and kept.drafts == 0
    assert respondent.form.values["happened"] == ["my words"]
    respondent.goes_on()
    assert respondent.status == 200 and kept.drafts == 1


def test_a_made_up_cookie_opens_no_page(respondent: Respondent, story) -> None:
    respondent.opens("story").begins()
    respondent.client.set_cookie(COOKIE, "made-up")
    respondent.goes_to("/s/story/service").sees("We lost your place")
    assert respondent.status == 400
    assert respondent.client.get_cookie(COOKIE) is None


def test_a_cookie_of_another_survey_opens_nothing(respondent: Respondent, story, publish) -> None:
    publish("routes")
    respondent.opens("story").begins()
    respondent.client.set_cookie("draft-routes", cookie_of(respondent))
    respondent.goes_to("/s/routes/first")
    assert respondent.status == 400


def test_two_people_at_one_tablet_never_mix(respondent: Respondent, story, kept: Kept) -> None:
    """Two windows of one browser: the cookie is the second person's, the open form the first's."""
    respondent.opens("story").begins().answers(happened="of the first")
    window_of_the_first = respondent.form
    respondent.opens("story").begins().answers(happened="of the second").goes_on()
    window_of_the_second = respondent.form
    respondent.submits(window_of_the_first, window_of_the_first.data())
    respondent.answers(better="first, too").goes_on().chooses_readers("anyone")
    first = kept.under(respondent.sends())
    window_of_the_second.fill("better", "second, too")
    respondent.submits(window_of_the_second, window_of_the_second.data()).chooses_readers(None)
    second = kept.under(respondent.sends())
    assert first.words == {"happened": "of the first", "better": "first, too"}
    assert second.words == {"happened": "of the second", "better": "second, too"}


def test_the_cookie_is_the_browsers_for_this_session_only(app: Flask, respondent: Respondent, story) -> None:
    respondent.opens("story").begins()
    cookie = respondent.client.get_cookie(COOKIE)
    assert cookie is not None
    assert cookie.expires is None and cookie.max_age is None
    assert cookie.http_only and cookie.same_site == "Strict"


def test_in_production_the_cookie_is_tied_to_host_and_https(production_app: Flask) -> None:
    surveys.publish(production_app.extensions["heard_store"], "story")
    person = Respondent(production_app)
    person.opens("story").begins()
    cookie = person.client.get_cookie("__Host-draft-story", domain="localhost")
    assert cookie is not None and cookie.secure and cookie.path == "/"


def test_a_draft_key_says_nothing_in_the_database(respondent: Respondent, story, store: Store) -> None:
    respondent.opens("story").begins().answers(happened="sealed words").goes_on()
    assert drafts.load(store, b"0" * 32, 0) is None
    with open(str(store.engine.url.database) + "-wal", "rb") as file:
        assert b"sealed words" not in file.read()

"""Reached easily: short links, a service chosen beforehand, invitations, a frame on another site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.store import framing_sites, invitations, plain_codes, short_links
from feedback.store.database import Store
from feedback.store.models import Draft, Response
from feedback.store.surveys import PublishedSurvey
from tests.support.header_rules import directives
from tests.support.respondent import Respondent
from tests.support.telling import count

DAY = date(2026, 3, 2)
IN_A_FRAME = {"Sec-Fetch-Dest": "iframe"}


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


def came(store: Store) -> list[str | None]:
    with store.read() as session:
        return list(session.scalars(select(Response.came_by).order_by(Response.came_by)))


def services(store: Store) -> list[str | None]:
    with store.read() as session:
        return list(session.scalars(select(Response.service)))


def brings(respondent: Respondent, code: str, slug: str = "story") -> Respondent:
    respondent.opens(slug)
    if slug == "quiet":
        respondent.goes_on()
    respondent.form.fill("invitation", code)
    return respondent.presses()


def tells_the_rest(respondent: Respondent) -> None:
    respondent.answers(happened="The door was locked.").goes_on().goes_to_readers().goes_on()
    respondent.sends()


def test_a_short_link_leads_to_the_survey_with_its_service_and_language(
    store: Store, story: PublishedSurvey, respondent: Respondent
) -> None:
    code = short_links.make(store, story.survey_id, "hostel", "ar", DAY)
    respondent.goes_to(f"/go/{code.lower()}")
    assert respondent.page.url == "/s/story"
    assert respondent.page.one("html").get("lang") == "ar"
    respondent.begins()
    tells_the_rest(respondent)
    assert services(store) == ["hostel"]


def test_it_is_read_as_people_copy_it(store: Store, story: PublishedSurvey, respondent: Respondent) -> None:
    code = short_links.make(store, story.survey_id, None, None, DAY)
    muddled = code.replace("0", "O").replace("1", "l")
    assert respondent.goes_to(f"/go/{muddled[:3]}-{muddled[3:]}").page.url == "/s/story"


def test_the_same_link_is_not_made_twice(store: Store, story: PublishedSurvey) -> None:
    first = short_links.make(store, story.survey_id, "hostel", None, DAY)
    assert short_links.make(store, story.survey_id, "hostel", None, DAY) == first
    assert short_links.make(store, story.survey_id, None, None, DAY) != first


def test_an_unknown_link_says_so(story: PublishedSurvey, respondent: Respondent) -> None:
    for wrong in ("zzzzzz", "x", "a" * 300, plain_codes.make(6)):
        respondent.goes_to(f"/go/{wrong}").sees("We don’t know this link")
        assert respondent.status == 404


def test_the_service_is_chosen_beforehand_and_can_be_changed(
    store: Store, story: PublishedSurvey, respondent: Respondent
) -> None:
    respondent.goes_to("/s/story?service=hostel").begins()
    while not respondent.asks("which_service"):
        respondent.goes_on()
    assert respondent.form.values["which_service"] == ["hostel"]
    other = next(each.id for each in story.definition.services if each.id != "hostel")
    respondent.answers(which_service=other).goes_on().goes_to_readers().goes_on()
    respondent.sends()
    assert services(store) == [other]


@pytest.mark.parametrize("asked", ["nowhere", "", "hostel'\"><script>", "h" * 5000])
def test_a_service_that_the_survey_lacks_is_left_out(
    story: PublishedSurvey, respondent: Respondent, asked: str
) -> None:
    respondent.goes_to("/s/story", query_string={"service": asked})
    assert "service" not in respondent.form.controls
    respondent.begins()


def test_nothing_is_kept_of_who_only_looked(
    store: Store, story: PublishedSurvey, respondent: Respondent
) -> None:
    respondent.goes_to("/s/story").begins()
    assert count(store, Draft) == 0


def test_an_invited_answer_is_known_as_one_and_its_code_is_used_up(
    store: Store, story: PublishedSurvey, new_respondent: Callable[[], Respondent]
) -> None:
    [code] = invitations.make(store, story.survey_id, "hostel", 1)
    tells_the_rest(brings(new_respondent(), f" {code[:4].lower()}-{code[4:]} "))
    assert came(store) == ["invited"] and services(store) == ["hostel"]
    brings(new_respondent(), code).sees("This code can’t be used here, or not any more.")
    new_respondent().tells("story", happened="I came without one.")
    assert came(store) == ["invited", "open"]


def test_a_code_used_by_another_meanwhile_loses_nobodys_words(
    store: Store, story: PublishedSurvey, new_respondent: Callable[[], Respondent]
) -> None:
    [code] = invitations.make(store, story.survey_id, None, 1)
    first, second = brings(new_respondent(), code), brings(new_respondent(), code)
    tells_the_rest(first)
    tells_the_rest(second)
    assert came(store) == ["invited", "open"]


def test_sending_twice_uses_no_second_code(
    store: Store, story: PublishedSurvey, respondent: Respondent
) -> None:
    [code] = invitations.make(store, story.survey_id, None, 1)
    brings(respondent, code).answers(happened="Twice.").goes_on().goes_to_readers().goes_on()
    again = respondent.form
    receipt = respondent.sends()
    respondent.presses(form=again)
    assert came(store) == ["invited"]
    assert receipt and " ".join(receipt[at : at + 4] for at in range(0, 16, 4)) in respondent.page.text


@pytest.mark.parametrize(
    "typed",
    [
        "0",
        "ABCD EFGH JKMN",
        "é" * 12,
        "1234 5678 9012 3456",
        "<script>",
        pytest.param("0" * 99_999, id="far too much"),
    ],
)
def test_a_code_with_a_slip_says_so_and_the_survey_stays_open(
    store: Store, story: PublishedSurvey, respondent: Respondent, typed: str
) -> None:
    invitations.make(store, story.survey_id, None, 1)
    brings(respondent, typed).sees("slip in it somewhere")
    assert respondent.status == 422
    respondent.begins()


def test_a_code_of_another_survey_is_no_good_here(
    store: Store, story: PublishedSurvey, publish: Callable[[str], PublishedSurvey], respondent: Respondent
) -> None:
    [code] = invitations.make(store, publish("every_type").survey_id, None, 1)
    invitations.make(store, story.survey_id, None, 1)
    brings(respondent, code).sees("This code can’t be used here")


def test_only_a_survey_that_invites_asks_for_a_code(story: PublishedSurvey, respondent: Respondent) -> None:
    respondent.opens("story").does_not_see("invitation")


def test_a_sensitive_survey_takes_a_code_and_no_service(
    store: Store, publish: Callable[[str], PublishedSurvey], respondent: Respondent
) -> None:
    quiet = publish("quiet")
    [code] = invitations.make(store, quiet.survey_id, None, 1)
    brings(respondent, code, "quiet")
    respondent.answers(support_words="They listened.").goes_on().goes_to_readers().goes_on()
    respondent.goes_on()
    assert came(store) == ["invited"]


def test_guessing_codes_is_slowed_down(
    store: Store, story: PublishedSurvey, respondent: Respondent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.store.guesses.MOST_AN_HOUR", 3)
    [code] = invitations.make(store, story.survey_id, None, 1)
    for _ in range(3):
        brings(respondent, plain_codes.make(12)).sees("This code can’t be used here")
    respondent.opens("story")
    respondent.form.fill("invitation", code)
    respondent.presses()
    assert respondent.status == 429


def test_only_named_sites_may_frame_it(
    app: Flask, store: Store, story: PublishedSurvey, publish: Callable[[str], PublishedSurvey]
) -> None:
    quiet = publish("quiet")
    framing_sites.set_for(store, story.survey_id, ["https://www.example.org", "https://b.example"])
    framing_sites.set_for(store, quiet.survey_id, ["https://www.example.org"])
    client = app.test_client()

    def may_frame(address: str, **headers: str) -> list[str]:
        policy = client.get(address, headers=headers).headers["Content-Security-Policy"]
        return directives(policy)["frame-ancestors"]

    assert may_frame("/s/story", **IN_A_FRAME) == ["https://www.example.org", "https://b.example"]
    assert may_frame("/s/story") == ["'none'"]
    assert may_frame("/s/quiet", **IN_A_FRAME) == ["'none'"]
    assert may_frame("/sign-in", **IN_A_FRAME) == ["'none'"]
    assert may_frame("/receipt", **IN_A_FRAME) == ["'none'"]

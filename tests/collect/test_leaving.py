"""Quick exit: at once without us, and with us nothing is left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.support.respondent import Respondent

from .conftest import Kept


@pytest.mark.parametrize("slug", ["story", "quiet"])
def test_the_way_out_is_a_plain_link_on_every_page(respondent: Respondent, publish, slug: str) -> None:
    publish(slug)
    respondent.opens(slug)
    while True:
        [way_out] = [link for link in respondent.page.all("a") if link.get("class") == "exit"]
        assert way_out.get("href", "").startswith("https://")
        assert "noreferrer" in way_out.get("rel", "")
        assert way_out.get("ping", "").split("?")[0] == f"/s/{slug}/leave"
        if respondent.page.url.endswith("/sent"):
            break
        if respondent.at_a_question and respondent.page.url.endswith(("/story", "/support")):
            respondent.answers(**{name: "words" for name in respondent.form.controls if name != "token"})
        respondent.goes_on()


def test_leaving_drops_the_draft_and_the_cookie(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="hide this").goes_on()
    token = respondent.form.values["token"]
    response = respondent.client.post("/s/story/leave", data={"token": token})
    assert response.status_code == 204
    assert kept.drafts == 0 and respondent.client.get_cookie("draft-story") is None
    respondent.goes_to("/s/story/story").does_not_see("hide this")
    assert respondent.page.url == "/s/story"


def test_leaving_asks_the_phone_to_clear_what_it_keeps_but_no_cookies_of_other_sites(
    respondent: Respondent, story
) -> None:
    respondent.opens("story").begins()
    assert respondent.client.post("/s/story/leave").headers["Clear-Site-Data"] == '"storage"'


def test_the_browser_s_own_farewell_drops_the_draft(respondent: Respondent, story, kept: Kept) -> None:
    """What a link's ping sends: no form, only the cookie."""
    respondent.opens("story").begins().answers(happened="hide this").goes_on()
    response = respondent.client.post("/s/story/leave", data="PING", content_type="text/ping")
    assert response.status_code == 204 and kept.drafts == 0


def test_leaving_needs_no_form(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="hide this").goes_on()
    assert respondent.client.post("/s/story/leave").status_code == 204
    assert kept.drafts == 0


def test_leaving_drops_the_draft_of_this_window_and_of_the_cookie(
    respondent: Respondent, story, kept: Kept
) -> None:
    respondent.opens("story").begins().answers(happened="one").goes_on()
    first = respondent.form.values["token"]
    respondent.opens("story").begins().answers(happened="two").goes_on()
    respondent.client.post("/s/story/leave", data={"token": first})
    assert kept.drafts == 0


@pytest.mark.parametrize("token", ["", "made-up"])
def test_leaving_with_nothing_or_nonsense_harms_nobody(
    respondent: Respondent, new_respondent, story, kept: Kept, token: str
) -> None:
    new_respondent().opens("story").begins().answers(happened="someone else's").goes_on()
    assert respondent.client.post("/s/story/leave", data={"token": token}).status_code == 204
    assert kept.drafts == 1


def test_another_site_cannot_make_a_person_leave(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="stays").goes_on()
    response = respondent.client.post("/s/story/leave", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403 and kept.drafts == 1


def test_whoever_presses_back_after_leaving_is_not_told_that_somebody_had_begun(
    respondent: Respondent, publish, clock: time_machine.Coordinates
) -> None:
    publish("quiet")
    respondent.opens("quiet").begins()
    begun = str(respondent.response.request.full_path)
    assert "begun=" in begun
    respondent.client.post("/s/quiet/leave", data={"token": respondent.form.values["token"]})
    clock.shift(timedelta(seconds=61))
    respondent.goes_to(begun).does_not_see("Your phone did not let us keep your place", "cleared")
    assert respondent.response.request.full_path.rstrip("?") == "/s/quiet"
    respondent.goes_to("/s/quiet/support?begun=1")
    assert respondent.response.request.full_path.rstrip("?") == "/s/quiet"

"""A shared screen without a network: what it keeps, and a claim to be one that nobody can make up."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from feedback.collect.outbox_token import LIFETIME
from feedback.store.database import Store
from feedback.store.models import Draft, Response
from feedback.store.surveys import PublishedSurvey
from feedback.web.signing import sign_for
from tests.support.page import Page
from tests.support.respondent import Respondent
from tests.support.sounds import BEEP
from tests.support.staff import Staff
from tests.support.telling import count

from .conftest import Kept, Publish
from .test_coming_back import code_shown, goes_on_with
from .test_kiosk import begins_at, on_the_screen, starts_kiosk
from .test_kiosk import screen as screen
from .test_offline import STORY, Phone, key_on, new_key, republish
from .test_voice import says


class Tablet(Phone):
    """A shared screen's own script: its token is the one in the shell that it kept."""

    def __init__(self, app: Flask, survey: PublishedSurvey, screen: Respondent) -> None:
        super().__init__(app, survey)
        self.client = screen.client
        self.token = token_in(screen)

    def exchanges(self, token: Any) -> str:
        answer = self.client.post(f"/s/{self.slug}/outbox-token", json={"token": token})
        assert answer.status_code == 200
        return str(answer.get_json()["token"])


def token_in(person: Respondent, slug: str = "story") -> str:
    page = person.client.page(f"/s/{slug}/offline-shell?lang=en")
    [root] = [each for each in page.all("div") if each.get("id") == "offline"]
    return str(root.get("data-token"))


def modes(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(Response.mode)))


def keeps(page: Page) -> list[str]:
    [tablet] = [each for each in page.all("div") if each.get("id") == "tablet"]
    return str(tablet.get("data-keeps")).split()


@pytest.fixture
def tablet(app: Flask, story: PublishedSurvey, screen: Respondent) -> Tablet:
    return Tablet(app, story, screen)


class TestTheClaim:
    def test_what_a_shared_screen_kept_came_from_one(self, tablet: Tablet, store: Store) -> None:
        status, said = tablet.hands_in(STORY)
        assert status == 200 and said["kept"]
        assert modes(store) == ["kiosk"]

    def test_a_phone_of_ones_own_is_none(
        self, app: Flask, story: PublishedSurvey, respondent: Respondent, store: Store
    ) -> None:
        phone = Phone(app, story)
        for token in (phone.token, token_in(respondent)):
            assert phone.hands_in(STORY, token=token)[0] == 200
        assert modes(store) == ["self", "self"]

    def test_not_even_in_the_browser_of_a_shared_screen_does_another_token_say_so(
        self, app: Flask, story: PublishedSurvey, tablet: Tablet, store: Store
    ) -> None:
        own = Phone(app, story).token
        fresh = tablet.client.post("/s/story/outbox-token").get_json()["token"]
        for token in (own, fresh, tablet.exchanges(own)):
            assert tablet.hands_in(STORY, token=token)[0] == 200
        assert modes(store) == ["self"] * 3

    @pytest.mark.parametrize("kind", ["changed", "another purpose", "another survey", "no signature"])
    def test_it_can_not_be_made_up(
        self, app: Flask, story: PublishedSurvey, tablet: Tablet, store: Store, kind: str
    ) -> None:
        own = Phone(app, story)
        payload = base64.urlsafe_b64encode(b'["story","kiosk"]').rstrip(b"=").decode()
        with app.test_request_context():
            forged = {
                "changed": payload + own.token[own.token.index(".") :],
                "another purpose": sign_for("form token", "story", "kiosk"),
                "another survey": sign_for("outbox token", "routes", "kiosk"),
                "no signature": payload,
            }[kind]
        assert own.hands_in(STORY, token=forged) == (403, {"token_expired": True})
        exchanged = tablet.exchanges(forged)
        assert own.hands_in(STORY, token=exchanged)[0] == 200
        assert modes(store) == ["self"]

    def test_it_outlives_its_token(
        self, tablet: Tablet, app: Flask, story: PublishedSurvey, store: Store
    ) -> None:
        own = Phone(app, story)
        with time_machine.travel("2031-01-01 12:00"):
            key = new_key()
            assert LIFETIME < 365 * 24 * 3600
            assert tablet.hands_in(STORY, key=key) == (403, {"token_expired": True})
            tablet.client.delete_cookie("kiosk")
            assert tablet.hands_in(STORY, key=key, token=tablet.exchanges(tablet.token))[0] == 200
            assert own.hands_in(STORY, token=tablet.exchanges(own.token))[0] == 200
        assert sorted(modes(store)) == ["kiosk", "self"]

    @pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"token": 1}', b'{"more": ""}', b"[" * 100_000])
    def test_whatever_is_brought_for_exchange_gets_an_open_one(
        self, tablet: Tablet, store: Store, body: bytes
    ) -> None:
        answer = tablet.client.post("/s/story/outbox-token", data=body, content_type="application/json")
        assert answer.status_code == 200
        assert tablet.hands_in(STORY, token=answer.get_json()["token"])[0] == 200
        assert modes(store) == ["self"]

    def test_what_was_begun_elsewhere_stays_what_it_was(
        self, tablet: Tablet, screen: Respondent, new_respondent: Callable[[], Respondent], store: Store
    ) -> None:
        """Opened on the screen with a code from home, and cut off there."""
        home = new_respondent().opens("story").begins().answers(happened="Begun at home.").presses("later")
        goes_on_with(screen, code_shown(home))
        assert tablet.hands_in(STORY, key=key_on(screen.page))[0] == 200
        assert modes(store) == ["self"]


class TestForgetting:
    def test_a_walk_begun_with_a_network_is_one_answer_with_what_the_tablet_brings(
        self, tablet: Tablet, screen: Respondent, kept: Kept, store: Store
    ) -> None:
        begins_at(screen, "ar").answers(happened="Begun.").goes_on()
        key = key_on(screen.page)
        screen.goes_to("/kiosk/story?waits=1")
        assert kept.drafts == 1, "it waits on the tablet: the rest of it stays"
        status, _said = tablet.hands_in({"service": [["which_service", "hostel"]]}, key=key, lang="ar")
        assert (status, kept.drafts, modes(store)) == (200, 0, ["kiosk"])
        with store.read() as session:
            assert session.scalars(select(Response.language)).one() == "ar"

    def test_it_waits_and_yet_nobody_at_the_screen_sees_it(self, screen: Respondent, kept: Kept) -> None:
        begins_at(screen).answers(happened="My own words.").goes_on()
        screen.goes_to("/kiosk/story?waits=1")
        for address in ("/s/story/service", "/s/story/check"):
            assert screen.goes_to(address).does_not_see("My own words.").page.url == "/kiosk/story"

    def test_a_late_acknowledgement_opens_no_thank_you_page(
        self, tablet: Tablet, screen: Respondent, kept: Kept
    ) -> None:
        begins_at(screen).answers(happened="My own words.").goes_on()
        status, said = tablet.hands_in({}, key=key_on(screen.page))
        assert status == 200 and kept.responses == 1
        screen.goes_to("/s/story/sent").does_not_see(said["code"])
        assert screen.page.url == "/kiosk/story"

    def test_whoever_was_there_when_it_ended_is_forgotten_too(self, screen: Respondent, store: Store) -> None:
        begins_at(screen).answers(happened="My own words.").goes_on()
        screen.client.delete_cookie("kiosk")
        screen.goes_to("/kiosk/story").sees("This screen is not set up")
        screen.goes_to("/s/story/service").does_not_see("My own words.")
        assert screen.page.url == "/s/story"
        assert count(store, Draft) == 0

    def test_on_a_phone_of_ones_own_that_page_forgets_nobody(self, respondent: Respondent, story) -> None:
        respondent.opens("story").begins().answers(happened="Mine.").goes_on()
        respondent.goes_to("/kiosk/story").sees("This screen is not set up")
        respondent.goes_to("/s/story/check").sees("Mine.")


class TestKept:
    def test_it_keeps_its_first_screen_and_every_language(self, screen: Respondent) -> None:
        *shells, first = keeps(screen.goes_to("/kiosk/story").page)
        languages = [each.get("hreflang") for each in screen.page.all("a") if each.get("hreflang")]
        assert len(shells) == len(languages) > 2
        for tag, address in zip(languages, shells, strict=True):
            page = screen.client.page(address)
            assert page.language == tag or page.language == "en"
            assert "data-kiosk" in page.html and "Leave this site now" not in page.text
        assert keeps(screen.client.page(first)) == [*shells, first]

    def test_keeping_it_forgets_nobody(self, screen: Respondent, kept: Kept) -> None:
        """The next person may have begun by then."""
        *_shells, first = keeps(screen.goes_to("/kiosk/story").page)
        begins_at(screen).answers(happened="Just begun.").goes_on()
        assert "Set-Cookie" not in screen.client.get(first).headers
        screen.goes_to("/s/story/check").sees("Just begun.")

    def test_nobody_else_gets_it(self, respondent: Respondent, story: PublishedSurvey) -> None:
        assert respondent.client.get("/kiosk/story/kept").status_code == 404
        assert "data-kiosk" not in respondent.client.page("/s/story/offline-shell").html

    def test_a_survey_that_is_not_to_stay_on_phones_needs_a_network(
        self, app: Flask, publish: Publish, worker: Staff, story: PublishedSurvey
    ) -> None:
        republish(app, story, offline=False)
        screen = on_the_screen(starts_kiosk(worker))
        assert 'id="tablet"' not in screen.goes_to("/kiosk/story").page.html
        assert screen.client.get("/kiosk/story/kept").status_code == 404

    def test_with_one_language_it_still_begins_at_a_screen_that_forgets(
        self, publish: Publish, worker: Staff
    ) -> None:
        publish("routes")
        starts_kiosk(worker, "routes").sees("English")
        assert urlsplit(worker.page.url).path == "/kiosk/routes"

    def test_its_worker_may_serve_shared_screens_and_nothing_else(self, screen: Respondent) -> None:
        answer = screen.client.get("/kiosk/sw.js")
        assert answer.mimetype == "text/javascript" and "no-store" in answer.headers["Cache-Control"]
        assert "Service-Worker-Allowed" not in answer.headers


def test_a_recording_made_while_there_was_a_network_is_something_to_send(
    app: Flask, publish: Publish, respondent: Respondent, kept: Kept
) -> None:
    survey = publish("spoken")
    phone = Phone(app, survey)
    respondent.opens("spoken").begins()
    assert says(respondent, BEEP).status_code == 200
    respondent.goes_on()
    status, _said = phone.hands_in({}, key=key_on(respondent.page))
    assert (status, kept.responses) == (200, 1)

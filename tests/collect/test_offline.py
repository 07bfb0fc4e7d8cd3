"""What a phone kept without a network: taken once, checked like any page, and never lost for a formality."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask

from feedback.collect.outbox_token import LIFETIME
from feedback.store import receipt_code, surveys
from feedback.store.surveys import PublishedSurvey
from feedback.survey.loading import Bundle, parse_survey
from tests.support.client import StrictClient
from tests.support.page import text_of
from tests.support.respondent import CODE, Respondent

from .conftest import Kept, Publish

STORY = {"story": [["happened", "The door was locked."]], "service": [["which_service", "hostel"]]}


class Phone:
    """Hands in what it kept, as the site's own script does."""

    def __init__(self, app: Flask, survey: PublishedSurvey) -> None:
        self.client = StrictClient(app, use_cookies=True)
        self.survey = survey
        self.slug = survey.definition.slug
        self.token = self.client.post(f"/s/{self.slug}/outbox-token").get_json()["token"]

    def hands_in(self, pages: dict[str, Any], lang: str = "en", **changes: Any) -> tuple[int, dict[str, Any]]:
        parcel = {
            "key": new_key(), "token": self.token, "version": self.survey.version_id, "pages": pages,
            "readers": None,
        } | changes  # fmt: skip
        answer = self.client.post(f"/s/{self.slug}/outbox-send?lang={lang}", json=parcel)
        said = answer.get_json()
        assert isinstance(said, dict)
        return answer.status_code, said


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def key_on(page: Any) -> str:
    [about] = [each for each in page.all("meta") if each.get("name") == "offline"]
    return str(about.get("data-key"))


@pytest.fixture
def phone(app: Flask, story: PublishedSurvey) -> Phone:
    return Phone(app, story)


def code_of(said: dict[str, Any]) -> str:
    code = receipt_code.read(said["code"])
    assert said["kept"] is True and code is not None
    return code


def test_what_was_kept_goes_in_like_any_answer(phone: Phone, kept: Kept) -> None:
    status, said = phone.hands_in(STORY, readers="service")
    assert (status, said["note"]) == (200, "")
    own = kept.under(code_of(said))
    assert own.words == {"happened": "The door was locked."}
    assert own.answers == {"which_service": "hostel"}
    assert own.reading_choice.answer == "service"
    assert own.language == "en"


def test_handed_in_again_it_is_the_same_answer(phone: Phone, kept: Kept) -> None:
    key = new_key()
    first = phone.hands_in(STORY, key=key)
    assert phone.hands_in(STORY, key=key) == first
    assert kept.responses == 1


def test_other_words_under_the_same_key_keep_the_first(phone: Phone, kept: Kept) -> None:
    key = new_key()
    _status, first = phone.hands_in(STORY, key=key)
    _status, second = phone.hands_in({"story": [["happened", "Something else."]]}, key=key)
    assert (second["code"], second["note"]) == (first["code"], "first_kept")
    assert kept.responses == 1
    assert kept.under(code_of(second)).words == {"happened": "The door was locked."}


def test_an_expired_token_is_exchanged_and_the_words_go_in(
    app: Flask, story: PublishedSurvey, kept: Kept
) -> None:
    with time_machine.travel("2026-03-01 12:00"):
        phone = Phone(app, story)
    with time_machine.travel("2026-03-01 12:00") as clock:
        clock.shift(LIFETIME + 60)
        key = new_key()
        assert phone.hands_in(STORY, key=key) == (403, {"token_expired": True})
        assert kept.responses == 0
        fresh = phone.client.post("/s/story/outbox-token").get_json()["token"]
        status, said = phone.hands_in(STORY, key=key, token=fresh)
    assert status == 200 and kept.under(code_of(said)).words == {"happened": "The door was locked."}


@pytest.mark.parametrize("token", ["", "forged", "WyJzdG9yeSJd.aaaa.bbbb"])
def test_a_forged_token_is_asked_to_be_exchanged(phone: Phone, kept: Kept, token: str) -> None:
    assert phone.hands_in(STORY, token=token) == (403, {"token_expired": True})
    assert kept.responses == 0


def test_a_token_of_another_survey_is_no_token(phone: Phone, publish: Publish, app: Flask) -> None:
    other = Phone(app, publish("routes"))
    assert phone.hands_in(STORY, token=other.token)[0] == 403


def test_a_walk_begun_with_a_network_goes_on_without_one(
    phone: Phone, respondent: Respondent, kept: Kept
) -> None:
    """What the server has already and what the phone brings become one answer under the one key."""
    respondent.opens("story").begins()
    key = key_on(respondent.page)
    respondent.answers(happened="Begun on the bus.").goes_on()
    assert key_on(respondent.page) == key and kept.drafts == 1
    status, said = phone.hands_in({"service": [["which_service", "hostel"]]}, key=key, readers="anyone")
    own = kept.under(code_of(said))
    assert status == 200 and own.words == {"happened": "Begun on the bus."}
    assert own.answers == {"which_service": "hostel"}
    assert (kept.responses, kept.drafts) == (1, 0)


def test_the_browser_that_began_it_then_knows_that_it_is_sent(
    app: Flask, story: PublishedSurvey, respondent: Respondent, kept: Kept
) -> None:
    respondent.opens("story").begins()
    key = key_on(respondent.page)
    phone = Phone(app, story)
    phone.client = respondent.client
    _status, said = phone.hands_in(STORY, key=key)
    respondent.goes_to("/s/story/who").sees("Thank you", said["code"])
    assert kept.responses == 1


def test_a_retry_after_a_walk_was_completed_says_nothing_odd(
    phone: Phone, respondent: Respondent, kept: Kept
) -> None:
    """The answer to sending was lost on the way; the phone holds only a part of what was sent."""
    respondent.opens("story").begins()
    key = key_on(respondent.page)
    respondent.answers(happened="All of it.").goes_on().answers(which_service="hostel").goes_on()
    respondent.chooses_readers("service")
    receipt = respondent.sends()
    _status, said = phone.hands_in({"service": [["which_service", "hostel"]]}, key=key, readers="service")
    assert (code_of(said), said["note"]) == (receipt, "")
    assert kept.responses == 1


def test_withdrawn_words_do_not_come_back(phone: Phone, respondent: Respondent, kept: Kept) -> None:
    key = new_key()
    _status, said = phone.hands_in(STORY, key=key)
    respondent.withdraws(code_of(said))
    status, again = phone.hands_in(STORY, key=key)
    assert (status, again["kept"], again["code"], again["note"]) == (200, True, None, "withdrawn")
    assert kept.responses == 0


def test_what_is_wrong_is_said_by_page_and_field_in_the_persons_language(
    app: Flask, publish: Publish, kept: Kept
) -> None:
    phone = Phone(app, publish("every_type"))
    pages = {
        "short": [["short_words", "x" * 501], ["how_many", "a few"]],
        "date": [["visited-month", "13"], ["visited-year", "2026"]],
    }
    pages = {
        page.id: pages[name]
        for name, wanted in (("short", "short_words"), ("date", "visited"))
        for page in phone.survey.definition.pages
        if wanted in {question.id for question in page.questions}
    }
    status, said = phone.hands_in(pages)
    assert status == 422 and kept.responses == 0
    texts = {field: text for fields in said["problems"].values() for field, text in fields.items()}
    assert set(texts) == {"short_words", "how_many", "visited"}
    assert "1 letter too long" in texts["short_words"]
    assert "whole number" in texts["how_many"]


def test_answers_to_questions_nobody_asked_are_refused(phone: Phone, kept: Kept) -> None:
    for pages in ({"nowhere": [["a", "b"]]}, {"story": [["happened", "Yes."], ["colour", "red"]]}):
        status, said = phone.hands_in(pages)
        assert status == 422 and said["problems"]
    status, said = phone.hands_in(STORY, readers="everybody")
    assert status == 422 and "readers" in said["problems"]["who"]
    assert kept.responses == 0


def test_nothing_answered_is_nothing_to_send(phone: Phone, kept: Kept) -> None:
    for pages in ({}, {"story": [["happened", "  "]]}):
        status, said = phone.hands_in(pages)
        assert status == 422 and "nothing to send" in said["problem"]
    assert kept.responses == 0


def test_an_answer_off_the_path_is_not_stored(app: Flask, publish: Publish, kept: Kept) -> None:
    phone = Phone(app, publish("routes"))
    pages = {"first": [["housed", "yes"]], "outside": [["nights", "3"]], "inside": [["home", "Warm."]]}
    _status, said = phone.hands_in(pages)
    own = kept.under(code_of(said))
    assert own.answers == {"housed": "yes"} and own.words == {"home": "Warm."}


def test_a_code_in_the_words_is_refused_gently(phone: Phone, respondent: Respondent, kept: Kept) -> None:
    respondent.opens("story").begins()
    key = key_on(respondent.page)
    respondent.answers(happened="Begun.").goes_on().presses("later")
    shown = CODE.search(respondent.page.text)
    assert shown
    status, said = phone.hands_in({"story": [["happened", f"My code is {shown.group()}"]]}, key=key)
    assert status == 422 and "Your code is in here" in said["problems"]["story"]["happened"]
    assert kept.responses == 0


HOSTILE = [
    b"", b"null", b"[]", b"{", b'"\\ud800"', b"{}", b'{"key": 1}',
    json.dumps({"key": "AAAA", "version": 1, "pages": {}}).encode(),
    json.dumps({"key": "A" * 10_000, "version": 1, "pages": {}}).encode(),
    json.dumps({"key": new_key(), "version": "1", "pages": {}}).encode(),
    json.dumps({"key": new_key(), "version": 10**30, "pages": {}}).encode(),
    json.dumps({"key": new_key(), "version": 1, "pages": {"a": "b"}}).encode(),
    json.dumps({"key": new_key(), "version": 1, "pages": {"../x": []}}).encode(),
    json.dumps({"key": new_key(), "version": 1, "pages": {"a": [["b", "c", "d"]]}}).encode(),
    json.dumps({"key": new_key(), "version": 1, "pages": {"a": [["b", "c"]] * 501}}).encode(),
    json.dumps({"key": new_key(), "version": 1, "pages": {}, "more": 1}).encode(),
    b'{"key": "' + new_key().encode() + b'", "version": 1, "pages": {"a": [["b", "\\ud800"]]}}',
    b"[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_parcel_of_ours_is_refused_without_harm(phone: Phone, kept: Kept, body: bytes) -> None:
    answer = phone.client.post("/s/story/outbox-send", data=body, content_type="application/json")
    assert answer.status_code == 400 and answer.get_json()["problem"]
    assert kept.responses == 0


def test_a_form_from_elsewhere_can_not_hand_anything_in(phone: Phone, kept: Kept) -> None:
    parcel = {"key": new_key(), "token": phone.token, "version": phone.survey.version_id, "pages": STORY}
    address = "/s/story/outbox-send"
    assert phone.client.post(address, data=json.dumps(parcel), content_type="text/plain").status_code == 400
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert phone.client.post(address, json=parcel, headers=elsewhere).status_code == 403
    assert kept.responses == 0


def test_a_survey_that_is_gone_says_so_to_the_script(phone: Phone) -> None:
    answer = phone.client.post("/s/gone/outbox-send", json={})
    assert (answer.status_code, answer.get_json()) == (404, {"closed": True})


def test_an_earlier_version_is_still_taken_as_it_was_asked(
    app: Flask, phone: Phone, kept: Kept, story: PublishedSurvey
) -> None:
    newer = parse_survey(story.definition.as_json() | {"title": "Asked anew"})
    surveys.publish(app.extensions["heard_store"], Bundle(newer, {}), date(2026, 4, 1))
    _status, said = phone.hands_in(STORY)
    assert kept.under(code_of(said)).version_id == story.version_id
    answer = phone.client.get(f"/s/story/offline-shell?lang=en&version={story.version_id}")
    assert "Asked anew" not in answer.get_data(as_text=True)
    assert "Asked anew" in phone.client.get("/s/story/offline-shell").get_data(as_text=True)


class TestSensitive:
    def test_nothing_of_it_stays_on_a_phone(self, quiet: PublishedSurvey, respondent: Respondent) -> None:
        respondent.opens("quiet").begins()
        assert not [each for each in respondent.page.all("meta") if each.get("name") == "offline"]
        assert respondent.client.get("/s/quiet/offline-shell").status_code == 404

    def test_unless_its_owner_wants_it(self, app: Flask, quiet: PublishedSurvey, kept: Kept) -> None:
        survey = republish(app, quiet, offline=True)
        phone = Phone(app, survey)
        shell = phone.client.page("/s/quiet/offline-shell")
        assert shell.title == "A few questions"
        pages = {"support": [["support_words", "Kind."]]}
        status, said = phone.hands_in(pages)
        assert (status, said["code"], kept.responses) == (200, None, 1)
        assert kept.under(offered_code(phone, said)).words == {"support_words": "Kind."}

    def test_what_was_hidden_is_not_what_was_taken_out(
        self, app: Flask, quiet: PublishedSurvey, respondent: Respondent, kept: Kept
    ) -> None:
        phone = Phone(app, republish(app, quiet, offline=True))
        for taken_out, stays in (([], True), ([["forget-page", "1"]], False)):
            respondent.opens("quiet").begins()
            key = key_on(respondent.page)
            respondent.answers(support_words="Kind.").goes_on()
            pages = {
                "support": [["support_words", ""], *taken_out],
                "more": [["more_words", "More of it."]],
            }
            _status, said = phone.hands_in(pages, key=key)
            assert ("support_words" in kept.under(offered_code(phone, said)).words) is stays


def offered_code(phone: Phone, said: dict[str, Any]) -> str | None:
    """A sensitive survey's code shows only to who asks for it, on a page of its own."""
    assert said["kept"] is True and said["code"] is None
    page = phone.client.post("/s/quiet/sent", data={"token": said["offer"]}).get_data(as_text=True)
    shown = CODE.search(page)
    return receipt_code.read(shown.group()) if shown else None


def republish(app: Flask, survey: PublishedSurvey, **changes: Any) -> PublishedSurvey:
    store = app.extensions["heard_store"]
    changed = parse_survey(survey.definition.as_json() | changes)
    surveys.publish(store, Bundle(changed, {}), date(2026, 4, 1))
    found = surveys.find(store, survey.definition.slug)
    assert found is not None
    return found


@pytest.mark.parametrize("lang", ["en", "ar", "cy"])
def test_the_shell_is_a_whole_page_in_the_persons_language(
    app: Flask, story: PublishedSurvey, respondent: Respondent, lang: str
) -> None:
    """Every rule that holds for every page is checked by fetching it."""
    page = respondent.opens("story", lang).page
    [about] = [each for each in page.all("meta") if each.get("name") == "offline"]
    shell = respondent.client.page(str(about.get("data-shell")))
    assert shell.language == lang
    assert [each.get("data-page") for each in shell.all("template") if each.get("data-page")] == [
        "story", "service", "who", "check", "waiting", "sending", "sent", "stuck",
    ]  # fmt: skip
    headings = [text_of(each) for each in shell.all("h1") if shell.inside(each, "template") is None]
    assert headings == [page.heading]


def test_the_shell_holds_nobodys_words(respondent: Respondent, story: PublishedSurvey) -> None:
    respondent.opens("story").begins()
    key = key_on(respondent.page)
    respondent.answers(happened="Only mine.").goes_on()
    shell = respondent.client.get("/s/story/offline-shell").get_data(as_text=True)
    assert "Only mine." not in shell and key not in shell
    assert "Set-Cookie" not in respondent.client.get("/s/story/offline-shell").headers


def test_a_change_to_what_was_sent_is_not_kept_on_the_phone(
    phone: Phone, respondent: Respondent, kept: Kept
) -> None:
    _status, said = phone.hands_in(STORY)
    respondent.reads_back(code_of(said))
    respondent.presses(form=next(form for form in respondent.page.forms if "change" in form.action))
    respondent.sees("You are changing what you sent")
    assert not [each for each in respondent.page.all("meta") if each.get("name") == "offline"]


def test_the_worker_may_serve_surveys_and_nothing_else(phone: Phone) -> None:
    answer = phone.client.get("/s/sw.js")
    assert answer.mimetype == "text/javascript" and "no-store" in answer.headers["Cache-Control"]
    assert "Service-Worker-Allowed" not in answer.headers  # so its reach ends at /s/

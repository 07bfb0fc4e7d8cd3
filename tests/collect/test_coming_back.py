"""Stopping before sending, and going on with the code: here, or on another phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from feedback.store import receipt_code
from tests.support.respondent import CODE, Respondent

from .conftest import Kept


def code_shown(person: Respondent) -> str:
    shown = CODE.search(person.page.text)
    assert shown, f"no code on {person.page.url}: {person.page.text}"
    return str(receipt_code.read(shown.group()))


@pytest.fixture
def stopped(respondent: Respondent, story) -> Respondent:
    return respondent.opens("story").begins().answers(happened="As far as I got").presses("later")


def other_phone(app: Flask) -> Respondent:
    return Respondent(app)


def goes_on_with(person: Respondent, code: str, button: str = "go-on") -> Respondent:
    person.reads_back(code).sees("You have not sent this yet")
    return person.presses(form=next(form for form in person.page.forms if button in form.action))


def test_someone_stops_and_finishes_on_another_phone(stopped: Respondent, app: Flask, kept: Kept) -> None:
    code = code_shown(stopped)
    phone = goes_on_with(other_phone(app), code)
    assert phone.asks("better"), "the first page that nothing was said on"
    phone.answers(better="And the rest").goes_on().goes_to_readers().chooses_readers(None)
    assert phone.sends() == code, "one code from the first page to the last"
    assert kept.under(code).words == {"happened": "As far as I got", "better": "And the rest"}
    assert kept.responses == 1 and kept.drafts == 0


def test_both_phones_send_and_there_is_one_response(stopped: Respondent, app: Flask, kept: Kept) -> None:
    code = code_shown(stopped)
    phone = goes_on_with(other_phone(app), code).goes_to_readers().chooses_readers(None)
    stopped.follows("Go on now").goes_to_readers().chooses_readers(None)
    assert phone.sends() == stopped.sends() == code
    assert kept.responses == 1


def test_whoever_stopped_can_go_on_at_once(stopped: Respondent) -> None:
    stopped.follows("Go on now").goes_back()
    assert stopped.form.values["happened"] == ["As far as I got"]


def test_the_next_person_at_this_phone_sees_nothing_of_it(stopped: Respondent, kept: Kept) -> None:
    code = code_shown(stopped)
    stopped.presses().sees("Your answers are kept. This phone no longer shows them.")
    stopped.does_not_see(code, receipt_code.in_groups(code))
    stopped.goes_to("/s/story/come-back").does_not_see(receipt_code.in_groups(code))
    stopped.goes_to("/s/story/go-on").does_not_see("As far as I got")
    assert kept.drafts == 1


def test_unsent_answers_can_be_deleted_with_the_code(stopped: Respondent, app: Flask, kept: Kept) -> None:
    code = code_shown(stopped)
    goes_on_with(other_phone(app), code, "delete").sees("Your answers are deleted")
    assert kept.drafts == 0
    other_phone(app).reads_back(code).sees("We hold nothing under that code.")


def test_what_was_not_sent_is_gone_when_the_survey_says(
    clock: time_machine.Coordinates, stopped: Respondent, app: Flask
) -> None:
    code = code_shown(stopped)
    stopped.sees("We keep it until 3 Mar 2026.")
    clock.shift(timedelta(hours=35, minutes=59))
    other_phone(app).reads_back(code).sees("You have not sent this yet", "until 3 Mar 2026")
    goes_on_with(other_phone(app), code).goes_to("/s/story/check").sees("As far as I got")
    clock.shift(timedelta(minutes=1))
    other_phone(app).reads_back(code).sees("We hold nothing under that code.")


def test_the_start_page_says_how_long(respondent: Respondent, story, publish) -> None:
    respondent.opens("story").sees("What you have not sent is cleared after 1 day.")
    publish("routes")
    respondent.opens("routes").sees("What you have not sent is cleared after 7 days.")


def test_words_too_wrong_to_keep_are_not_said_to_be_kept(respondent: Respondent, publish) -> None:
    publish("every_type")
    respondent.opens("every-type").begins()
    while not respondent.asks("how_many"):
        respondent.goes_on()
    respondent.answers(how_many="many").presses("later").does_not_see("Your answers are kept")
    assert respondent.status == 422 and respondent.form.values["how_many"] == ["many"]


def test_a_sensitive_survey_gives_no_code_to_come_back_with(
    respondent: Respondent, quiet, app: Flask, kept: Kept
) -> None:
    respondent.opens("quiet").begins().does_not_see("come back later")
    name = next(name for name in respondent.form.controls if respondent.form.kind(name) == "textarea")
    respondent.form.fill(name, "only here")
    respondent.submits(respondent.form, respondent.form.data() | {"later": ["1"]})
    assert not CODE.search(respondent.page.text) and kept.drafts == 1
    respondent.goes_to("/s/quiet/come-back")
    assert not CODE.search(respondent.page.text)


def test_the_code_is_in_no_address_and_in_no_store_of_the_browser(stopped: Respondent) -> None:
    code = code_shown(stopped)
    assert stopped.response is not None and stopped.response.headers["Cache-Control"] == "no-store"
    assert not any(code in re.sub(r"\D", "", href) for _text, href in stopped.page.links)


def test_without_cookies_stopping_works_too(respondent: Respondent, story, app: Flask) -> None:
    respondent.opens("story").begins().answers(happened="No cookies here")
    respondent.client.delete_cookie("draft-story")
    code = code_shown(respondent.presses("later"))
    goes_on_with(other_phone(app), code).goes_back()


@pytest.mark.parametrize(
    "typed", [receipt_code.in_groups, "-".join, ", ".join, " / ".join, lambda code: f"my code: {code}."]
)
def test_a_code_in_the_words_is_refused_gently_and_the_words_stay(
    stopped: Respondent, kept: Kept, typed: Callable[[str], str]
) -> None:
    code = code_shown(stopped)
    words = f"I keep it here {typed(code)} so that I find it"
    stopped.follows("Go on now").answers(better=words).goes_on().sees("Your code is in here.")
    assert stopped.status == 422 and stopped.form.values["better"] == [words]
    stopped.answers(better="Without it").goes_on().goes_to_readers().chooses_readers(None)
    assert kept.under(stopped.sends()).words["better"] == "Without it"


def test_another_number_as_long_as_a_code_is_nobodys_business(stopped: Respondent) -> None:
    stopped.follows("Go on now").answers(better="Card 4929 1234 5678 9012").goes_on()
    assert stopped.status == 200

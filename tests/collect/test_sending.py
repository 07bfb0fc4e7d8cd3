"""Sent once is stored once, however often it is sent; and the receipt is shown for half an hour."""

from __future__ import annotations

import time
from datetime import date, timedelta

import time_machine
from flask import Flask

from feedback.collect import form_token
from feedback.store import drafts, removal
from feedback.store.database import Store
from tests.support.form import Form
from tests.support.respondent import Respondent

from .conftest import Kept

SENT = {"happened": "They listened."}


def at_check(person: Respondent) -> Form:
    person.opens("story").begins().answers(**SENT).goes_to_readers().chooses_readers("anyone")
    return person.form


def test_pressing_send_twice_gives_one_receipt_and_one_row(respondent: Respondent, story, kept: Kept) -> None:
    form = at_check(respondent)
    first = respondent.sends()
    again = respondent.submits(form, form.data())
    assert first and first == again_receipt(again)
    assert kept.responses == 1
    again.sees("Thank you").does_not_see("had already sent")


def again_receipt(person: Respondent) -> str:
    return "".join(sign for sign in person.page.text.split("never again.")[1][:21] if sign.isdigit())


def test_a_lost_answer_is_asked_for_again(respondent: Respondent, story, kept: Kept) -> None:
    form = at_check(respondent)
    respondent.client.post(form.action, data=form.data())  # the thank-you never arrives
    respondent.submits(form, form.data()).sees("Thank you")
    assert kept.under(again_receipt(respondent)).words == SENT
    assert kept.responses == 1


def test_back_and_other_words_keeps_the_first_and_gives_the_others_back(
    respondent: Respondent, story, kept: Kept
) -> None:
    respondent.opens("story").begins()
    first_page = respondent.form
    respondent.answers(**SENT).goes_to_readers().chooses_readers("anyone")
    receipt = respondent.sends()
    first_page.fill("happened", "Something else.")
    respondent.submits(first_page, first_page.data())
    respondent.sees("You had already sent your answers. We kept those.", "Something else.")
    assert again_receipt(respondent) == receipt
    assert kept.under(receipt).words == SENT
    assert (kept.responses, kept.drafts) == (1, 0)


def test_two_windows_with_other_words_keep_what_was_sent_first(
    app: Flask, respondent: Respondent, story, store: Store, kept: Kept
) -> None:
    form = at_check(respondent)
    receipt = respondent.sends()
    with app.test_request_context():
        token = form_token.read("story", form.values["token"][0])
    # a page of another window, saved while this one was being sent
    drafts.save_page(store, token.key, token.version_id, {"happened": "Other words."}, time.time(), 3600)
    respondent.submits(form, form.data()).sees("You had already sent your answers. We kept those.")
    assert kept.under(receipt).words == SENT
    assert (kept.responses, kept.drafts) == (1, 0)


def test_a_retry_after_withdrawing_stores_nothing_and_says_so(
    respondent: Respondent, story, store: Store, kept: Kept
) -> None:
    form = at_check(respondent)
    receipt = respondent.sends()
    assert removal.withdraw(store, str(receipt), date.today())
    respondent.submits(form, form.data()).sees("You took these words back", "nothing was sent now")
    assert kept.responses == 0


def test_the_receipt_is_shown_again_for_half_an_hour_then_never(
    respondent: Respondent, story, clock: time_machine.Coordinates
) -> None:
    receipt = respondent.tells("story", **SENT).receipt
    groups = " ".join(str(receipt)[start : start + 4] for start in range(0, 16, 4))
    clock.shift(timedelta(minutes=29))
    respondent.goes_to("/s/story/sent").sees(groups)
    clock.shift(timedelta(minutes=2))
    respondent.goes_to("/s/story/sent").sees("Thank you").does_not_see(groups)


def test_a_page_of_the_survey_after_sending_leads_to_the_thank_you(respondent: Respondent, story) -> None:
    respondent.tells("story", **SENT)
    assert respondent.goes_to("/s/story/story").page.url == "/s/story/sent"
    respondent.does_not_see("They listened.")


def test_nobody_is_thanked_who_sent_nothing(respondent: Respondent, story) -> None:
    assert respondent.goes_to("/s/story/sent").page.url == "/s/story"
    respondent.begins().answers(**SENT).goes_on()
    assert respondent.goes_to("/s/story/sent").page.url == "/s/story"


def test_the_thank_you_is_the_end_of_the_draft(respondent: Respondent, story, kept: Kept) -> None:
    respondent.tells("story", **SENT)
    respondent.opens("story").begins().goes_to_readers().does_not_see("They listened.")


def test_a_person_can_send_a_second_story(respondent: Respondent, story, kept: Kept) -> None:
    first = respondent.tells("story", **SENT).receipt
    second = respondent.tells("story", happened="Another day.").receipt
    assert first != second and kept.responses == 2


def test_an_empty_form_stores_nothing(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="   \n ").goes_to_readers().chooses_readers(None)
    assert respondent.sends() is None
    respondent.sees("You have not answered anything yet")
    assert kept.responses == 0


def test_the_day_is_kept_and_never_the_time_nor_the_device(
    respondent: Respondent, story, kept: Kept, store: Store, clock: time_machine.Coordinates
) -> None:
    respondent.client.environ_base |= {
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_USER_AGENT": "CanaryPhone/7.7",
        "HTTP_X_FORWARDED_FOR": "203.0.113.78",
    }
    respondent.tells("story", **SENT)
    assert kept.under(respondent.receipt).received_on == date(2026, 3, 2)
    assert store.engine.url.database
    with open(store.engine.url.database, "rb") as file:
        stored = file.read()
    with open(f"{store.engine.url.database}-wal", "rb") as file:
        stored += file.read()
    for trace in (b"203.0.113", b"CanaryPhone", b"2026-03-02 12", b"2026-03-02T"):
        assert trace not in stored

"""After sending: correct, add, change who may read. Whole, once, and never over somebody's later change."""

from __future__ import annotations

from typing import Self

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.store import receipt_code
from feedback.store.database import Store
from feedback.store.models import Comment
from feedback.survey.reading_choice import ReadingChoice
from tests.support.respondent import CODE, Respondent

from .conftest import Kept


class Returning(Respondent):
    def wants_to_change(self, code: str) -> Self:
        self.reads_back(code)
        return self.presses(form=next(form for form in self.page.forms if "change" in form.action))

    def changes(self, **answers: str) -> Self:
        for name, words in answers.items():
            if not self.page.url.endswith("/check"):
                self.goes_to("/s/story/check")
            page = next(href for _text, href in self.page.links if f"/{PAGES[name]}" in href)
            self.goes_to(page).answers(**{name: words}).goes_on()
        return self


PAGES = {"happened": "story", "better": "service"}


@pytest.fixture
def told(app: Flask, story) -> Returning:
    person = Returning(app)
    person.tells("story", readers="service", happened="They lisened.", better="A chair")
    return person


def comments(store: Store) -> dict[str, str]:
    with store.read() as session:
        return {c.question: c.id for c in session.scalars(select(Comment))}


def test_a_slip_is_corrected_and_the_rest_stays_what_it_was(
    told: Returning, app: Flask, kept: Kept, store: Store
) -> None:
    code, before = str(told.receipt), comments(store)
    later = Returning(app).wants_to_change(code).sees("They lisened.", "A chair", "The service too")
    assert later.changes(happened="They listened.").sends() == code
    later.sees("Your changes are kept. Your code stays the same.")
    assert kept.under(code).words == {"happened": "They listened.", "better": "A chair"}
    after = comments(store)
    assert after["better"] == before["better"], "what people made of unchanged words stays with them"
    assert after["happened"] != before["happened"]
    assert kept.responses == 1 and kept.drafts == 0


def test_the_code_that_opened_the_words_is_refused_in_them(told: Returning, app: Flask, kept: Kept) -> None:
    code = str(told.receipt)
    later = Returning(app).wants_to_change(code).changes(better=f"My code is {receipt_code.in_groups(code)}.")
    assert later.sees("Your code is in here.").status == 422
    later.answers(better="A chair and a lamp").goes_on()
    assert later.goes_to("/s/story/check").sends() == code
    assert kept.under(code).words["better"] == "A chair and a lamp"


def test_who_may_read_can_be_narrowed_after_sending(told: Returning, app: Flask, kept: Kept) -> None:
    later = Returning(app).wants_to_change(str(told.receipt)).goes_to("/s/story/who")
    later.chooses_readers("nobody").sends()
    assert kept.under(told.receipt).reading_choice == ReadingChoice.NOBODY


def test_sending_a_change_twice_changes_once(told: Returning, app: Flask, kept: Kept) -> None:
    code = str(told.receipt)
    later = Returning(app).wants_to_change(code).changes(better="Two chairs")
    send, data = later.form, later.form.data()
    later.submits(send, data)
    third = Returning(app).wants_to_change(code).changes(better="Three chairs")
    third.sends()
    later.submits(send, data).sees("Thank you")
    assert kept.under(code).words["better"] == "Three chairs", "a late retry brings nothing back"


def test_two_changes_at_once_and_the_second_is_told(told: Returning, app: Flask, kept: Kept) -> None:
    code = str(told.receipt)
    one, two = Returning(app).wants_to_change(code), Returning(app).wants_to_change(code)
    one.changes(better="From the tablet").sends()
    two.changes(better="From the phone").presses().sees("You changed these answers somewhere else as well.")
    assert two.status == 409 and kept.under(code).words["better"] == "From the tablet"
    two.sends()
    assert kept.under(code).words["better"] == "From the phone"


def test_a_withdrawal_in_between_wins(told: Returning, app: Flask, kept: Kept) -> None:
    code = str(told.receipt)
    later = Returning(app).wants_to_change(code).changes(better="Too late")
    send, data = later.form, later.form.data()
    Returning(app).withdraws(code)
    later.submits(send, data).sees("You took these words back")
    later.submits(send, data).does_not_see("Thank you")
    assert kept.responses == 0


def test_a_change_sent_before_the_withdrawal_does_not_come_back(
    told: Returning, app: Flask, kept: Kept
) -> None:
    code = str(told.receipt)
    later = Returning(app).wants_to_change(code).changes(better="Changed")
    send, data = later.form, later.form.data()
    later.submits(send, data)
    Returning(app).withdraws(code)
    later.submits(send, data).does_not_see("Changed")
    assert kept.responses == 0 and kept.drafts == 0


def test_a_change_has_no_code_of_its_own_to_lose(told: Returning, app: Flask) -> None:
    Returning(app).wants_to_change(str(told.receipt)).does_not_see("come back later")


def test_a_sensitive_survey_shows_no_words_to_change(respondent: Respondent, quiet, kept: Kept) -> None:
    respondent.opens("quiet").begins()
    name = next(name for name in respondent.form.controls if respondent.form.kind(name) == "textarea")
    respondent.form.fill(name, "Said once")
    respondent.goes_on().goes_to_readers().chooses_readers("service").sends()
    respondent.presses()
    code = CODE.search(respondent.page.text)
    assert code, "a sensitive survey gives its code when asked"
    respondent.reads_back(code.group())
    assert not [form for form in respondent.page.forms if "change" in form.action]
    asked = respondent.client.post(
        "/receipt/change", data={"code": code.group()}, base_url=respondent.base_url
    )
    assert "We hold nothing under that code." in asked.get_data(as_text=True)
    assert kept.drafts == 0

"""Where somebody may look over the shoulder, or at the phone later."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.support.page import Page
from tests.support.respondent import Respondent

from .conftest import Kept

pytestmark = pytest.mark.usefixtures("quiet")
WORDS = "He read my messages."


def test_it_asks_first_whether_it_is_safe_and_what_exit_cannot_clear(respondent: Respondent) -> None:
    respondent.opens("quiet").sees(
        "Is it safe for you to do this now?",
        "this page in the history of your browser",
        "a photo of the screen",
        "a call in the list of calls, or on the bill",
    )
    assert "cookie" not in {name.lower() for name, _value in respondent.response.headers}
    assert any(href.startswith("https://www.bbc.co.uk/weather") for _text, href in respondent.page.links)


def test_then_it_says_that_nobody_is_watching_and_where_help_is(respondent: Respondent) -> None:
    respondent.opens("quiet").goes_on().sees(
        "Nobody is watching this. In danger, call 999 (press 55 if you can't speak).",
        "A helpline",
        "0800 000 0000",
        "What you write is cleared 30 minutes after your last page, unless you send it.",
    )


def pages_of_the_walk(person: Respondent) -> list[Page]:
    person.opens("quiet")
    pages = [person.page]
    while not person.page.url.endswith("/sent"):
        if person.page.url.endswith("/support"):
            person.answers(support_words=WORDS)
        pages.append(person.goes_on().page)
    return pages


def test_no_title_and_no_link_preview_tells_what_it_is(respondent: Respondent) -> None:
    for page in pages_of_the_walk(respondent):
        assert page.title.startswith("A few questions"), page.url
        assert "Your say" not in page.title and "og:" not in page.html and "description" not in page.html
        [icon] = [link for link in page.all("link") if link.get("rel") == "icon"]
        assert "/static/icon.svg" in icon.get("href", "")


def test_an_error_has_a_quiet_title_too(respondent: Respondent) -> None:
    respondent.opens("quiet").begins().answers(support_words="x" * 20_001).goes_on()
    assert respondent.page.title.removeprefix("Problem: ").startswith("A few questions")


def test_no_page_shows_earlier_words_on_coming_back(respondent: Respondent, kept: Kept) -> None:
    respondent.opens("quiet").begins().answers(support_words=WORDS).goes_on().does_not_see(WORDS)
    respondent.goes_back().does_not_see(WORDS).sees("To keep you safe it is not shown.")
    respondent.goes_on().answers(more_words="Listen.").goes_on()
    respondent.chooses_readers("plan_and_pay").does_not_see(WORDS).sees(
        "Answered", "your words are not shown"
    )
    respondent.sends()
    respondent.does_not_see(WORDS)
    assert kept.responses == 1


def test_what_was_left_empty_on_coming_back_is_still_there(respondent: Respondent, kept: Kept) -> None:
    respondent.opens("quiet").begins().answers(support_words=WORDS).goes_on().goes_back().goes_on()
    receipt = quiet_receipt(respondent.goes_to_readers().chooses_readers(None))
    assert kept.under(receipt).words == {"support_words": WORDS}


def test_earlier_words_can_be_taken_out_unseen(respondent: Respondent, kept: Kept) -> None:
    respondent.opens("quiet").begins().answers(support_words=WORDS).goes_on()
    respondent.answers(more_words="Listen.").goes_back()
    respondent.answers(**{"forget-page": "Take out what I said here before"}).goes_on()
    receipt = quiet_receipt(respondent.goes_to_readers().chooses_readers(None))
    assert kept.under(receipt).words == {"more_words": "Listen."}


def quiet_receipt(person: Respondent) -> str:
    assert person.sends() is None, "the receipt is offered, not pressed on anyone"
    person.presses("Show me a code to withdraw my words")
    shown = person.page.text.split("never again.")[1]
    return "".join(sign for sign in shown[:21] if sign.isdigit())


def test_words_in_a_refused_form_are_still_there(respondent: Respondent) -> None:
    """Not coming back: the person is still writing."""
    respondent.opens("quiet").begins().answers(support_words="x" * 20_001).goes_on()
    assert respondent.form.values["support_words"] == ["x" * 20_001]


def test_each_page_begins_the_half_hour_anew(
    respondent: Respondent, kept: Kept, clock: time_machine.Coordinates
) -> None:
    respondent.opens("quiet").begins().answers(support_words=WORDS)
    clock.shift(timedelta(minutes=25))
    respondent.goes_on().answers(more_words="Listen.")
    clock.shift(timedelta(minutes=25))
    respondent.goes_on()
    clock.shift(timedelta(minutes=25))
    receipt = quiet_receipt(respondent.chooses_readers(None))
    assert kept.under(receipt).words == {"support_words": WORDS, "more_words": "Listen."}


def test_whoever_says_that_they_are_there_has_the_half_hour_anew(
    respondent: Respondent, kept: Kept, clock: time_machine.Coordinates
) -> None:
    respondent.opens("quiet").begins().answers(support_words=WORDS).goes_on()
    for _ in range(3):
        clock.shift(timedelta(minutes=25))
        assert says_so(respondent) == (200, {"left": 1800})
    clock.shift(timedelta(minutes=25))
    receipt = quiet_receipt(respondent.goes_on().chooses_readers(None))
    assert kept.under(receipt).words == {"support_words": WORDS}


def test_what_is_cleared_stays_so_whatever_is_said(
    respondent: Respondent, clock: time_machine.Coordinates
) -> None:
    respondent.opens("quiet").begins()
    assert says_so(respondent) == (410, {"left": 0}), "nothing is kept yet"
    respondent.answers(support_words=WORDS).goes_on()
    clock.shift(timedelta(minutes=31))
    assert says_so(respondent) == (410, {"left": 0})
    assert says_so(respondent, token="made up") == (400, {"left": 0})


def says_so(respondent: Respondent, **instead: str) -> tuple[int, dict[str, int]]:
    """As the page does by itself, behind its button."""
    data = respondent.form.data(None) | {name: [value] for name, value in instead.items()}
    answer = respondent.client.post("/s/quiet/still-here", data=data, base_url=respondent.base_url)
    return answer.status_code, answer.get_json()


def test_a_draft_dies_after_half_an_hour(
    respondent: Respondent, kept: Kept, clock: time_machine.Coordinates
) -> None:
    respondent.opens("quiet").begins().answers(support_words=WORDS).goes_on()
    clock.shift(timedelta(minutes=31))
    respondent.answers(more_words="Listen.").goes_on().sees("What you wrote just now is kept.")
    assert kept.under(quiet_receipt(respondent.chooses_readers(None))).words == {"more_words": "Listen."}


def test_whoever_comes_back_later_sees_no_sign_that_someone_had_begun(
    respondent: Respondent, clock: time_machine.Coordinates
) -> None:
    respondent.opens("quiet").begins().answers(support_words=WORDS).goes_on()
    clock.shift(timedelta(minutes=31))
    respondent.goes_to("/s/quiet/more").sees("Is it safe for you to do this now?")
    respondent.does_not_see("cleared", "Your earlier answers")


def test_the_receipt_withdraws_and_reads_nothing_back(respondent: Respondent, kept: Kept) -> None:
    respondent.opens("quiet").begins().answers(support_words=WORDS).goes_on().goes_to_readers()
    receipt = quiet_receipt(respondent.chooses_readers("anyone"))
    respondent.reads_back(receipt).sees("We found your answers").does_not_see(
        WORDS, "What was the support like?"
    )
    respondent.presses("Take my words back").sees("Your words are taken back")
    assert kept.responses == 0


def test_the_code_is_offered_for_half_an_hour(
    respondent: Respondent, clock: time_machine.Coordinates
) -> None:
    respondent.tells("quiet", support_words=WORDS)
    offer = respondent.form
    clock.shift(timedelta(minutes=31))
    respondent.goes_to("/s/quiet/sent").sees("Thank you").does_not_see("Show me a code")
    respondent.submits(offer, offer.data()).sees("Thank you").does_not_see("Your code")


def test_after_sending_help_is_still_in_view(respondent: Respondent) -> None:
    respondent.tells("quiet", support_words=WORDS).sees(
        "A helpline", "0800 000 0000", "Nobody is watching this."
    )


def test_browsers_are_asked_to_remember_and_to_send_nothing(respondent: Respondent) -> None:
    form = respondent.opens("quiet").begins().form.element
    assert form.get("autocomplete") == "off" and form.get("spellcheck") == "false"

"""With the code in hand: read back, take back, and nothing of it in a log (guessing: test_guessing.py)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback.store import receipt_code
from tests.support.guessing import made_up
from tests.support.respondent import Respondent

from .conftest import Kept

PROMISE = (
    "Gone from our system and from future reports. Copies already printed or downloaded can't be called "
    "back. Backups clear in 30 days."
)


@pytest.fixture
def told(respondent: Respondent, story) -> Respondent:
    return respondent.tells("story", readers="service", happened="They listened.", which_service="hostel")


def test_a_person_reads_their_words_again(told: Respondent) -> None:
    told.reads_back(str(told.receipt)).sees("They listened.", "The service too", PROMISE)
    assert told.page.url == "/receipt"


def test_the_code_is_in_no_address(told: Respondent) -> None:
    told.reads_back(str(told.receipt))
    for form in told.page.forms:
        assert form.method == "POST" and str(told.receipt) not in form.action
    assert not any(str(told.receipt) in href for _text, href in told.page.links)
    assert told.client.get(f"/receipt/{told.receipt}").status_code == 404
    told.goes_to(f"/receipt?code={told.receipt}").does_not_see("They listened.", str(told.receipt))


def test_a_person_takes_their_words_back(told: Respondent, kept: Kept) -> None:
    told.withdraws(str(told.receipt)).sees("Your words are taken back", PROMISE)
    assert kept.responses == 0
    told.reads_back(str(told.receipt)).sees("We hold nothing under that code.")


def test_reading_back_takes_nothing_back(told: Respondent, kept: Kept) -> None:
    told.reads_back(str(told.receipt))
    assert kept.responses == 1


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: receipt_code.in_groups(code),
        lambda code: "-".join(code),
        lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda code: f"\u2067{code}\u2069",
    ],
)
def test_the_code_may_be_typed_as_people_type(told: Respondent, typed: Callable[[str], str]) -> None:
    told.reads_back(typed(str(told.receipt))).sees("They listened.")


@pytest.mark.parametrize("typed", ["", "1234", "0000 0000 0000 0001", "my code", "9" * 100_000, "<script>"])
def test_a_slip_is_said_kindly(respondent: Respondent, typed: str) -> None:
    respondent.reads_back(typed).sees("That code has a slip in it somewhere.")
    assert respondent.status == 422
    assert len(respondent.page.html) < 10_000, "what was typed is not sent back"


def test_the_promise_is_the_same_wherever_it_is_made(told: Respondent) -> None:
    told.sees(PROMISE).goes_to("/s/story").sees(PROMISE).reads_back(str(told.receipt)).sees(PROMISE)
    told.withdraws(str(told.receipt)).sees(PROMISE)


def test_the_promise_counts_the_days_of_this_site(make_app, story) -> None:
    Respondent(make_app(backup_days=1)).opens("story").sees("Backups clear in 1 day.")


def test_neither_code_nor_words_nor_address_reach_the_log(
    told: Respondent, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    told.client.environ_base |= {"REMOTE_ADDR": "203.0.113.77"}
    told.reads_back(str(told.receipt)).reads_back(made_up(3)).withdraws(str(told.receipt))
    written = caplog.text + "".join(capfd.readouterr())
    for secret in (str(told.receipt), made_up(3), "They listened.", "203.0.113.77"):
        assert secret not in written

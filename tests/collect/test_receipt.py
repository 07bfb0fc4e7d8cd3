"""With the code in hand: read back, take back, and nothing for whoever guesses."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from feedback.store import guesses, receipt_code
from feedback.store.database import Store
from feedback.store.models import MissedGuesses
from tests.support.respondent import Respondent
from tests.support.telling import count

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


def made_up(number: int) -> str:
    digits = f"{number:015d}"
    return digits + receipt_code.check_digit(digits)


def test_a_hit_and_a_miss_look_alike_from_outside(told: Respondent) -> None:
    hit = told.client.post("/receipt", data={"code": told.receipt})
    miss = told.client.post("/receipt", data={"code": made_up(7)})
    assert hit.status_code == miss.status_code == 200
    assert dict(hit.headers).keys() == dict(miss.headers).keys()


def test_whoever_guesses_is_slowed_and_finds_nothing(told: Respondent, new_respondent) -> None:
    guesser = new_respondent().client
    answers = [guesser.post("/receipt", data={"code": made_up(n)}).status_code for n in range(310)]
    assert answers == [200] * guesses.MOST_AN_HOUR + [429] * (310 - guesses.MOST_AN_HOUR)
    refused = guesser.post("/receipt/withdraw", data={"code": told.receipt})
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0


def test_a_guesser_elsewhere_locks_nobody_out(told: Respondent, store: Store) -> None:
    for _guess in range(guesses.MOST_AN_HOUR):
        guesses.missed(store, "203.0.113.9", time.time())
    told.reads_back(str(told.receipt)).sees("They listened.")


def test_slips_are_not_counted_as_guesses(told: Respondent, app: Flask) -> None:
    """A room of people behind one address may mistype as often as they need."""
    for number in range(guesses.MOST_AN_HOUR + 10):
        assert told.client.post("/receipt", data={"code": f"{number:016d}"}).status_code in {200, 422}
    told.reads_back(str(told.receipt)).sees("They listened.")


def test_guesses_are_forgotten_after_an_hour_and_no_address_is_kept(
    clock: time_machine.Coordinates, store: Store
) -> None:
    for _guess in range(guesses.MOST_AN_HOUR):
        guesses.missed(store, "203.0.113.9", time.time())
    assert guesses.too_many(store, "203.0.113.9", time.time())
    clock.shift(guesses.AN_HOUR + 1)
    assert not guesses.too_many(store, "203.0.113.9", time.time())
    guesses.missed(store, "198.51.100.1", time.time())
    assert count(store, MissedGuesses) == 1, "what is past its hour is gone"
    assert [column.name for column in MissedGuesses.__table__.columns] == ["hour", "box", "count"]


def test_every_process_of_the_site_counts_the_same_guesses(make_app, told: Respondent, app: Flask) -> None:
    other = Respondent(make_app(database_url=app.extensions["heard_settings"].database_url)).client
    here = told.client
    statuses = [
        (here if n % 2 else other).post("/receipt", data={"code": made_up(n)}).status_code
        for n in range(guesses.MOST_AN_HOUR + 2)
    ]
    assert statuses.count(200) == guesses.MOST_AN_HOUR and statuses[-2:] == [429, 429]


def test_a_hit_and_a_miss_are_looked_for_alike(told: Respondent, store: Store) -> None:
    def questions_to_the_database(code: str) -> list[str]:
        asked: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if statement.startswith("SELECT") and "receipt_hash =" in statement:
                asked.append(statement)

        event.listen(store.engine, "before_cursor_execute", note)
        told.client.post("/receipt", data={"code": code})
        event.remove(store.engine, "before_cursor_execute", note)
        return asked

    hit, miss = questions_to_the_database(str(told.receipt)), questions_to_the_database(made_up(11))
    assert hit == miss and len(miss) == 2


def test_neither_code_nor_words_nor_address_reach_the_log(
    told: Respondent, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    told.client.environ_base |= {"REMOTE_ADDR": "203.0.113.77"}
    told.reads_back(str(told.receipt)).reads_back(made_up(3)).withdraws(str(told.receipt))
    written = caplog.text + "".join(capfd.readouterr())
    for secret in (str(told.receipt), made_up(3), "They listened.", "203.0.113.77"):
        assert secret not in written

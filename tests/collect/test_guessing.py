"""Whoever guesses codes is slowed, finds nothing, and learns nothing from how they are answered."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from feedback.store import drafts, guesses, receipt_code, responses
from feedback.store.database import Store
from feedback.store.models import MissedGuesses
from tests.support.guessing import asked_of, guesses_as_often_as_one_may, made_up
from tests.support.respondent import CODE, Respondent
from tests.support.telling import count

from .conftest import Kept

GUESSES = 10_000
WAYS = ("/receipt", "/receipt/change", "/receipt/go-on", "/receipt/withdraw", "/receipt/delete")


@pytest.fixture
def told(respondent: Respondent, story) -> Respondent:
    return respondent.tells("story", readers="service", happened="They listened.", which_service="hostel")


@pytest.fixture
def unsent(new_respondent: Callable[[], Respondent], story) -> str:
    """The code of somebody who stopped before sending."""
    someone = new_respondent().opens("story").begins().answers(happened="They waited.").presses("later")
    return code_on(someone)


def code_on(someone: Respondent) -> str:
    shown = CODE.search(someone.page.text)
    code = receipt_code.read(shown.group()) if shown else None
    assert code is not None, someone.page.text
    return code


def at(app: Flask, address: str) -> FlaskClient:
    """As a program asks: no page is looked at."""
    client = FlaskClient(app, app.response_class, use_cookies=False)
    client.environ_base["REMOTE_ADDR"] = address
    return client


@pytest.mark.slow
def test_ten_thousand_guesses_find_nothing(
    clock: time_machine.Coordinates, app: Flask, store: Store, told: Respondent, unsent: str, kept: Kept
) -> None:
    """Half of them from one address, half from five others, by every way that takes a code."""
    one, five = "203.0.113.1", [f"198.51.100.{number}" for number in range(1, 6)]
    guessers = {address: at(app, address) for address in (one, *five)}
    from_where = [one] * (GUESSES // 2) + five * (GUESSES // 10)
    numbers = random.Random(4).sample(range(10**15), GUESSES)
    tried: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for each, (address, number) in enumerate(zip(from_where, numbers, strict=True)):
        code = made_up(number)
        assert code not in {told.receipt, unsent}
        answer = guessers[address].post(WAYS[each % len(WAYS)], data={"code": code})
        tried[address] += 1
        if answer.status_code == 200:
            assert "We hold nothing under that code." in answer.text
            answered[address] += 1
            assert answered[address] == tried[address], "once limited, always limited"
        else:
            assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    assert tried.total() == GUESSES
    boxes = Counter(guesses.where(store, address, time.time())["box"] for address in answered)
    assert answered.total() == guesses.MOST_AN_HOUR * len(boxes), "three hundred, from wherever"
    assert (kept.responses, kept.drafts) == (1, 1)
    for code in (str(told.receipt), unsent):
        for way in WAYS:
            assert guessers[one].post(way, data={"code": code}).status_code == 429, "even if right"
    clock.shift(guesses.AN_HOUR)
    told.reads_back(str(told.receipt)).sees("They listened.")
    told.reads_back(unsent).sees("You have not sent this yet")


def test_whoever_guesses_is_slowed_and_finds_nothing(told: Respondent, new_respondent) -> None:
    guesser = new_respondent().client
    answers = [guesser.post("/receipt", data={"code": made_up(n)}).status_code for n in range(310)]
    assert answers == [200] * guesses.MOST_AN_HOUR + [429] * (310 - guesses.MOST_AN_HOUR)
    refused = guesser.post("/receipt/withdraw", data={"code": told.receipt})
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0


def test_a_guesser_elsewhere_locks_nobody_out(told: Respondent, store: Store) -> None:
    guesses_as_often_as_one_may(store, "203.0.113.9", time.time())
    told.reads_back(str(told.receipt)).sees("They listened.")


def test_slips_are_not_counted_as_guesses(told: Respondent, app: Flask) -> None:
    """A room of people behind one address may mistype as often as they need."""
    for number in range(guesses.MOST_AN_HOUR + 10):
        assert told.client.post("/receipt", data={"code": f"{number:016d}"}).status_code in {200, 422}
    told.reads_back(str(told.receipt)).sees("They listened.")


def test_guesses_are_forgotten_after_an_hour_and_no_address_is_kept(
    clock: time_machine.Coordinates, store: Store
) -> None:
    guesses_as_often_as_one_may(store, "203.0.113.9", time.time())
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


class Seen:
    """All of an answer that a guesser can tell apart: its status, its headers, its page, and its work."""

    def __init__(self, app: Flask, way: str, code: str) -> None:
        with asked_of(app.extensions["heard_store"].engine) as self.work:
            answer = at(app, "203.0.113.5").post(way, data={"code": code})
        self.status = answer.status_code
        self.headers = sorted(name for name, _value in answer.headers)
        self.page = answer.text.replace(code, "the code")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and vars(self) == vars(other)


@pytest.mark.parametrize("way", WAYS)
def test_past_the_limit_a_right_code_is_refused_as_a_wrong_one(
    app: Flask, store: Store, told: Respondent, unsent: str, way: str
) -> None:
    guesses_as_often_as_one_may(store, "203.0.113.5", time.time())
    wrong = Seen(app, way, made_up(5))
    assert wrong.status == 429
    assert not [asked for asked in wrong.work if "receipt_hash" in asked], "nothing is looked for"
    assert Seen(app, way, str(told.receipt)) == Seen(app, way, unsent) == wrong


@pytest.mark.parametrize("way", WAYS)
def test_what_is_gone_is_answered_as_what_never_was(
    clock: time_machine.Coordinates, app: Flask, told: Respondent, unsent: str, way: str
) -> None:
    """Taken back, or past its time: who finds a note with a code does not learn that words were there."""
    told.withdraws(str(told.receipt)).sees("Your words are taken back")
    clock.shift(365 * guesses.A_DAY)
    never = [Seen(app, way, made_up(number)) for number in (1, 2)][-1]  # the first of an hour is counted anew
    assert never.status == 200
    assert Seen(app, way, str(told.receipt)) == Seen(app, way, unsent) == never


def test_a_sensitive_answer_can_be_changed_no_more_than_one_that_never_was(
    app: Flask, quiet, respondent: Respondent
) -> None:
    respondent.tells("quiet", support_words="Kind.").presses()
    right, wrong = Seen(app, "/receipt/change", code_on(respondent)), Seen(app, "/receipt/change", made_up(6))
    assert (right.status, right.headers, right.page) == (wrong.status, wrong.headers, wrong.page)


def test_a_code_is_looked_for_alike_whether_it_is_there_or_not(
    store: Store, told: Respondent, unsent: str
) -> None:
    def work(code: str) -> list[str]:
        with asked_of(store.engine) as asked:
            responses.find_by_receipt(store, code)
            drafts.find_by_receipt(store, code, time.time())
        return asked

    right, stopped, wrong = work(str(told.receipt)), work(unsent), work(made_up(11))
    assert right == stopped == wrong and sum(each.startswith("SELECT") for each in wrong) == 3

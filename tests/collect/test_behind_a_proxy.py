"""Behind a proxy all come from one address; what the proxy says of them tells who guesses."""

from __future__ import annotations

import time

from feedback.store import guesses
from tests.conftest import MakeApp
from tests.support.respondent import Respondent

HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def asks(person: Respondent, code: str, said_to_come_from: str) -> int:
    headers = {"X-Forwarded-For": said_to_come_from}
    return person.client.post("/receipt", data={"code": code}, headers=headers).status_code


def test_one_who_guesses_locks_nobody_else_out(make_app: MakeApp, story) -> None:
    app = make_app(proxies=1)
    told = Respondent(app).tells("story", happened="They listened.")
    for _guess in range(guesses.MOST_AN_HOUR):
        guesses.missed(app.extensions["heard_store"], ELSEWHERE, time.time())
    assert asks(told, str(told.receipt), ELSEWHERE) == 429
    assert asks(told, str(told.receipt), f"{HERE}, {ELSEWHERE}") == 429, "what a person adds is not believed"
    assert asks(told, str(told.receipt), HERE) == 200


def test_without_a_proxy_nobody_is_believed(make_app: MakeApp, story) -> None:
    app = make_app()
    told = Respondent(app).tells("story", happened="They listened.")
    for _guess in range(guesses.MOST_AN_HOUR):
        guesses.missed(app.extensions["heard_store"], "127.0.0.1", time.time())
    assert asks(told, str(told.receipt), HERE) == 429

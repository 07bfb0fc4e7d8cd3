"""Codes that nobody was given, and what a guess costs the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event, update

from feedback.store import guesses, receipt_code
from feedback.store.database import Store
from feedback.store.models import MissedGuesses


def made_up(number: int) -> str:
    """A code whose check digit is right."""
    digits = f"{number:015d}"
    return digits + receipt_code.check_digit(digits)


def guesses_as_often_as_one_may(store: Store, address: str, now: float) -> None:
    guesses.missed(store, address, now)
    place = guesses.where(store, address, now)
    with store.write() as session:
        session.execute(update(MissedGuesses).filter_by(**place).values(count=guesses.MOST_AN_HOUR))


@contextmanager
def asked_of(engine: Engine) -> Iterator[list[str]]:
    """Every statement in its order, without what it was asked with."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)

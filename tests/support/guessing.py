"""Codes that nobody was given, and what a guess costs the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from feedback.store import receipt_code


def made_up(number: int) -> str:
    """A code whose check digit is right."""
    digits = f"{number:015d}"
    return digits + receipt_code.check_digit(digits)


@contextmanager
def asked_of(engine: Engine) -> Iterator[list[str]]:
    """Every statement in its order, without what it was asked with."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)

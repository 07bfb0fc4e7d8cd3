"""Codes for one answer each. Only keyed hashes are kept, and of each no more than whether it was used.

A response knows that it was invited, not by which code: nothing here names one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, insert, select, update

from . import plain_codes
from .database import Store
from .reach_models import Invitation

LENGTH = 12
MOST_AT_ONCE = 500

# Built once: every invited submission runs it.
SPEND = (
    update(Invitation)
    .where(Invitation.code_hash == bindparam("code"), Invitation.survey_id == bindparam("of"))
    .where(Invitation.used.is_(False))
    .values(used=True)
)


@dataclass(frozen=True)
class Found:
    code_hash: bytes
    service: str | None


@dataclass(frozen=True)
class Tally:
    """How many codes of one service were made and used; the true numbers."""

    service: str | None
    made: int
    used: int


def make(store: Store, survey_id: int, service: str | None, number: int) -> list[str]:
    """New codes, to be shown once: nobody can ever read them from here again."""
    codes = [plain_codes.make(LENGTH) for _ in range(number)]
    rows = [
        {"code_hash": code_hash(store, code), "survey_id": survey_id, "service": service} for code in codes
    ]
    # In the order of the hashes, so that the table tells nothing of the order on paper.
    with store.write() as session:
        session.execute(insert(Invitation), sorted(rows, key=lambda row: bytes(row["code_hash"])))  # type: ignore[arg-type]
    return codes


def read(typed: str) -> str | None:
    return plain_codes.read(typed, LENGTH)


def find_unused(store: Store, survey_id: int, code: str) -> Found | None:
    """None alike for a code that was used and for one that never was: whether somebody answered is theirs."""
    query = select(Invitation.code_hash, Invitation.service).where(
        Invitation.code_hash == code_hash(store, code),
        Invitation.survey_id == survey_id,
        Invitation.used.is_(False),
    )
    with store.read() as session:
        row = session.execute(query).one_or_none()
    return Found(row.code_hash, row.service) if row else None


def spend(connection: Connection, survey_id: int, spent: bytes) -> bool:
    """Use a code up, in the transaction that stores its answer. False where another answer was first."""
    return connection.execute(SPEND, {"code": spent, "of": survey_id}).rowcount == 1


def tallies(store: Store, survey_id: int) -> list[Tally]:
    query = (
        select(
            Invitation.service,
            func.count().label("made"),
            func.count().filter(Invitation.used.is_(True)).label("used"),
        )
        .where(Invitation.survey_id == survey_id)
        .group_by(Invitation.service)
        .order_by(Invitation.service)
    )
    with store.read() as session:
        return [Tally(row.service, row.made, row.used) for row in session.execute(query)]


def are_there(store: Store, survey_id: int) -> bool:
    query = select(Invitation.code_hash).where(Invitation.survey_id == survey_id).limit(1)
    with store.reading() as connection:
        return connection.execute(query).first() is not None


def code_hash(store: Store, code: str) -> bytes:
    return store.keyring.keyed_hash("invitation", code.encode())

"""The codebook of a survey: the shipped one it names, until its owner confirms one of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from analysis.codebook import Codebook, load_codebook

from . import runs, surveys
from .codebook_models import CodebookProposal, CodebookVersion
from .database import Store
from .staff_models import User

SHIPPED = 0  # the number that stands for the shipped codebook
FORGOTTEN_AFTER = 30  # days


@dataclass(frozen=True)
class InUse:
    number: int
    codebook: Codebook


@dataclass(frozen=True)
class VersionRow:
    """`by` is an e-mail; none when that person's account is gone."""

    number: int
    made_on: date
    by: str | None


@dataclass(frozen=True)
class Proposal:
    """`key` names exactly this document, so that what is confirmed is what was looked at."""

    key: str
    compared_with: int
    codebook: Codebook


def in_use(store: Store, survey_id: int) -> InUse:
    with store.read() as session:
        number = newest_number(session, survey_id)
    return InUse(number, cast(Codebook, version(store, survey_id, number)))


def version(store: Store, survey_id: int, number: int) -> Codebook | None:
    """A version by its number; None where there is no such version."""
    if number == SHIPPED:
        survey = surveys.find_by_id(store, survey_id)
        return shipped(survey.definition.codebook) if survey else None
    with store.read() as session:
        sealed = session.scalar(
            select(CodebookVersion.document_sealed).where(
                CodebookVersion.survey_id == survey_id, CodebookVersion.number == number
            )
        )
    return opened(store, sealed, version_place(survey_id, number)) if sealed is not None else None


def versions(store: Store, survey_id: int) -> Sequence[VersionRow]:
    """The newest first."""
    with store.read() as session:
        rows = session.execute(
            select(CodebookVersion.number, CodebookVersion.made_on, User.email)
            .outerjoin(User, User.id == CodebookVersion.user_id)
            .where(CodebookVersion.survey_id == survey_id)
            .order_by(CodebookVersion.number.desc())
        ).all()
    return [VersionRow(number, made_on, by) for number, made_on, by in rows]


def propose(store: Store, survey_id: int, codebook: Codebook, user_id: int | None, today: date) -> bool:
    """Keep a codebook until it is confirmed, in place of one that was not; False where it changes nothing."""
    document = codebook.as_json()
    sealed = store.keyring.seal_json(document, proposal_place(survey_id))
    now = in_use(store, survey_id)
    with store.write() as session:
        session.execute(delete(CodebookProposal).where(CodebookProposal.survey_id == survey_id))
        if document == now.codebook.as_json():
            return False
        session.execute(
            insert(CodebookProposal).values(
                survey_id=survey_id,
                compared_with=now.number,
                document_hash=document_hash(store, document),
                document_sealed=sealed,
                user_id=user_id,
                made_on=today,
            )
        )
    return True


def proposal(store: Store, survey_id: int) -> Proposal | None:
    with store.read() as session:
        row = session.get(CodebookProposal, survey_id)
    if row is None:
        return None
    codebook = opened(store, row.document_sealed, proposal_place(survey_id))
    return Proposal(row.document_hash.hex(), row.compared_with, codebook)


def drop_proposal(store: Store, survey_id: int) -> None:
    with store.write() as session:
        session.execute(delete(CodebookProposal).where(CodebookProposal.survey_id == survey_id))


def drop_forgotten(store: Store, today: date) -> int:
    """Proposals that nobody confirmed in a month: how many went."""
    oldest = today - timedelta(days=FORGOTTEN_AFTER)
    with store.write() as session:
        gone = session.scalars(
            delete(CodebookProposal)
            .where(CodebookProposal.made_on < oldest)
            .returning(CodebookProposal.survey_id)
        )
        return len(gone.all())


def adopt(store: Store, survey_id: int, key: str, user_id: int | None, today: date) -> tuple[int, int] | None:
    """Use the proposal of this key from now on: the new version and the run that will follow it.

    None where the proposal is another by now, or was compared with a version no longer used.
    """
    found = proposal(store, survey_id)
    if found is None or found.key != key:
        return None
    number = found.compared_with + 1
    sealed = store.keyring.seal_json(found.codebook.as_json(), version_place(survey_id, number))
    with store.write() as session:
        runs.lock_survey(session, survey_id)
        row = session.get(CodebookProposal, survey_id)
        if row is None or row.document_hash.hex() != key or newest_number(session, survey_id) != number - 1:
            return None
        session.add(
            CodebookVersion(
                survey_id=survey_id,
                number=number,
                document_hash=row.document_hash,
                document_sealed=sealed,
                user_id=user_id,
                made_on=today,
            )
        )
        session.delete(row)
        return number, runs.request_within(session, survey_id, today)


def newest_number(session: Session, survey_id: int) -> int:
    newest = select(func.max(CodebookVersion.number)).where(CodebookVersion.survey_id == survey_id)
    return session.scalar(newest) or SHIPPED


@lru_cache
def shipped(name: str) -> Codebook:
    return load_codebook(name)


def opened(store: Store, sealed: bytes, place: str) -> Codebook:
    return load_codebook(cast(dict[str, Any], store.keyring.open_json(sealed, place)))


def document_hash(store: Store, document: dict[str, Any]) -> bytes:
    return store.keyring.keyed_hash("codebook", json.dumps(document, sort_keys=True).encode())


def version_place(survey_id: int, number: int) -> str:
    return f"codebook.version:{survey_id}:{number}"


def proposal_place(survey_id: int) -> str:
    return f"codebook.proposal:{survey_id}"

"""The other sites that may show a survey within a page of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from .database import Store
from .models import Survey
from .reach_models import FramingSite


def of_survey(store: Store, survey_id: int) -> list[str]:
    query = select(FramingSite.origin).where(FramingSite.survey_id == survey_id).order_by(FramingSite.id)
    with store.read() as session:
        return list(session.scalars(query))


def of_slug(store: Store, slug: str) -> list[str]:
    query = (
        select(FramingSite.origin)
        .join(Survey, FramingSite.survey_id == Survey.id)
        .where(Survey.slug == slug)
        .order_by(FramingSite.id)
    )
    with store.read() as session:
        return list(session.scalars(query))


def set_for(store: Store, survey_id: int, origins: Sequence[str]) -> None:
    """These and no others."""
    with store.write() as session:
        session.execute(delete(FramingSite).where(FramingSite.survey_id == survey_id))
        session.add_all(FramingSite(survey_id=survey_id, origin=origin) for origin in origins)

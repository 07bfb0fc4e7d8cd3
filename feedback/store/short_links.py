"""Short addresses for surveys. Whoever guesses one learns what the address of the survey says, no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from . import plain_codes
from .database import Store
from .models import Survey
from .reach_models import ShortLink

LENGTH = 6


@dataclass(frozen=True)
class Link:
    code: str
    slug: str
    service: str | None
    language: str | None  # none: whatever the phone asks for

    @property
    def shown(self) -> str:
        return self.code.lower()


def make(store: Store, survey_id: int, service: str | None, language: str | None, today: date) -> str:
    """The code of the one short link for these; the same again where there is one."""
    with store.write() as session:
        known = session.scalar(
            select(ShortLink.code)
            .where(ShortLink.survey_id == survey_id, ShortLink.service.is_not_distinct_from(service))
            .where(ShortLink.language.is_not_distinct_from(language))
        )
        if known is not None:
            return known
        code = plain_codes.make(LENGTH)
        while session.get(ShortLink, code) is not None:
            code = plain_codes.make(LENGTH)
        session.add(
            ShortLink(code=code, survey_id=survey_id, service=service, language=language, made_on=today)
        )
    return code


def find(store: Store, typed: str) -> Link | None:
    code = plain_codes.read(typed, LENGTH)
    return next(iter(links(store, ShortLink.code == code)), None) if code else None


def of_survey(store: Store, survey_id: int) -> list[Link]:
    return links(store, ShortLink.survey_id == survey_id)


def links(store: Store, which: object) -> list[Link]:
    query = (
        select(ShortLink.code, Survey.slug, ShortLink.service, ShortLink.language)
        .join(Survey, ShortLink.survey_id == Survey.id)
        .where(which)  # type: ignore[arg-type]
        .order_by(ShortLink.made_on, ShortLink.service, ShortLink.language)
    )
    with store.read() as session:
        return [Link(*row) for row in session.execute(query)]

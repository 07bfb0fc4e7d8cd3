"""Published surveys: versions and text editions, each immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, select
from sqlalchemy.orm import Session

from feedback.survey.definition import Survey as Definition
from feedback.survey.edition import Edition, Wording, offered_languages, source_texts
from feedback.survey.loading import Bundle, parse_survey

from .carried_over import Before, for_a_new_version, news
from .database import Store
from .meaning import with_themes
from .models import Survey, SurveyVersion, TextEdition


@dataclass(frozen=True)
class StoredEdition:
    id: int
    number: int
    language: str
    reviewed_by: str | None
    reviewed_on: date | None
    texts: dict[str, str]


@dataclass(frozen=True, eq=False)  # one object for each version (by_version): what is made of it can be kept
class PublishedSurvey:
    """The newest version of a survey, with the newest edition of each language."""

    survey_id: int
    version_id: int
    version: int
    definition: Definition
    editions: dict[str, StoredEdition]

    @property
    def languages(self) -> list[str]:
        return offered_languages(
            self.definition, {tag: edition.reviewed_by for tag, edition in self.editions.items()}
        )

    def edition(self, language: str) -> StoredEdition | None:
        return self.editions.get(language) if language in self.languages else None

    def wording(self, language: str) -> Wording:
        edition = self.edition(language)
        return Wording(self.definition, language, edition.texts if edition else {})

    def missing(self, language: str) -> int:
        """How many texts this language still shows in the survey's own."""
        edition = self.editions.get(language)
        return len(set(source_texts(self.definition)) - set(edition.texts if edition else {}))


@dataclass(frozen=True)
class Publication:
    version: int
    new_version: bool
    new_editions: list[str]
    newer_than_their_files: list[str]


def publish(store: Store, bundle: Bundle, today: date) -> Publication:
    """Store what is new of a survey; publishing the same file twice changes nothing.

    What came in by hand since a file was last published (a translator's texts, who read them) outlives it.
    """
    asked = with_themes(bundle.survey)
    document, survey_hash = asked.as_json(), asked.hash
    with store.write() as session:
        survey = session.scalar(select(Survey).where(Survey.slug == bundle.survey.slug))
        if survey is None:
            survey = Survey(slug=bundle.survey.slug)
            session.add(survey)
            session.flush()
        version = newest_version(session, survey.id)
        before = what_was_there(session, version) if version else Before()
        new_version = version is None or version.hash != survey_hash
        if version is None or version.hash != survey_hash:
            version = add_version(session, survey.id, survey_hash, document, today)
            editions = list(for_a_new_version(before, bundle.survey, bundle.editions))
        else:
            editions = news(before, bundle.editions)
        new = [each.language for each in editions if add_edition(session, version.id, each)]
        newer = [
            tag
            for tag, file in bundle.editions.items()
            if (newest := newest_edition(session, version.id, tag)) and newest.hash != file.hash
        ]
        return Publication(version.number, new_version, list(dict.fromkeys(new)), newer)


def what_was_there(session: Session, version: SurveyVersion) -> Before:
    editions = session.scalars(
        select(TextEdition)
        .where(TextEdition.survey_version_id == version.id)
        .order_by(TextEdition.language, TextEdition.number)
    )
    return Before(source_texts(parse_survey(version.definition)), editions.all())


def add_version(
    session: Session, survey_id: int, survey_hash: str, document: dict[str, Any], today: date
) -> SurveyVersion:
    """A new number each time the content changes; going back to old content is a change too."""
    latest = session.scalar(
        select(func.max(SurveyVersion.number)).where(SurveyVersion.survey_id == survey_id)
    )
    version = SurveyVersion(
        survey_id=survey_id,
        number=(latest or 0) + 1,
        hash=survey_hash,
        definition=document,
        published_on=today,
    )
    session.add(version)
    session.flush()
    return version


def add_edition(session: Session, version_id: int, edition: Edition) -> bool:
    newest = newest_edition(session, version_id, edition.language)
    if newest is not None and newest.hash == edition.hash:
        return False
    session.add(
        TextEdition(
            survey_version_id=version_id,
            language=edition.language,
            number=newest.number + 1 if newest else 1,
            hash=edition.hash,
            reviewed_by=edition.reviewed_by,
            reviewed_on=edition.reviewed_on,
            texts=edition.texts,
        )
    )
    return True


def newest_edition(session: Session, version_id: int, language: str) -> TextEdition | None:
    return session.scalar(
        select(TextEdition)
        .where(TextEdition.survey_version_id == version_id, TextEdition.language == language)
        .order_by(TextEdition.number.desc())
        .limit(1)
    )


def newest_version(session: Session, survey_id: int) -> SurveyVersion | None:
    return session.scalar(
        select(SurveyVersion)
        .where(SurveyVersion.survey_id == survey_id)
        .order_by(SurveyVersion.number.desc())
        .limit(1)
    )


def newest_edition_of(version_id: Any) -> ScalarSelect[Any]:
    """Changes whenever an edition is added: with the version, it names what can be remembered."""
    return (
        select(func.max(TextEdition.id)).where(TextEdition.survey_version_id == version_id).scalar_subquery()
    )


NEWEST = (  # built once: every page of a survey asks this
    select(SurveyVersion.id, newest_edition_of(SurveyVersion.id))
    .join(Survey, SurveyVersion.survey_id == Survey.id)
    .where(Survey.slug == bindparam("slug"))
    .order_by(SurveyVersion.number.desc())
    .limit(1)
)


def find(store: Store, slug: str) -> PublishedSurvey | None:
    with store.reading() as connection:
        row = connection.execute(NEWEST, {"slug": slug}).one_or_none()
    return by_version(store, *row) if row else None


def find_by_id(store: Store, survey_id: int) -> PublishedSurvey | None:
    with store.read() as session:
        slug = session.scalar(select(Survey.slug).where(Survey.id == survey_id))
    return find(store, slug) if slug is not None else None


@lru_cache(maxsize=64)
def by_version(store: Store, version_id: int, newest_edition: int | None) -> PublishedSurvey:
    """Versions and editions never change, so what was parsed once can be kept."""
    with store.read() as session:
        version = session.get_one(SurveyVersion, version_id)
        editions = session.scalars(
            select(TextEdition)
            .where(TextEdition.survey_version_id == version_id)
            .order_by(TextEdition.number)  # the later number overwrites the earlier below
        )
        return PublishedSurvey(
            survey_id=version.survey_id,
            version_id=version.id,
            version=version.number,
            definition=parse_survey(version.definition),
            editions={
                edition.language: StoredEdition(
                    edition.id,
                    edition.number,
                    edition.language,
                    edition.reviewed_by,
                    edition.reviewed_on,
                    edition.texts,
                )
                for edition in editions
            },
        )


def find_version(store: Store, version_id: int) -> PublishedSurvey:
    """The version that a draft or a response was written for."""
    with store.read() as session:
        newest_edition = session.scalar(select(newest_edition_of(version_id)))
    return by_version(store, version_id, newest_edition)


def find_version_of(store: Store, slug: str, version_id: int) -> PublishedSurvey | None:
    """A version by the number that a phone kept; None where this survey has no such version."""
    query = (
        select(SurveyVersion.id)
        .join(Survey, SurveyVersion.survey_id == Survey.id)
        .where(Survey.slug == slug, SurveyVersion.id == version_id)
    )
    with store.read() as session:
        known = session.scalar(query)
    return find_version(store, known) if known is not None else None


def slugs(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(Survey.slug).order_by(Survey.slug)))


def every_version(store: Store) -> list[PublishedSurvey]:
    with store.read() as session:
        ids = session.scalars(select(SurveyVersion.id).order_by(SurveyVersion.id)).all()
    return [find_version(store, version_id) for version_id in ids]

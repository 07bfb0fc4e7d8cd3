"""Questions read aloud, as the owner uploaded them: heard only while they say what the page says."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, delete, insert, select

from .database import Store
from .recordings import Sound
from .surveys import PublishedSurvey
from .voice_models import SpokenQuestion


def words_hash(survey: PublishedSurvey, question: str, language: str) -> str:
    """Names the words of a question as a reader of this language sees them, so that changed ones are told.

    Some are the site's own, for every survey: asked for while those are in this language.
    """
    wording = survey.wording(language)
    asked = [each for each in survey.definition.all_questions if each.id == question]
    keys = ["label", "hint", *(f"options.{option.id}" for each in asked for option in each.options)]
    said = [wording(f"questions.{question}.{key}") for key in keys]
    return hashlib.sha256("\n".join(each.text if each else "" for each in said).encode()).hexdigest()


def there(store: Store, survey: PublishedSurvey, language: str) -> dict[str, bool]:
    """By question: whether what was uploaded still says what the page says."""
    query = select(SpokenQuestion.question, SpokenQuestion.words_hash).where(
        SpokenQuestion.survey_id == survey.survey_id, SpokenQuestion.language == language
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return {row.question: row.words_hash == words_hash(survey, row.question, language) for row in rows}


def sound(store: Store, survey_id: int, question: str, language: str) -> Sound | None:
    query = select(SpokenQuestion.media, SpokenQuestion.audio).where(which(survey_id, question, language))
    with store.reading() as connection:
        row = connection.execute(query).one_or_none()
    return Sound(row.media, row.audio) if row else None


def put(
    store: Store, survey: PublishedSurvey, question: str, language: str, sound: Sound, today: date
) -> None:
    """In place of what was there for this question and language."""
    with store.write() as session:
        session.execute(delete(SpokenQuestion).where(which(survey.survey_id, question, language)))
        session.execute(
            insert(SpokenQuestion).values(
                survey_id=survey.survey_id,
                question=question,
                language=language,
                words_hash=words_hash(survey, question, language),
                media=sound.media,
                audio=sound.audio,
                uploaded_on=today,
            )
        )
    there_lately.cache_clear()


def take_out(store: Store, survey_id: int, question: str, language: str) -> None:
    with store.write() as session:
        session.execute(delete(SpokenQuestion).where(which(survey_id, question, language)))
    there_lately.cache_clear()


def which(survey_id: int, question: str, language: str) -> ColumnElement[bool]:
    return and_(
        SpokenQuestion.survey_id == survey_id,
        SpokenQuestion.question == question,
        SpokenQuestion.language == language,
    )


@lru_cache(maxsize=512)
def there_lately(store: Store, survey: PublishedSurvey, language: str, _moment: int) -> dict[str, bool]:
    """`there` for the pages that everybody opens: asked of the database once a moment only."""
    return there(store, survey, language)

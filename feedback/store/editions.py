"""Translations of a survey that come back from translators: each a new number, none ever changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from feedback.survey.edition import Edition, source_texts
from feedback.survey.loading import parse_survey
from feedback.survey.translating import Earlier

from .database import Store
from .models import SurveyVersion, TextEdition
from .surveys import PublishedSurvey, add_edition, newest_edition


@dataclass(frozen=True)
class BroughtIn:
    """How many texts a file brought. `left`: those that stood there and still do."""

    new: int
    changed: int
    left: int


def bring_in(store: Store, survey: PublishedSurvey, language: str, texts: Mapping[str, str]) -> BroughtIn:
    """A draft with these texts, unless they say nothing new. What they don't name stays as it was."""
    with store.write() as session:
        newest = newest_edition(session, survey.version_id, language)
        before = newest.texts if newest else {}
        changed = sum(before.get(key, text) != text for key, text in texts.items())
        done = BroughtIn(len(texts.keys() - before.keys()), changed, len(before) - changed)
        if done.new or done.changed:
            add_edition(session, survey.version_id, Edition(language=language, texts={**before, **texts}))
    return done


def note_review(
    store: Store, survey: PublishedSurvey, language: str, number: int, who: str, on: date
) -> bool:
    """Somebody who speaks the language has read this number. False where a newer one has come since."""
    newest = survey.editions.get(language)
    if newest is None or newest.number != number:
        return False
    edition = Edition(language=language, reviewed_by=who, reviewed_on=on, texts=newest.texts)
    with store.write() as session:
        last = session.scalars(
            select(TextEdition.number)
            .where(TextEdition.survey_version_id == survey.version_id, TextEdition.language == language)
            .order_by(TextEdition.number.desc())
        ).first()
        return last == number and add_edition(session, survey.version_id, edition)


def earlier(store: Store, survey: PublishedSurvey) -> dict[str, dict[str, Earlier]]:
    """By language and key: how each text was translated last, in versions of the survey before this one."""
    query = (
        select(SurveyVersion.id, SurveyVersion.definition, TextEdition.language, TextEdition.texts)
        .join(TextEdition, TextEdition.survey_version_id == SurveyVersion.id)
        .where(SurveyVersion.survey_id == survey.survey_id, SurveyVersion.number < survey.version)
        .order_by(SurveyVersion.number.desc(), TextEdition.number.desc())
    )
    with store.read() as session:
        before: Sequence[Any] = session.execute(query).all()
    sources: dict[int, dict[str, str]] = {}
    found: dict[str, dict[str, Earlier]] = {}
    for version_id, definition, language, texts in before:
        if version_id not in sources:
            sources[version_id] = source_texts(parse_survey(definition))
        known, then = found.setdefault(language, {}), sources[version_id]
        known |= {key: Earlier(then[key], texts[key]) for key in texts.keys() & then.keys() - known.keys()}
    return found

"""Submissions as the pages would hand them to the store."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from sqlalchemy import Table, func, select

from feedback.store.database import Store
from feedback.store.models import Base
from feedback.store.responses import Outcome, Submission, submit
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import ReadingChoice

DAY = date(2026, 3, 2)


def telling(survey: PublishedSurvey, happened: str = "The door was locked.", **changes: Any) -> Submission:
    """A submission to the story survey; each has a key of its own unless one is given."""
    given: dict[str, Any] = {
        "key": secrets.token_bytes(32),
        "survey_id": survey.survey_id,
        "version_id": survey.version_id,
        "edition_id": None,
        "language": "en",
        "mode": "self",
        "received_on": DAY,
        "reading_choice": ReadingChoice.PLAN_AND_PAY,
        "service": "hostel",
        "words": {"happened": happened},
        "answers": {"which_service": "hostel"},
    }
    return Submission(**(given | changes))


def told(store: Store, survey: PublishedSurvey, *args: Any, **changes: Any) -> Outcome:
    return submit(store, telling(survey, *args, **changes))


def count(store: Store, model: type[Base] | Table) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0

"""What the first staff page shows about each survey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from feedback.store import runs, surveys
from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey


@dataclass(frozen=True)
class SurveyRow:
    slug: str
    survey: PublishedSurvey
    run: runs.RunState | None
    has_report: bool


def stage_name(stage: str) -> str:
    names: dict[str, str] = {
        "language": _("Finding out each language"),
        "vectors": _("Reading"),
        "themes": _("Sorting into themes"),
        "quotes": _("Choosing quotes"),
    }
    return names.get(stage) or str(_("Starting"))


def rows(store: Store) -> Iterator[SurveyRow]:
    for slug in surveys.slugs(store):
        survey = surveys.find(store, slug)
        if survey is not None:
            done = runs.newest_done(store, survey.survey_id)
            yield SurveyRow(slug, survey, runs.newest(store, survey.survey_id), done is not None)

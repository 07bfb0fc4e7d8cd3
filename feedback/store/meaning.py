"""What a story can be about, as people may choose it: the themes that a survey is published with."""

from __future__ import annotations

from analysis.codebook import load_codebook
from feedback.survey.definition import Survey
from feedback.survey.loading import parse_survey

ANYTHING = "general"  # of each shipped codebook: what fits nowhere is no answer to choose


def with_themes(survey: Survey) -> Survey:
    """The survey with the themes of the codebook it names, where it asks for them and has none of its own.

    They become part of the version, so what people chose from stays as it was when a codebook changes.
    """
    if not survey.meaning or not survey.meaning.about or survey.meaning.themes:
        return survey
    themes = [
        {"id": theme.id, "name": theme.name, "names": dict(theme.names)}
        for theme in load_codebook(survey.codebook).themes
        if theme.id != ANYTHING
    ]
    document = survey.as_json()
    return parse_survey(document | {"meaning": document["meaning"] | {"themes": themes}})

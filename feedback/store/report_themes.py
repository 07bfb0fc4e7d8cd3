"""The themes of a run, with what people decided about each since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from analysis.codebook import CodebookTheme

from .database import Store
from .decided import Decided
from .decided import decided as decided_by_theme
from .learned_words import LearnedWords, open_sealed
from .models import Theme
from .surveys import PublishedSurvey

WRITTEN_IN = "en"  # our codebooks; their other languages are translations


@dataclass(frozen=True)
class ReportTheme:
    id: str
    kind: str  # codebook, suggested, few
    ours: dict[str, Any]  # what our codebook says of it; empty where the machine found the theme
    learned: LearnedWords
    number: int = 0  # among the themes that the machine found, from 1
    decided: Decided = field(default_factory=Decided)
    language: str = "en"  # what people's own names for it are in

    @property
    def waits(self) -> bool:
        """What a few people said is for the report's readers once a person has looked at it."""
        return self.kind == "few" and not (self.decided.shown or self.decided.is_out)

    @property
    def names_by_people(self) -> dict[str, str]:
        """By language: what a person called it, else ours; nothing where only the machine named it."""
        if self.decided.name:
            return {self.language: self.decided.name}
        return {WRITTEN_IN: self.ours["name"]} | self.ours.get("names", {}) if self.ours else {}

    @property
    def is_for_readers(self) -> bool:
        return not self.decided.not_a_theme and (self.kind != "few" or self.decided.shown)


def of_codebook(theme: CodebookTheme, decided: Decided, language: str) -> ReportTheme:
    """A theme of the codebook in use, also where nothing was sorted into it."""
    written = {"name": theme.name, "definition": theme.definition}
    ours = written | {"names": theme.names, "not": theme.exclusions}
    return ReportTheme(theme.id, "codebook", ours, LearnedWords(), decided=decided, language=language)


def report_themes(
    store: Store, survey: PublishedSurvey, run_id: int, rows: Iterable[Theme]
) -> list[ReportTheme]:
    decided = decided_by_theme(store, survey.survey_id)
    themes: list[ReportTheme] = []
    number = 0
    for row in rows:
        number += not row.from_codebook
        themes.append(
            ReportTheme(
                id=row.theme_id,
                kind=row.kind,
                ours=row.from_codebook or {},
                learned=open_sealed(store, run_id, row.theme_id, row.learned_words_sealed),
                number=0 if row.from_codebook else number,
                decided=decided.get(row.theme_id, Decided()),
                language=survey.definition.default_language,
            )
        )
    return themes

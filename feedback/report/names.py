"""What any theme is called for one reader, also one that is no more or that waits for a person's look."""

from __future__ import annotations

from flask_babel import gettext as _

from feedback.store import codebooks
from feedback.store.database import Store
from feedback.store.decided import Decided
from feedback.store.decided import decided as decided_by_theme
from feedback.store.report import StoredReport, Tellers
from feedback.store.report_themes import ReportTheme, of_codebook
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader
from feedback.web.languages import ui_language

from . import labels
from .labels import UNSORTED
from .overview import may_learn, stand_in


class Names:
    """`editing`: for those who look at what waits, so it is named to them too."""

    def __init__(
        self, store: Store, report: StoredReport, reader: Reader, voices: Tellers, editing: bool = False
    ) -> None:
        self.report, self.reader, self.voices, self.editing = report, reader, voices, editing
        self.themes = {theme.id: theme for theme in report.everything}
        self.decided = decided_by_theme(store, report.survey.survey_id)
        in_use = codebooks.in_use(store, report.survey.survey_id).codebook
        self.codebook = {theme.id: theme for theme in in_use.themes}
        self.language = report.survey.definition.default_language

    def knows(self, theme_id: str) -> bool:
        """Whether it has a name or a place: in the report, in the codebook, by what people decided."""
        return theme_id in self.themes or theme_id in self.codebook or theme_id in self.decided

    def of(self, theme_id: str) -> Phrase:
        if theme_id == UNSORTED:
            return Phrase(labels.unsorted(), ui_language())
        decided = self.decided.get(theme_id, Decided())
        if theme_id in self.themes:
            return self.in_report(self.themes[theme_id])
        if theme_id in self.codebook:
            known = of_codebook(self.codebook[theme_id], decided, self.language)
            return labels.theme_name(known, []) or no_more()
        return Phrase(decided.name, self.language) if decided.name else no_more()

    def in_report(self, theme: ReportTheme) -> Phrase:
        learns = may_learn(self.reader, self.report.figures["themes"][theme.id], self.voices)
        named = labels.theme_name(theme, learns if self.editing or not theme.waits else [])
        return named or Phrase(stand_in(self.report, theme), ui_language())

    def all_of(self, theme_ids: list[str]) -> list[Phrase]:
        return [self.of(theme_id) for theme_id in theme_ids or [UNSORTED]]


def no_more() -> Phrase:
    return Phrase(str(_("A theme that is no more")), ui_language())

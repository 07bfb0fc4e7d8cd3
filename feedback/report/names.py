"""What any theme is called for one reader, also one that is no more or that waits for a person's look."""

from __future__ import annotations

from flask_babel import gettext as _

from feedback.store import decided
from feedback.store.database import Store
from feedback.store.report import StoredReport, Tellers
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
        self.decided = decided.decided(store, report.survey.survey_id)

    def of(self, theme_id: str) -> Phrase:
        if theme_id == UNSORTED:
            return Phrase(labels.unsorted(), ui_language())
        theme, decided = self.themes.get(theme_id), self.decided.get(theme_id)
        if theme is None and decided and decided.name:
            return Phrase(decided.name, self.report.survey.definition.default_language)
        if theme is None:
            return Phrase(str(_("A theme that is no more")), ui_language())
        learns = may_learn(self.reader, self.report.figures["themes"][theme_id], self.voices)
        named = labels.theme_name(theme, learns if self.editing or not theme.waits else [])
        return named or Phrase(stand_in(self.report, theme), ui_language())

    def all_of(self, theme_ids: list[str]) -> list[Phrase]:
        return [self.of(theme_id) for theme_id in theme_ids or [UNSORTED]]

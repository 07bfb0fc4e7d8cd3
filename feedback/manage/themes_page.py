"""The themes of the newest analysis as their editors see them, and one of them with its words."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.report import labels
from feedback.report.names import Names
from feedback.report.overview import kind, may_learn
from feedback.report.quoting import Quote, Quoter, allowed
from feedback.report.small_numbers import Count, count
from feedback.store import decided
from feedback.store.database import Store
from feedback.store.decided import Decided, Edit
from feedback.store.report import StoredReport, coded_spans, tellers
from feedback.store.report_themes import ReportTheme
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader

from .history import deed_name

READER = Reader.COMMISSIONER
SHOWN = 25


@dataclass(frozen=True)
class Line:
    """A theme in the list."""

    id: str
    kind: str  # codebook, confirmed, suggested, few
    name: Phrase
    responses: Count
    decided: Decided
    waits: bool
    into: Phrase | None


@dataclass(frozen=True)
class ThemeToEdit:
    line: Line
    suggestion: Phrase | None  # what the machine, or our codebook, calls it
    keywords: list[labels.Keywords]
    meaning: Phrase | None
    quotes: list[Quote]
    some_held_back: bool
    there_are_more: bool
    targets: list[Line]
    edits: list[tuple[Edit, str]]  # what people decided about it, the newest first


class Editing:
    def __init__(self, store: Store, report: StoredReport) -> None:
        self.store, self.report = store, report
        self.voices = tellers(store, report.run_id)
        self.names = Names(store, report, READER, self.voices, editing=True)
        self.lines = [self.line(theme) for theme in report.everything]

    def line(self, theme: ReportTheme) -> Line:
        numbers = self.report.figures["themes"][theme.id]
        into = theme.decided.merged_into
        return Line(
            id=theme.id,
            kind="few" if theme.waits else kind(theme, numbers),
            name=self.names.of(theme.id),
            responses=count(numbers["responses"]),
            decided=theme.decided,
            waits=theme.waits,
            into=self.names.of(into) if into else None,
        )

    def of_kind(self, wanted: str) -> list[Line]:
        """Those that are still themes, by the numbers that show."""
        lines = [line for line in self.lines if line.kind == wanted and not line.decided.is_out]
        return sorted(lines, key=lambda line: (-(line.responses.value or 0), line.id))

    @property
    def out(self) -> list[Line]:
        """Merged or taken out since the last analysis."""
        return [line for line in self.lines if line.decided.is_out]

    def page(self, theme_id: str) -> ThemeToEdit | None:
        theme = next((each for each in self.report.everything if each.id == theme_id), None)
        if theme is None:
            return None
        learns = may_learn(READER, self.report.figures["themes"][theme_id], self.voices)
        spans = coded_spans(self.store, READER, self.report.run_id, theme_id)
        may = allowed(spans, self.voices)
        undecided = ReportTheme(theme.id, theme.kind, theme.ours, theme.learned)
        edits = decided.history(self.store, self.report.survey.survey_id)
        return ThemeToEdit(
            line=self.line(theme),
            suggestion=labels.theme_name(undecided, learns),
            keywords=labels.keywords(theme, learns),
            meaning=labels.theme_meaning(undecided),
            quotes=Quoter(self.store, READER, self.report.survey, self.voices).quotes(may.spans[:SHOWN]),
            some_held_back=may.some_held_back,
            there_are_more=len(may.spans) > SHOWN,
            targets=[line for line in self.lines if line.id != theme_id and not line.decided.is_out],
            edits=[(each, deed_name(each.deed)) for each in edits if each.theme_id == theme_id],
        )

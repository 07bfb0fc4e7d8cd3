"""What people checked and decided about a survey's themes, line by line, with what can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from feedback.report.names import Names
from feedback.report.quoting import Quote, Quoter, allowed
from feedback.store import check_queue, checks, decided
from feedback.store.database import Store
from feedback.store.decided import Edit
from feedback.store.report import Span, StoredReport, tellers
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader

READER = Reader.COMMISSIONER


@dataclass(frozen=True)
class EditLine:
    """A decision about a theme; `new` is what it was called or went into."""

    edit: Edit
    theme: Phrase
    deed: str
    new: Phrase | None


@dataclass(frozen=True)
class CheckLine:
    """A check; no words where they are held back."""

    id: int
    comment_id: str
    quote: Quote | None
    themes: list[Phrase]
    verdict: str
    by: str | None
    made_on: date
    can_be_undone: bool


class History:
    def __init__(self, store: Store, report: StoredReport, page: int) -> None:
        self.store, self.report, self.page = store, report, page
        self.survey_id = report.survey.survey_id
        self.voices = tellers(store, report.run_id)
        self.names = Names(store, report, READER, self.voices, editing=True)
        self.edits = [self.edit_line(edit) for edit in decided.history(store, self.survey_id)]
        self.checks, self.pages = self.check_lines()

    def edit_line(self, edit: Edit) -> EditLine:
        state, new = edit.state, None
        if edit.deed == "merge" and state.merged_into:
            new = self.names.of(state.merged_into)
        elif edit.deed in ("name", "confirm") and state.name:
            new = Phrase(state.name, self.report.survey.definition.default_language)
        return EditLine(edit, self.names.of(edit.theme_id), deed_name(edit.deed), new)

    def check_lines(self) -> tuple[list[CheckLine], int]:
        found, pages = checks.history(self.store, READER, self.survey_id, self.page)
        asked = [
            check_queue.find(self.store, READER, self.survey_id, self.report.run_id, check.comment_id)
            for check in found
        ]
        spans: dict[str, Span] = {each.span.comment_id: each.span for each in asked if each}
        quoter = Quoter(self.store, READER, self.report.survey, self.voices)
        kept = allowed(spans.values(), self.voices).spans
        quotes = {quote.excerpt.comment.id: quote for quote in quoter.quotes(kept)}
        return [
            CheckLine(
                id=check.id,
                comment_id=check.comment_id,
                quote=quotes.get(check.comment_id),
                themes=[self.names.of(theme_id) for theme_id in check.theme_ids],
                verdict=check.verdict,
                by=check.by,
                made_on=check.made_on,
                can_be_undone=check.is_newest,
            )
            for check in found
        ], pages


def deed_name(deed: str) -> str:
    deeds = {
        "name": _("Named"),
        "merge": _("Merged into"),
        "reject": _("Said to be no theme"),
        "confirm": _("Confirmed as"),
        "show": _("Shown to readers"),
        "hide": _("Kept from readers"),
        "undo": _("Taken back"),
    }
    return str(deeds[deed])

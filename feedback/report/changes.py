"""What the newest analysis moved, and why: by reason, by theme, and word for word where it may be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from feedback.store.database import Store
from feedback.store.moved import Move, moves
from feedback.store.report import StoredReport, tellers
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader

from . import tables
from .names import Names
from .quoting import Quote, Quoter, allowed
from .small_numbers import Count, count
from .tables import Row

ON_A_PAGE = 25


@dataclass(frozen=True)
class ThemeLine:
    """What became of a theme; its comments then and now."""

    name: Phrase
    fate: str  # analysis.records.Fate
    others: list[Phrase]  # where they went, or came from
    before: Count
    after: Count


@dataclass(frozen=True)
class MovedQuote:
    quote: Quote
    before: list[Phrase]
    after: list[Phrase]
    why: str


@dataclass(frozen=True)
class ChangesPage:
    report: StoredReport
    is_first: bool
    comments: Count
    reasons: list[Row]
    themes: list[ThemeLine]
    lost: int  # groups nobody had named that were not found again
    moved: list[MovedQuote]
    page: int
    pages: int
    some_held_back: bool


def changes_page(store: Store, report: StoredReport, reader: Reader, page: int) -> ChangesPage | None:
    """None where there is no such page of it."""
    figures = report.figures.get("moved", {})
    voices = tellers(store, report.run_id)
    themes = figures.get("themes", [])
    names = Names(store, report, reader, voices)
    lost = [each for each in themes if each["fate"] == "gone" and not names.knows(each["theme_id"])]
    found = {move.span: move for move in moves(store, reader, report.run_id)}
    may = allowed(found, voices)
    pages = max(1, -(-len(may.spans) // ON_A_PAGE))
    if not 1 <= page <= pages:
        return None
    quotes = Quoter(store, reader, report.survey, voices).quotes(
        may.spans[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    )
    return ChangesPage(
        report=report,
        is_first=not themes,
        comments=count(figures.get("comments", 0)),
        reasons=tables.table(figures.get("because", {}), because),
        themes=theme_lines(report, names, [each for each in themes if each not in lost]),
        lost=len(lost),
        moved=[moved_quote(quote, found, names) for quote in quotes],
        page=page,
        pages=pages,
        some_held_back=may.some_held_back,
    )


def moved_quote(quote: Quote, found: Mapping[Any, Move], names: Names) -> MovedQuote:
    move = found[quote.excerpt.span]
    return MovedQuote(quote, names.all_of(move.before), names.all_of(move.after), because(move.why))


def theme_lines(report: StoredReport, names: Names, figures: list[dict[str, Any]]) -> list[ThemeLine]:
    """Themes that look another way now; what waits for a person's look is not for readers yet."""
    waiting = {theme.id for theme in report.waiting}
    lines = [
        ThemeLine(
            names.of(theme["theme_id"]),
            theme["fate"],
            [names.of(other) for other in theme["of"]],
            count(theme["before"]),
            count(theme["after"]),
        )
        for theme in figures
        if theme["theme_id"] not in waiting
    ]
    return sorted(
        (line for line in lines if line.fate != "kept" or line.before != line.after),
        key=lambda line: (-(line.after.value or 0), line.name.text.casefold()),
    )


def because(why: str) -> str:
    reasons = {
        "a person checked it": _("A person checked it"),
        "themes merged": _("A person merged two themes"),
        "not a theme": _("A person said that it is not a theme"),
        "theme confirmed": _("A person confirmed a theme"),
        "model changed": _("The language model changed"),
        "codebook changed": _("The codebook changed"),
        "line moved": _("The computer is stricter, or less strict, after what people checked"),
        "others checked": _("The computer learnt from other comments that people checked"),
        "new comments": _("New comments came, or some were taken back"),
    }
    return str(reasons.get(why, why))

"""The report as tables to take away: the same rules as on the page, and each row says which.

What is hidden is an empty cell whose column is named under `suppressed`, never a 0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from feedback.store.database import Store
from feedback.store.report import choices, chosen_spans, tellers
from feedback.survey.cells import BYTE_ORDER_MARK, harmless
from feedback.survey.reading_choice import ReadingChoice

from . import taken_out
from .overview import Card, Overview
from .quoting import Quoter, allowed
from .small_numbers import BASE, FEWEST, STEP, Count, Share
from .tables import Segment

THEME_COLUMNS = (
    "theme_id", "theme", "kind", "responses", "share_percent", "left_better", "about_the_same", "left_worse",
    "suppressed",
)  # fmt: skip
QUOTE_COLUMNS = ("theme_id", "theme", "quote", "language", "question", "service", "may_be_read_by")
SOURCE_COLUMNS = ("survey", "survey_version", "analysed_on", "rule")


def themes_csv(overview: Overview) -> str:
    rule = _(
        "Counts of 1 to %(most)s are left empty and named under suppressed; others are rounded to the "
        "nearest %(step)s; nothing is divided below %(base)s responses.",
        most=FEWEST - 1,
        step=STEP,
        base=BASE,
    )
    rows = (theme_row(card) | source(overview, rule) for card in overview.cards)
    return written((*THEME_COLUMNS, *SOURCE_COLUMNS), rows)


def quotes_csv(store: Store, overview: Overview) -> str:
    report = overview.report
    rule = _(
        "Only words that their tellers let you read, and that a person has read and taken personal details "
        "out of. Do not pass them on to anyone the teller did not choose."
    )
    chose, voices = choices(store, report.run_id), tellers(store, report.run_id)
    picked = chosen_spans(store, overview.reader, report.run_id)
    quoter = Quoter(store, overview.reader, report.survey, voices)
    rows = (
        {
            "theme_id": card.id,
            "theme": card.name.text if card.name else card.stand_in,
            "quote": taken_out.plain(quote.excerpt.pieces),
            "language": quote.excerpt.language,
            "question": quote.question.text if quote.question else "",
            "service": quote.service or "",
            "may_be_read_by": readers(chose[quote.excerpt.comment.id]),
        }
        | source(overview, rule)
        for card in overview.cards
        for quote in quoter.quotes(allowed(picked.get(card.id, []), voices).spans)
        if quote.excerpt.comment.id in chose and quote.excerpt.seen.is_read
    )
    return written((*QUOTE_COLUMNS, *SOURCE_COLUMNS), rows)


def theme_row(card: Card) -> dict[str, str]:
    cells: dict[str, Count | Share] = {"responses": card.responses, "share_percent": card.share}
    cells |= rating_cells(card.rating)
    hidden = [name for name, cell in cells.items() if cell.hidden]
    return {
        "theme_id": card.id,
        "theme": card.name.text if card.name else card.stand_in,
        "kind": card.kind,
        "suppressed": " ".join(hidden),
    } | {name: cell.csv for name, cell in cells.items()}


def rating_cells(rating: list[Segment]) -> dict[str, Count | Share]:
    shown = {segment.key: segment.part.count for segment in rating}
    columns = {"better": "left_better", "same": "about_the_same", "worse": "left_worse"}
    return {column: shown.get(key, Count(None)) for key, column in columns.items()}


def source(overview: Overview, rule: str) -> dict[str, str]:
    report = overview.report
    return {
        "survey": report.survey.definition.title,
        "survey_version": " ".join(str(version["number"]) for version in report.figures["versions"]),
        "analysed_on": report.made_on.isoformat(),
        "rule": rule,
    }


def readers(choice: ReadingChoice) -> str:
    says = {
        ReadingChoice.PLAN_AND_PAY: _("those who plan and pay for the service"),
        ReadingChoice.SERVICE: _("those who plan and pay for the service, and the service"),
        ReadingChoice.ANYONE: _("anyone, they may be published"),
    }
    return str(says[choice])


def written(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    columns = list(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([harmless(row[column]) for column in columns] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()

"""One theme: what it means, every word that may be shown, who raised it and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feedback.store.database import Store
from feedback.store.report import Span, StoredReport, chosen_spans, coded_spans, tellers
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader

from . import labels, tables, tellers_meaning
from .labels import UNSORTED, Keywords
from .overview import kind, may_learn, rating_options, stand_in, strength
from .quoting import Quote, Quoter, allowed, another_view
from .reached import came_by, reached
from .small_numbers import Count, Share, count, share
from .tables import Row, Segment
from .tellers_meaning import TellersMeaning

ON_A_PAGE = 25


@dataclass(frozen=True)
class ThemePage:
    report: StoredReport
    id: str
    kind: str  # codebook, confirmed, suggested, few, unsorted
    name: Phrase | None
    stand_in: str
    meaning: Phrase | None
    limits: Phrase | None
    keywords: list[Keywords]
    responses: Count
    share: Share
    strength: str
    rating: list[Segment]
    hint: list[Segment]
    not_scored: Count
    subtitle: list[Quote]  # the most typical words that this reader may see, one or none
    chosen: list[Quote]
    mostly: str | None  # better or worse; None where people are divided or too few said
    other_view: list[Quote]
    everything: list[Quote]  # one page of the rest
    page: int
    pages: int
    some_held_back: bool
    languages: list[Row]
    services: list[Row]
    modes: list[Row]
    came_by: list[Row]  # none where nobody came by invitation
    months: list[Row]
    to_tellers: TellersMeaning | None


def theme_page(
    store: Store, report: StoredReport, reader: Reader, theme_id: str, page: int
) -> ThemePage | None:
    """None where the run has no such theme, or no such page of it."""
    theme = next((theme for theme in report.themes if theme.id == theme_id), None)
    if theme is None and theme_id != UNSORTED:
        return None
    voices = tellers(store, report.run_id)
    numbers = report.figures["themes"][theme_id] if theme else report.figures["unsorted"]
    everyone = report.figures["all"]
    picked = chosen_spans(store, reader, report.run_id, theme_id).get(theme_id, [])
    chosen = allowed(picked, voices)
    rest = allowed(without(picked, coded_spans(store, reader, report.run_id, theme_id)), voices)
    rating = tables.own_rating(numbers["ratings"], rating_options(report))
    against = allowed(
        chosen_spans(store, reader, report.run_id, theme_id, other_view=True).get(theme_id, []), voices
    )
    other_view = another_view([*against.spans, *chosen.spans, *rest.spans], mostly(rating))
    if not rating:  # too few said how it left them: what the machine is sure of stands alone
        other_view = against.spans
    typical = without(other_view, chosen.spans)
    everything = without(other_view, rest.spans)
    pages = max(1, -(-len(everything) // ON_A_PAGE))
    if not 1 <= page <= pages:
        return None
    of_its_own = theme_id if tellers_meaning.may_say_so(report, theme_id) else None
    quoter = Quoter(store, reader, report.survey, voices, of_its_own)
    months = tables.span(everyone["months"])

    def compared(attribute: str, name: Callable[[str], str]) -> list[Row]:
        return tables.table(numbers[attribute], name, everyone[attribute])

    return ThemePage(
        report=report,
        id=theme_id,
        kind=kind(theme, numbers) if theme else UNSORTED,
        name=labels.theme_name(theme, may_learn(reader, numbers, voices)) if theme else None,
        stand_in=stand_in(report, theme) if theme else labels.unsorted(),
        meaning=labels.theme_meaning(theme) if theme else None,
        limits=labels.theme_limits(theme) if theme else None,
        keywords=labels.keywords(theme, may_learn(reader, numbers, voices)) if theme else [],
        responses=count(numbers["responses"]),
        share=share(numbers["responses"], report.figures["with_words"]),
        strength=strength(numbers["responses"], report.figures["with_words"]),
        rating=rating,
        hint=tables.tone_hint(numbers["tones"]),
        not_scored=count(numbers["tones"].get("not scored", 0)),
        subtitle=quoter.quotes(typical[:1]),
        chosen=quoter.quotes(typical[1:]),
        mostly=mostly(rating),
        other_view=quoter.quotes(other_view),
        everything=quoter.quotes(everything[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]),
        page=page,
        pages=pages,
        some_held_back=chosen.some_held_back or rest.some_held_back,
        languages=compared("languages", labels.language_name),
        services=compared("services", lambda name: labels.service_name(report.survey, name)),
        modes=compared("modes", labels.mode_name),
        came_by=came_by(numbers, everyone) if reached(report).apart else [],
        months=tables.months(numbers["months"], months, labels.month_name),
        to_tellers=tellers_meaning.of_theme(report, theme_id),
    )


def without(already: list[Span], spans: list[Span]) -> list[Span]:
    """No comment is quoted twice on a page."""
    quoted = {span.comment_id for span in already}
    return [span for span in spans if span.comment_id not in quoted]


def mostly(rating: list[Segment]) -> str | None:
    """Which way most people's own rating points, where it shows."""
    sides = {segment.key: segment.part.count.value or 0 for segment in rating if segment.key != "same"}
    if not sides or sides["better"] == sides["worse"]:
        return None
    return max(sides, key=lambda key: sides[key])

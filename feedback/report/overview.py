"""The report's first page: how strong each theme is, who was heard, who was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal

from feedback.store import checks, decided
from feedback.store.database import Store
from feedback.store.figures import rating_question
from feedback.store.report import StoredReport, Tellers, chosen_spans, tellers
from feedback.store.report_themes import ReportTheme
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader
from feedback.web.languages import spoken

from . import labels, tables, tellers_meaning
from .about_people import AboutPeople, about_people
from .quoting import Quote, Quoter, allowed
from .reached import Reached, reached
from .small_numbers import HIDDEN, Count, Share, breakdown, count, may_quote, share
from .tables import Row, Segment
from .tellers_meaning import Agreement

STRONG_FROM = 20  # responses, and a tenth of all
PEOPLE_AGREE = 0.74  # micro-F1 of two trained groups coding the same comments, NHS free-text feedback


@dataclass(frozen=True)
class Card:
    """A theme at a glance."""

    id: str
    kind: str  # codebook, confirmed, suggested, few
    name: Phrase | None
    stand_in: str  # what to call it where there is no name
    meaning: Phrase | None
    responses: Count
    share: Share
    strength: str  # strong, some, few
    rating: list[Segment]
    hint: list[Segment]
    not_scored: Count
    languages: list[str]  # those whose number shows
    quote: Quote | None
    some_held_back: bool


@dataclass(frozen=True)
class Heard:
    """Who we heard, and who we did not."""

    responses: Count
    languages: list[Row]
    modes: list[Row]
    services: list[Row]
    months: list[Row]
    rating: list[Segment]
    silent_languages: list[str]
    silent_services: list[str]
    reached: Reached
    about: list[AboutPeople]


@dataclass(frozen=True)
class Version:
    """A version of the survey that some of the responses were given to."""

    number: int
    hash: str
    responses: Count


@dataclass(frozen=True)
class Trust:
    """How far people have looked after the machine, and how it does where they have not.

    The machine's agreement with a person, as micro-F1, with its 95 % interval; None while too few
    comments drawn at random were checked to tell.
    """

    checked: int
    edits: int
    expected: str | None
    low: str
    high: str
    ceiling: str  # what two trained groups of people reach
    asks_meaning: bool
    tellers: Agreement | None  # with what tellers say of their own stories


@dataclass(frozen=True)
class Overview:
    report: StoredReport
    reader: Reader
    heard: Heard
    cards: list[Card]
    unsorted: Count
    withdrawn_since: Count
    period: str
    versions: list[Version]
    trust: Trust

    def of_strength(self, strength: str) -> list[Card]:
        return [card for card in self.of_kind("codebook", "confirmed") if card.strength == strength]

    def of_kind(self, *kinds: str) -> list[Card]:
        return [card for card in self.cards if card.kind in kinds]

    @property
    def for_service(self) -> bool:
        return self.reader == Reader.SERVICE


def overview(store: Store, report: StoredReport, reader: Reader) -> Overview:
    voices = tellers(store, report.run_id)
    picked = chosen_spans(store, reader, report.run_id)
    may = {theme.id: allowed(picked.get(theme.id, []), voices) for theme in report.themes}
    first = {theme_id: found.spans[:1] for theme_id, found in may.items()}
    quoter = Quoter(store, reader, report.survey, voices)
    cards = [
        card(report, theme, reader, voices, quoter.quotes(first[theme.id]), may[theme.id].some_held_back)
        for theme in report.themes
    ]
    return Overview(
        report=report,
        reader=reader,
        heard=heard(report),
        cards=sorted(cards, key=strongest_first),
        unsorted=count(report.figures["unsorted"]["responses"]),
        withdrawn_since=count(report.withdrawn_since),
        period=period(report),
        versions=versions(report),
        trust=trust(store, report),
    )


def trust(store: Store, report: StoredReport) -> Trust:
    expected = report.figures.get("people", {}).get("expected") or {}
    return Trust(
        checked=checks.number(store, report.survey.survey_id),
        edits=decided.number(store, report.survey.survey_id),
        expected=agreement(expected["f1"]) if expected else None,
        low=agreement(expected.get("low", 0)),
        high=agreement(expected.get("high", 0)),
        ceiling=agreement(PEOPLE_AGREE),
        asks_meaning=bool(report.survey.definition.meaning),
        tellers=tellers_meaning.agreement(report),
    )


def agreement(value: float) -> str:
    return str(format_decimal(value, "0.00"))


def versions(report: StoredReport) -> list[Version]:
    answered = breakdown({version["number"]: version["responses"] for version in report.figures["versions"]})
    return [
        Version(number, version["hash"], answered.get(number, HIDDEN).count)
        for version in report.figures["versions"]
        if (number := version["number"])
    ]


def period(report: StoredReport) -> str:
    """From the first to the last month in which somebody answered."""
    months = tables.span(report.figures["all"]["months"])
    return labels.months_between(months[0], months[-1]) if months else ""


def strongest_first(card: Card) -> tuple[int, str]:
    """By the numbers that show: the order must not tell more than they do."""
    return (-(card.responses.value or 0), card.id)


def card(
    report: StoredReport,
    theme: ReportTheme,
    reader: Reader,
    voices: Tellers,
    quoted: list[Quote],
    some_held_back: bool,
) -> Card:
    numbers = report.figures["themes"][theme.id]
    everyone = report.figures["with_words"]
    return Card(
        id=theme.id,
        kind=kind(theme, numbers),
        name=labels.theme_name(theme, may_learn(reader, numbers, voices)),
        stand_in=stand_in(report, theme),
        meaning=labels.theme_meaning(theme),
        responses=count(numbers["responses"]),
        share=share(numbers["responses"], everyone),
        strength=strength(numbers["responses"], everyone),
        rating=tables.own_rating(numbers["ratings"], rating_options(report)),
        hint=tables.tone_hint(numbers["tones"]),
        not_scored=count(numbers["tones"].get("not scored", 0)),
        languages=[
            row.label for row in tables.table(numbers["languages"], labels.language_name) if row.length
        ],
        quote=quoted[0] if quoted else None,
        some_held_back=some_held_back,
    )


def kind(theme: ReportTheme, numbers: Mapping[str, Any]) -> str:
    """Only a number that is hidden is called a few; confirmed is what a person said stays."""
    if theme.decided.confirmed:
        return "confirmed"
    if theme.kind == "few" and count(numbers["responses"]).hidden:
        return "few"
    return "codebook" if theme.ours else "suggested"


def stand_in(report: StoredReport, theme: ReportTheme) -> str:
    return labels.stand_in(kind(theme, report.figures["themes"][theme.id]), theme.number)


def may_learn(reader: Reader, numbers: Mapping[str, Any], voices: Tellers) -> list[str]:
    """The languages, the commonest first, in which this reader may see a name or keywords that the machine
    made out of people's words.

    They are made of words from step two up, so the service, which reads from step three, may see none; and
    not those of a language too rare to be quoted.
    """
    if reader != Reader.COMMISSIONER:
        return []
    spoken = [tag for tag in numbers["languages"] if may_quote(voices.languages.get(tag, 0))]
    return sorted(spoken, key=lambda tag: (-voices.languages[tag], tag))


def strength(number: int, everyone: int) -> str:
    """Reckoned from the rounded numbers, so that it tells no more than they do."""
    shown, whole = count(number).value, count(everyone).value
    if not shown or not whole:
        return "few"
    return "strong" if shown >= STRONG_FROM and 10 * shown >= whole else "some"


def heard(report: StoredReport) -> Heard:
    numbers, survey = report.figures["all"], report.survey
    months = tables.span(numbers["months"])
    services = [service.id for service in survey.definition.services]
    return Heard(
        responses=count(numbers["responses"]),
        languages=tables.table(numbers["languages"], labels.language_name),
        modes=tables.table(numbers["modes"], labels.mode_name),
        services=tables.table(numbers["services"], lambda name: labels.service_name(survey, name)),
        months=tables.months(numbers["months"], months, labels.month_name),
        rating=tables.own_rating(numbers["ratings"], rating_options(report)),
        silent_languages=[
            labels.language_name(tag)
            for tag in dict.fromkeys(map(spoken, survey.languages))
            if tag not in numbers["languages"]
        ],
        silent_services=[
            labels.service_name(survey, name) for name in services if name not in numbers["services"]
        ],
        reached=reached(report),
        about=about_people(report),
    )


def rating_options(report: StoredReport) -> list[str]:
    question = rating_question(report.survey.definition)
    return [option.id for option in question.options] if question else []

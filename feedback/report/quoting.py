"""Which words may stand on a page, and what may stand beside them.

Who may read them was settled in the store. Here only this is asked: would the words, with what stands
beside them, point at one of a few people?
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from feedback.store.counted_answers import chose_themselves
from feedback.store.database import Store
from feedback.store.report import Excerpt, Span, Tellers, opened
from feedback.store.surveys import PublishedSurvey
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader

from .labels import question_label, service_name
from .small_numbers import may_quote, may_show


@dataclass(frozen=True)
class Quote:
    excerpt: Excerpt
    question: Phrase | None
    service: str | None  # only where enough people wrote in this language about it
    teller_agrees: bool = False  # its teller says so too, and enough others said it of theirs


@dataclass(frozen=True)
class Allowed:
    """The spans that may be quoted."""

    spans: list[Span]
    some_held_back: bool  # never how many: there are fewer than five tellers in their language


def allowed(spans: Iterable[Span], tellers: Tellers) -> Allowed:
    """Those whose language is not rare here."""
    everything = list(spans)
    kept = [span for span in everything if may_quote(tellers.languages.get(span.language, 0))]
    return Allowed(kept, len(kept) < len(everything))


class Quoter:
    """Opens spans for one reader. Never more than one attribute stands beside the words."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        survey: PublishedSurvey,
        tellers: Tellers,
        chosen_theme: str | None = None,
    ) -> None:
        """`chosen_theme`: of which it may be said beside the words that their teller chose it, too."""
        self.store, self.reader, self.survey, self.tellers = store, reader, survey, tellers
        self.chosen_theme = chosen_theme

    def quotes(self, spans: Sequence[Span]) -> list[Quote]:
        excerpts = opened(self.store, self.reader, spans)
        tellers = {excerpt.comment.response_id for excerpt in excerpts.values()}
        chose = chose_themselves(self.store, tellers, self.chosen_theme) if self.chosen_theme else set()
        return [self.quote(excerpts[span], chose) for span in spans if span in excerpts]

    def quote(self, excerpt: Excerpt, chose: Collection[str]) -> Quote:
        service = service_of(excerpt, self.tellers, self.survey)
        return Quote(
            excerpt,
            question_label(self.survey, excerpt.comment.question),
            service,
            teller_agrees=service is None and excerpt.comment.response_id in chose,
        )


def service_of(excerpt: Excerpt, tellers: Tellers, survey: PublishedSurvey) -> str | None:
    service = excerpt.comment.service
    if service is None or not may_show(tellers.services.get((excerpt.language, service), 0)):
        return None
    return service_name(survey, service)


def another_view(spans: list[Span], mostly: str | None) -> list[Span]:
    """Up to two spans that sound the other way than most people's own rating.

    By the machine's hint, because a person's own rating beside their words would tell more about them.
    """
    other = {"worse": "positive", "better": "negative"}.get(mostly or "")
    return [span for span in spans if span.tone == other][:2]

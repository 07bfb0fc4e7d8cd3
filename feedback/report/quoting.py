"""Which words may stand on a page, and what may stand beside them.

Who may read them was settled in the store. Here only this is asked: would the words, with what stands
beside them, point at one of a few people?
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.store.report import Excerpt, Tellers
from feedback.store.surveys import PublishedSurvey
from feedback.survey.edition import Phrase

from .labels import question_label, service_name
from .small_numbers import may_quote, may_show


@dataclass(frozen=True)
class Quote:
    excerpt: Excerpt
    question: Phrase | None
    service: str | None  # only where enough people wrote in this language about it


@dataclass(frozen=True)
class Quotes:
    shown: list[Quote]
    some_held_back: bool  # never how many: there are fewer than five tellers in their language


def quotes(excerpts: Iterable[Excerpt], tellers: Tellers, survey: PublishedSurvey) -> Quotes:
    """Those whose language is not rare here. Never more than one attribute beside the words."""
    everything = list(excerpts)
    shown = [
        Quote(excerpt, question_label(survey, excerpt.comment.question), service_of(excerpt, tellers, survey))
        for excerpt in everything
        if may_quote(tellers.languages.get(excerpt.language, 0))
    ]
    return Quotes(shown, len(shown) < len(everything))


def service_of(excerpt: Excerpt, tellers: Tellers, survey: PublishedSurvey) -> str | None:
    service = excerpt.comment.service
    if service is None or not may_show(tellers.services.get((excerpt.language, service), 0)):
        return None
    return service_name(survey, service)


def another_view(shown: list[Quote], mostly: str | None) -> list[Quote]:
    """Up to two quotes that sound the other way than most people's own rating.

    By the machine's hint, because a person's own rating beside their words would tell more about them.
    """
    other = {"worse": "positive", "better": "negative"}.get(mostly or "")
    return [quote for quote in shown if quote.excerpt.tone == other][:2]

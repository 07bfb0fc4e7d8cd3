"""A survey that people answered, and an analysis of it made by hand, so that each number is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from flask import Flask

from analysis.codebook import Codebook, CodebookTheme
from analysis.records import Coding, Quote, Theme, ThemeSet
from feedback.store import comments, redactions, runs, theme_edits, themes
from feedback.store.database import Store
from feedback.store.redactions import Out
from feedback.store.surveys import PublishedSurvey
from feedback.store.theme_edits import Decider
from feedback.survey.reading_choice import ReadingChoice
from tests.support.telling import told

CODEBOOK = Codebook(
    themes=(
        CodebookTheme(
            "waiting", "Waiting and delays", "About waiting.", (), "Not the waiting room.", {"ar": "الانتظار"}
        ),
        CodebookTheme("kind", "Kindness", "About kindness.", ()),
    ),
    name="by hand",
)
OURS = {theme.id: theme for theme in CODEBOOK.themes}
TODAY = date(2026, 4, 1)


@dataclass
class Telling:
    """What one person says, and the theme that a machine would sort it into."""

    words: str
    theme: str = "waiting"
    quoted: bool = False
    against: bool = False  # the machine picked it because it says otherwise than most
    span: tuple[int, int] | None = None
    tone: str = "not scored"
    details: dict[str, Any] = field(default_factory=dict)


def says(words: str, theme: str = "waiting", **details: Any) -> Telling:
    own = {name: details.pop(name) for name in ("quoted", "against", "span", "tone") if name in details}
    if feeling := details.pop("feeling", None):
        details["answers"] = {"feeling": feeling}
    return Telling(words, theme, **own, details=details)


def many(number: int, words: str = "It took weeks", theme: str = "waiting", **details: Any) -> list[Telling]:
    return [says(f"{words}, {each}.", theme, **details) for each in range(number)]


@dataclass
class Told:
    """The survey with everything that was said, and the receipts of those who said it."""

    store: Store
    survey: PublishedSurvey
    receipts: dict[str, str] = field(default_factory=dict)

    def hear(self, tellings: Iterable[Telling]) -> None:
        for telling in tellings:
            outcome = told(self.store, self.survey, telling.words, **telling.details)
            assert outcome.receipt
            self.receipts[telling.words] = outcome.receipt

    def sort(self, tellings: Iterable[Telling]) -> None:
        """Save an analysis as the worker does."""
        run_id = runs.request(self.store, self.survey.survey_id, TODAY)
        lease = runs.take(self.store, run_id, now=1_000_000.0)
        assert lease
        to_sort = list(comments.to_sort(self.store, self.survey.survey_id))
        found = theme_set({telling.words: telling for telling in tellings}, to_sort)
        assert themes.save(self.store, lease, found, to_sort, TODAY, CODEBOOK)
        self.reads(found.codings)

    def reads(self, codings: Iterable[Coding]) -> None:
        """A person reads all that may be read, and takes nothing out."""
        read: dict[str, list[Out]] = {coding.comment_id: [] for coding in codings}
        redactions.confirm(self.store, self.survey.survey_id, read, None, TODAY)

    def looks_at(self, theme_id: str) -> None:
        """A person lets the report's readers see what a few people said."""
        who = Decider(self.survey.survey_id, theme_id, 0, None, TODAY)
        assert not theme_edits.show(self.store, who, True).overtaken


def theme_set(said: dict[str, Telling], to_sort: list[comments.CommentToSort]) -> ThemeSet:
    codings: list[Coding] = []
    quotes: dict[str, list[Quote]] = {}
    against: dict[str, Quote] = {}
    place = {text: number for number, text in enumerate(said)}
    for comment in sorted(to_sort, key=lambda comment: place[comment.text]):
        telling = said[comment.text]
        start, end = telling.span or (0, len(comment.text))
        codings.append(Coding(comment.id, telling.theme, 0.9, start, end, True))
        quotes.setdefault(telling.theme, [])
        quote = Quote(comment.id, start, end, comment.text[start:end], comment.language)
        if telling.quoted and comment.readable:
            quotes[telling.theme].append(quote)
        if telling.against and comment.readable:
            against[telling.theme] = quote
    found = [theme(name, quotes[name], against.get(name)) for name in sorted(quotes) if name != "unsorted"]
    return ThemeSet(
        model={"name": "by hand", "sha256": "0" * 64, "fallback": False, "codebook": None},
        themes=found,
        codings=codings,
        languages={comment.id: comment.language for comment in to_sort},
        tones={comment.id: said[comment.text].tone for comment in to_sort},
    )


def theme(name: str, quotes: list[Quote], against: Quote | None) -> Theme:
    ours = OURS.get(name)
    return Theme(
        id=name,
        name=ours.name if ours else "soup and bread",
        meaning=ours.definition if ours else (quotes[0].text if quotes else ""),
        kind="codebook" if ours else "few" if name.startswith("few") else "suggested",
        keywords=["weeks"] if ours else ["soup", "bread"],
        people=0,
        languages={},
        quotes=quotes[1:],
        names={} if ours else {"en": "soup and bread", "pl": "zupa i chleb", "so": "maraq iyo rooti"},
        keywords_by_language={"en": ["weeks"], "pl": ["tygodnie"], "so": ["toddobaad"]},
        subtitle=quotes[0] if quotes else None,
        other_view=against,
    )


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


@pytest.fixture
def rated(store: Store, publish: Callable[[str], PublishedSurvey]) -> Told:
    return Told(store, publish("rated"))


@pytest.fixture
def heard(rated: Told) -> Callable[..., Told]:
    """heard(...) has these people tell, and what they said sorted."""

    def hear(*groups: Telling | list[Telling]) -> Told:
        tellings = [each for group in groups for each in (group if isinstance(group, list) else [group])]
        rated.hear(tellings)
        rated.sort(tellings)
        return rated

    return hear


NOBODY, PLAN, SERVICE, ANYONE = ReadingChoice

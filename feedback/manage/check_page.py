"""One comment for a person to check: its words, what the computer makes of them and why, every theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.codebook import Codebook
from feedback.report import labels
from feedback.report.names import Names
from feedback.report.overview import Trust, trust
from feedback.report.quoting import Quote, Quoter, allowed
from feedback.report.small_numbers import Count, count
from feedback.store import check_queue, checks, codebooks
from feedback.store.check_queue import Asked, Given
from feedback.store.checks import Check
from feedback.store.database import Store
from feedback.store.decided import Decided
from feedback.store.redactions import Piece, pieces
from feedback.store.report import Excerpt, StoredReport, Tellers, tellers
from feedback.store.report_themes import of_codebook
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader

EXAMPLES = 2  # reasons that show: more are not read
READER = Reader.COMMISSIONER


@dataclass(frozen=True)
class Choice:
    """A theme to tick."""

    id: str
    name: Phrase
    meaning: Phrase | None
    limits: Phrase | None


@dataclass(frozen=True)
class Guess:
    """A theme that the computer, or somebody before, gave the comment; `choice` is None where it can't be
    ticked: a group that nobody has confirmed.
    """

    theme_id: str
    name: Phrase
    choice: Choice | None
    words: list[Piece]  # the clause it was for; none where it was for all of the comment
    by_person: bool
    examples: list[Phrase]
    others: list[str]  # checked comments that lie near, which this reader may see


@dataclass(frozen=True)
class Progress:
    checked: int
    comments: Count
    trust: Trust
    not_learnt_yet: int


@dataclass(frozen=True)
class CheckPage:
    comment_id: str
    why: str
    quote: Quote
    stretches: list[tuple[list[Piece], bool]]  # all of the comment, with whether each stretch decided
    guesses: list[Guess]
    themes: list[Choice]
    standing: Check | None
    ticked: set[str]

    @property
    def seen(self) -> int:
        return self.standing.id if self.standing else 0

    @property
    def others(self) -> list[Choice]:
        guessed = {guess.theme_id for guess in self.guesses if guess.choice}
        return [theme for theme in self.themes if theme.id not in guessed]


class Checking:
    """What a survey's newest analysis would have people check."""

    def __init__(self, store: Store, report: StoredReport, user_id: int | None) -> None:
        self.store, self.report, self.user_id = store, report, user_id
        self.survey_id = report.survey.survey_id
        self.voices: Tellers = tellers(store, report.run_id)
        self.names = Names(store, report, READER, self.voices, editing=True)
        self.codebook: Codebook = codebooks.in_use(store, self.survey_id).codebook
        self.choices = {choice.id: choice for choice in self.all_choices()}

    def first(self) -> CheckPage | None:
        """The first comment that is left to check; None where none is."""
        asked = check_queue.queue(self.store, READER, self.survey_id, self.report.run_id, self.user_id)
        return next((page for each in asked if (page := self.page(each))), None)

    def one(self, comment_id: str) -> CheckPage | None:
        """This comment, if its words may be read."""
        asked = check_queue.find(self.store, READER, self.survey_id, self.report.run_id, comment_id)
        return self.page(asked) if asked else None

    def page(self, asked: Asked) -> CheckPage | None:
        quotes = self.quotes([asked])
        if not quotes:
            return None
        excerpt = quotes[0].excerpt
        comment = excerpt.comment
        given = check_queue.given(self.store, self.report.run_id, comment.id)
        standing = checks.current(self.store, comment.id)
        guesses = [self.guess(each, excerpt) for each in given if each.theme_id != labels.UNSORTED]
        says = standing.theme_ids if standing and standing.holds else [each.theme_id for each in given]
        return CheckPage(
            comment_id=comment.id,
            why=asked.why,
            quote=quotes[0],
            stretches=[
                (pieces(comment.text, start, end, excerpt.seen.outs), decides)
                for start, end, decides in stretches(comment.text, given)
            ],
            guesses=guesses,
            themes=list(self.choices.values()),
            standing=standing,
            ticked=set(says) & set(self.choices),
        )

    def quotes(self, asked: Sequence[Asked]) -> list[Quote]:
        """Words in a language that fewer than five wrote in stay back here too."""
        spans = allowed([each.span for each in asked], self.voices).spans
        return Quoter(self.store, READER, self.report.survey, self.voices).quotes(spans)

    def guess(self, given: Given, excerpt: Excerpt) -> Guess:
        text = excerpt.comment.text
        whole = text.strip() == text[given.start : given.end].strip()
        return Guess(
            theme_id=given.theme_id,
            name=self.names.of(given.theme_id),
            choice=self.choices.get(given.theme_id),
            words=[] if whole else pieces(text, given.start, given.end, excerpt.seen.outs),
            by_person=given.by_person,
            examples=list(self.examples(given))[:EXAMPLES],
            others=list(self.near(given))[:EXAMPLES],
        )

    def examples(self, given: Given) -> Iterator[Phrase]:
        """Our own sentences that the clause is most like, while the codebook is the one it was sorted by."""
        if self.report.figures.get("codebook") != self.codebook.sha256:
            return
        ours = {theme.id: theme.examples for theme in self.codebook.themes}
        for theme_id, _likeness, example, _comment in given.near:
            if example is not None and example < len(ours.get(theme_id, ())):
                found = ours[theme_id][example]
                yield Phrase(found.text, found.language)

    def near(self, given: Given) -> Iterator[str]:
        ids = [comment_id for *_rest, comment_id in given.near if comment_id]
        found = (
            check_queue.find(self.store, READER, self.survey_id, self.report.run_id, comment_id)
            for comment_id in ids
        )
        yield from (quote.excerpt.comment.id for quote in self.quotes([each for each in found if each]))

    def all_choices(self) -> Iterator[Choice]:
        """The codebook's themes and those that people confirmed, without what they merged or took out."""
        decided = self.names.decided
        language = self.report.survey.definition.default_language
        for theme in self.codebook.themes:
            known = of_codebook(theme, decided.get(theme.id, Decided()), language)
            if not known.decided.is_out:
                name = labels.theme_name(known, []) or Phrase(theme.name, language)
                yield Choice(theme.id, name, labels.theme_meaning(known), labels.theme_limits(known))
        for theme_id, state in decided.items():
            if state.confirmed and not state.is_out and state.name:
                meaning = Phrase(state.meaning, language) if state.meaning else None
                yield Choice(theme_id, Phrase(state.name, language), meaning, None)

    def progress(self) -> Progress:
        last = self.report.figures.get("people", {}).get("last_check", 0)
        return Progress(
            checked=checks.number(self.store, self.survey_id),
            comments=count(self.report.figures["comments"]),
            trust=trust(self.store, self.report),
            not_learnt_yet=checks.waiting(self.store, self.survey_id, last),
        )

    def in_order(self, theme_ids: Sequence[str], comment_id: str) -> list[str]:
        """The main theme first: as the computer had them, then what the person added."""
        given = [each.theme_id for each in check_queue.given(self.store, self.report.run_id, comment_id)]
        rank = {theme_id: place for place, theme_id in enumerate(dict.fromkeys([*given, *self.choices]))}
        return sorted(set(theme_ids) & set(self.choices), key=rank.__getitem__)


def stretches(text: str, given: Sequence[Given]) -> Iterator[tuple[int, int, bool]]:
    """All of the text, and whether each stretch decided about a theme: none where all of it did."""
    spans = sorted({(each.start, each.end) for each in given if each.start < each.end})
    spans = [span for span in spans if text[slice(*span)].strip() != text.strip()]
    at = 0
    for start, end in spans:
        if at < start:
            yield at, start, False
        if max(at, start) < end:
            yield max(at, start), end, True
        at = max(at, end)
    if at < len(text):
        yield at, len(text), False

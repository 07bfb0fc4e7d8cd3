"""What a report is made of: the newest finished run, its frozen numbers, and the words that a reader may see.

Words come from comments.readable and nowhere else; what a teller withdrew is gone from here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select, true

from feedback.survey.reading_choice import Reader, ReadingChoice

from . import redactions, runs, surveys
from .comments import ReadableComment, readable
from .database import Store
from .figures import gone
from .models import Coding, Comment, CommentReading, Response, Run, Theme, ThemeQuote
from .redactions import Piece, Seen, pieces
from .report_themes import ReportTheme, report_themes
from .surveys import PublishedSurvey
from .theme_status import Became, became


@dataclass(frozen=True)
class StoredReport:
    run_id: int
    survey: PublishedSurvey
    made_on: date
    model: dict[str, Any]
    figures: dict[str, Any]
    themes: list[ReportTheme]  # those that the report's readers may see
    withdrawn_since: int
    waiting: list[ReportTheme]  # what a few people said, until a person has looked at it
    everything: list[ReportTheme]
    became: dict[str, Became]  # what those who commission say of each theme, by its id


@dataclass(frozen=True)
class Listed:
    """A survey in the list of reports."""

    survey: PublishedSurvey
    newest: runs.RunState | None
    done: runs.RunState | None


@dataclass(frozen=True)
class Span:
    """Where words stand, without the words; with their language and the machine's hint of their tone.

    From 0 to 0 is all of the comment.
    """

    comment_id: str
    start: int
    end: int
    language: str
    tone: str
    by_person: bool = False  # a person said that it belongs there


@dataclass(frozen=True)
class Excerpt:
    """A span with its comment, as written, but for what is taken out of it: that is covered, in its place."""

    comment: ReadableComment
    span: Span
    seen: Seen

    @property
    def language(self) -> str:
        return self.span.language

    @property
    def before(self) -> str:
        return self.comment.text[: self.span.start]

    @property
    def words(self) -> str:
        return self.comment.text[self.span.start : self.end]

    @property
    def after(self) -> str:
        return self.comment.text[self.end :]

    @property
    def pieces(self) -> list[Piece]:
        """The words, parted from what stands for those taken out; so, too, what is before and after them."""
        return pieces(self.comment.text, self.span.start, self.end, self.seen.outs)

    @property
    def pieces_before(self) -> list[Piece]:
        return pieces(self.comment.text, 0, self.span.start, self.seen.outs)

    @property
    def pieces_after(self) -> list[Piece]:
        return pieces(self.comment.text, self.end, len(self.comment.text), self.seen.outs)

    @property
    def end(self) -> int:
        return self.span.end or len(self.comment.text)

    @property
    def is_whole(self) -> bool:
        return not self.before.strip() and not self.after.strip()


@dataclass(frozen=True)
class Tellers:
    """How many responses stand behind a language, and behind a language at a service, right now."""

    languages: dict[str, int]
    services: dict[tuple[str, str], int]


def listed(store: Store) -> list[Listed]:
    found = (surveys.find(store, slug) for slug in surveys.slugs(store))
    return [
        Listed(survey, runs.newest(store, survey.survey_id), runs.newest_done(store, survey.survey_id))
        for survey in found
        if survey is not None
    ]


def find(store: Store, survey: PublishedSurvey) -> StoredReport | None:
    with store.read() as session:
        run = session.scalar(
            select(Run)
            .where(Run.survey_id == survey.survey_id, Run.state == runs.DONE)
            .order_by(Run.id.desc())
            .limit(1)
        )
        if run is None or run.figures is None or run.finished_on is None:
            return None
        rows = session.scalars(select(Theme).where(Theme.run_id == run.id).order_by(Theme.position)).all()
    themes = report_themes(store, survey, run.id, rows)
    now, then = gone(store, survey.survey_id), run.figures["gone"]
    return StoredReport(
        run_id=run.id,
        survey=survey,
        made_on=run.finished_on,
        model=run.model or {},
        figures=run.figures,
        themes=[theme for theme in themes if theme.is_for_readers],
        withdrawn_since=now.get("withdrawn", 0) - then.get("withdrawn", 0),
        waiting=[theme for theme in themes if theme.waits],
        everything=themes,
        became=became(store, survey.survey_id),
    )


def tellers(store: Store, run_id: int) -> Tellers:
    """Counted now, not when the run finished: a group may have become small since."""
    language = func.coalesce(CommentReading.language, Response.language).label("language")
    number = func.count(Response.id.distinct()).label("number")
    heard = (
        select(language, number)
        .select_from(CommentReading)
        .join(Comment, Comment.id == CommentReading.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(CommentReading.run_id == run_id)
    )
    with store.read() as session:
        languages = session.execute(heard.group_by(language)).all()
        services = session.execute(
            heard.add_columns(Response.service)
            .where(Response.service.is_not(None))
            .group_by(language, Response.service)
        ).all()
    return Tellers(
        {row.language: row.number for row in languages},
        {(row.language, row.service): row.number for row in services},
    )


def chosen_spans(
    store: Store, reader: Reader, run_id: int, theme_id: str | None = None, *, other_view: bool = False
) -> dict[str, list[Span]]:
    """The quotes picked for each theme (or for one), the most typical first, that this reader may see.

    `other_view`: instead of them, those picked because they say otherwise.
    """
    query = (
        spans_of(ThemeQuote, reader, run_id, ThemeQuote.language)
        .where(ThemeQuote.other_view.is_(other_view))
        .order_by(ThemeQuote.theme_id, ThemeQuote.position)
    )
    if theme_id is not None:
        query = query.where(ThemeQuote.theme_id == theme_id)
    return one_a_comment(store, query)


def coded_spans(store: Store, reader: Reader, run_id: int, theme_id: str) -> list[Span]:
    """All that was sorted into a theme and that this reader may see, the surest first."""
    query = (
        spans_of(Coding, reader, run_id, None)
        .where(Coding.theme_id == theme_id)
        .order_by(Coding.score.desc(), Coding.comment_id, Coding.start)
    )
    return one_a_comment(store, query).get(theme_id, [])


def spans_of(table: type[ThemeQuote | Coding], reader: Reader, run_id: int, language: Any) -> Select[Any]:
    """Only places in comments: their words are opened later, for as many as a page shows."""
    unread_too = reader == Reader.COMMISSIONER
    return (
        select(
            table.theme_id,
            table.comment_id,
            table.start,
            table.end,
            func.coalesce(language, CommentReading.language, Response.language).label("language"),
            CommentReading.tone,
            by_person(table).label("by_person"),
        )
        .join(Comment, Comment.id == table.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .join(
            CommentReading,
            (CommentReading.comment_id == table.comment_id) & (CommentReading.run_id == table.run_id),
        )
        .where(table.run_id == run_id, table.start < table.end)
        .where(Response.reading_choice >= int(reader))
        .where(true() if unread_too else redactions.is_read())
    )


def by_person(table: type[ThemeQuote | Coding]) -> Any:
    if table is Coding:
        return Coding.by_person
    return exists().where(
        Coding.run_id == table.run_id,
        Coding.comment_id == table.comment_id,
        Coding.theme_id == table.theme_id,
        Coding.by_person,
    )


def one_a_comment(store: Store, query: Select[Any]) -> dict[str, list[Span]]:
    found: dict[str, dict[str, Span]] = defaultdict(dict)
    with store.read() as session:
        for row in session.execute(query):
            span = Span(row.comment_id, row.start, row.end, row.language, row.tone, row.by_person)
            found[row.theme_id].setdefault(row.comment_id, span)
    return {theme_id: list(spans.values()) for theme_id, spans in found.items()}


def opened(store: Store, reader: Reader, spans: Iterable[Span]) -> dict[Span, Excerpt]:
    """The words of these spans, as far as this reader gets them (redactions.seen): the readers' door is
    asked again, and a withdrawal in between counts.
    """
    spans = list(spans)
    comments = readable(store, reader, {span.comment_id for span in spans})
    seen = redactions.seen(store, reader, comments)
    shown = {each: redactions.covered(comments[each], seen[each].outs) for each in seen}
    return {
        span: Excerpt(shown[span.comment_id], span, seen[span.comment_id])
        for span in spans
        if span.comment_id in shown
    }


def choices(store: Store, run_id: int) -> dict[str, ReadingChoice]:
    """What each quoted teller chose, by comment: a download says it beside their words."""
    with store.read() as session:
        rows = session.execute(
            select(ThemeQuote.comment_id, Response.reading_choice)
            .join(Comment, Comment.id == ThemeQuote.comment_id)
            .join(Response, Response.id == Comment.response_id)
            .where(ThemeQuote.run_id == run_id)
        )
        return {row.comment_id: ReadingChoice(row.reading_choice) for row in rows}

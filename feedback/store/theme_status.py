"""What becomes of each theme: listening, trying something, changed, can't. Said by those who commission.

Each row holds everything said by then, so the newest row of a theme counts; of two people who say something
at once the second is told (`seen`). It is written for everybody to read, so it is not sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from feedback.survey.edition import Phrase

from . import runs
from .database import Store
from .decided import newest_run
from .models import Coding, Comment, CommentReading, Theme
from .report_themes import report_themes
from .status_models import ThemeStatus
from .surveys import PublishedSurvey

STATUSES = ("listening", "trying", "changed", "cannot")


@dataclass(frozen=True)
class Became:
    """`status` is one of STATUSES, or empty where nothing is said; `words` by language; `seen` its row."""

    seen: int = 0
    status: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    made_on: date | None = None

    def in_language(self, language: str) -> Phrase | None:
        """The words for a reader: in their language, else in the one they were first written in."""
        first = next(iter(self.words), None)
        chosen = language if language in self.words else first
        return Phrase(self.words[chosen], chosen) if chosen else None


@dataclass(frozen=True)
class OwnTheme:
    """A theme that one's words belong to; `names` by language."""

    names: dict[str, str]
    became: Became

    def in_language(self, language: str) -> Phrase:
        chosen = language if language in self.names else next(iter(self.names))
        return Phrase(self.names[chosen], chosen)


def became(store: Store, survey_id: int) -> dict[str, Became]:
    """By theme; those that nothing was ever said of are not in it."""
    newest = (
        select(func.max(ThemeStatus.id))
        .where(ThemeStatus.survey_id == survey_id)
        .group_by(ThemeStatus.theme_id)
    )
    with store.read() as session:
        rows = session.scalars(select(ThemeStatus).where(ThemeStatus.id.in_(newest))).all()
    return {row.theme_id: Became(row.id, row.status, row.words, row.made_on) for row in rows}


def say(store: Store, survey_id: int, theme_id: str, said: Became, user_id: int | None) -> bool:
    """Say what becomes of a theme from now on; False when somebody else said something since `said.seen`."""
    with store.write() as session:
        runs.lock_survey(session, survey_id)
        if newest_seen(session, survey_id, theme_id) != said.seen:
            return False
        session.execute(
            insert(ThemeStatus).values(
                survey_id=survey_id,
                theme_id=theme_id,
                status=said.status,
                words=dict(said.words),
                user_id=user_id,
                made_on=said.made_on,
            )
        )
    return True


def newest_seen(session: Session, survey_id: int, theme_id: str) -> int:
    newest = select(func.max(ThemeStatus.id)).where(
        ThemeStatus.survey_id == survey_id, ThemeStatus.theme_id == theme_id
    )
    return session.scalar(newest) or 0


def own_themes(store: Store, survey: PublishedSurvey, response_id: str) -> list[OwnTheme] | None:
    """The themes that a teller's own words belong to; None until they have been sorted.

    Groups of a few people are left out, and so are themes that only the machine has a name for: it is made of
    what others wrote.
    """
    with store.read() as session:
        run_id = session.scalar(newest_run(survey.survey_id))
        if run_id is None or not was_sorted(session, run_id, response_id):
            return None
        mine = (
            select(Coding.theme_id)
            .join(Comment, Comment.id == Coding.comment_id)
            .where(Coding.run_id == run_id, Comment.response_id == response_id)
        )
        query = select(Theme).where(Theme.run_id == run_id, Theme.kind != "few", Theme.theme_id.in_(mine))
        rows = session.scalars(query.order_by(Theme.position)).all()
    said = became(store, survey.survey_id)
    found = []
    for theme in report_themes(store, survey, run_id, rows):
        names = theme.names_by_people
        if names and not theme.decided.is_out:
            found.append(OwnTheme(names, said.get(theme.id, Became())))
    return found


def was_sorted(session: Session, run_id: int, response_id: str) -> bool:
    read = select(CommentReading.comment_id).join(Comment, Comment.id == CommentReading.comment_id)
    here = read.where(CommentReading.run_id == run_id, Comment.response_id == response_id)
    return session.scalar(here.limit(1)) is not None

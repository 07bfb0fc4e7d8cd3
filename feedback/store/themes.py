"""What an analysis found, kept as references to comments: no one's words are copied.

Names and keywords that the machine made out of people's words are sealed, and emptied when one of
those people withdraws (removal.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from analysis import Codebook, ThemeSet
from analysis import Theme as FoundTheme

from . import figures, flags, heeded, learned_words, runs
from .comments import CommentToSort
from .database import Store
from .heeded import Heeded
from .learned_words import LearnedWords
from .loop_models import Moved, ToCheck
from .models import Coding, Comment, CommentReading, Response, Run, Theme, ThemeQuote


def save(
    store: Store,
    lease: runs.Lease,
    found: ThemeSet,
    sorted_comments: Sequence[CommentToSort],
    today: date,
    codebook: Codebook | None = None,
    went_by: Heeded | None = None,
) -> bool:
    """Store a whole analysis and mark its run done, together or not at all; `went_by` is what people said.

    False when the run is no longer this worker's. Comments withdrawn while the analysis ran are left
    out, and so are the learned words of each theme that leaned on one.
    """
    numbers = figures.build(store, lease.survey_id, found, sorted_comments)
    with store.write() as session:
        runs.lock_survey(session, lease.survey_id)
        kept = set(
            session.scalars(
                select(Comment.id)
                .join(Response, Comment.response_id == Response.id)
                .where(Response.survey_id == lease.survey_id)
            )
        )
        touched = {coding.theme_id for coding in found.codings if coding.comment_id not in kept}
        still_there = [comment for comment in sorted_comments if comment.id in kept]
        if len(still_there) < len(sorted_comments):
            numbers = figures.build(store, lease.survey_id, found, still_there)
        numbers |= heeded.figures(found, went_by, codebook)
        if not runs.finish(session, lease, today, found.model, numbers):
            return False
        drop_earlier(session, lease)
        flags.save(session, lease.survey_id, lease.run_id, found, kept)
        for table, rows in (
            (Theme, theme_rows(store, lease.run_id, found, written_by_us(codebook), touched)),
            (Coding, coding_rows(lease.run_id, found, kept)),
            (ThemeQuote, quote_rows(lease.run_id, found, kept)),
            (CommentReading, reading_rows(lease.run_id, found, still_there)),
            (ToCheck, queue_rows(lease.run_id, found, still_there)),
            (Moved, moved_rows(lease.run_id, found, still_there)),
        ):
            if rows:
                session.execute(insert(table), rows)
    return True


def drop_earlier(session: Session, lease: runs.Lease) -> None:
    """Of earlier runs only the figures are kept."""
    earlier = select(Run.id).where(Run.survey_id == lease.survey_id, Run.id != lease.run_id)
    for table in (Theme, Coding, ThemeQuote, CommentReading, ToCheck, Moved):
        session.execute(delete(table).where(table.run_id.in_(earlier)))


def written_by_us(codebook: Codebook | None) -> dict[str, dict[str, Any]]:
    """What a codebook says beside name and meaning: kept with the run, so that a report outlives it."""
    return {
        theme.id: {"names": theme.names, "not": theme.exclusions}
        for theme in (codebook.themes if codebook else ())
    }


def theme_rows(
    store: Store, run_id: int, found: ThemeSet, ours: dict[str, dict[str, Any]], touched: set[str]
) -> list[dict[str, Any]]:
    return [
        {
            "run_id": run_id,
            "theme_id": theme.id,
            "kind": theme.kind,
            "position": position,
            "from_codebook": (
                {"name": theme.name, "definition": theme.meaning} | ours.get(theme.id, {})
                if is_ours(theme, ours)
                else None
            ),
            "learned_words_sealed": (
                None if theme.id in touched else learned_words.seal(store, run_id, theme.id, learned(theme))
            ),
        }
        for position, theme in enumerate(found.themes)
    ]


def is_ours(theme: FoundTheme, ours: dict[str, dict[str, Any]]) -> bool:
    """Named by a codebook. What people confirmed sorts like one, but its name is theirs (theme_edits.py)."""
    return theme.kind == "codebook" and (not ours or theme.id in ours)


def learned(theme: FoundTheme) -> LearnedWords:
    return LearnedWords({} if theme.kind == "codebook" else theme.names, theme.keywords_by_language)


def coding_rows(run_id: int, found: ThemeSet, kept: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "run_id": run_id,
            "comment_id": coding.comment_id,
            "theme_id": coding.theme_id,
            "score": coding.score,
            "start": coding.start,
            "end": coding.end,
            "primary": coding.primary,
            "by_person": coding.by_person,
            "near": [[near.theme_id, near.likeness, near.example, near.comment_id] for near in coding.near],
        }
        for coding in found.codings
        if coding.comment_id in kept
    ]


def quote_rows(run_id: int, found: ThemeSet, kept: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "run_id": run_id,
            "comment_id": quote.comment_id,
            "theme_id": theme.id,
            "position": position,
            "start": quote.start,
            "end": quote.end,
            "language": quote.language,
            "other_view": quote is theme.other_view,
        }
        for theme in found.themes
        for position, quote in enumerate((theme.subtitle, *theme.quotes, theme.other_view))
        if quote and quote.comment_id in kept
    ]


def reading_rows(run_id: int, found: ThemeSet, comments: Sequence[CommentToSort]) -> list[dict[str, Any]]:
    return [
        {
            "run_id": run_id,
            "comment_id": comment.id,
            "language": found.languages.get(comment.id),
            "tone": found.tones.get(comment.id, "not scored"),
        }
        for comment in comments
    ]


def queue_rows(run_id: int, found: ThemeSet, comments: Sequence[CommentToSort]) -> list[dict[str, Any]]:
    """Only what a person may read can be asked of one."""
    readable = {comment.id for comment in comments if comment.readable}
    return [
        {"run_id": run_id, "comment_id": asked.comment_id, "position": position, "why": asked.why}
        for position, asked in enumerate(found.to_check)
        if asked.comment_id in readable
    ]


def moved_rows(run_id: int, found: ThemeSet, comments: Sequence[CommentToSort]) -> list[dict[str, Any]]:
    readable = {comment.id for comment in comments if comment.readable}
    return [
        {
            "run_id": run_id,
            "comment_id": change.comment_id,
            "before": list(change.before),
            "after": list(change.after),
            "why": change.why,
        }
        for change in found.changes
        if change.comment_id in readable
    ]

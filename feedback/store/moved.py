"""Which comments have other themes since the run before: places only, as everywhere in a report."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from feedback.survey.reading_choice import Reader

from .database import Store
from .loop_models import Moved
from .models import Comment, CommentReading, Response
from .report import Span


@dataclass(frozen=True)
class Move:
    """Theme ids, sorted; none where a comment fitted, or fits, nowhere. `why` as analysis.records.Because."""

    span: Span
    before: list[str]
    after: list[str]
    why: str


def moves(store: Store, reader: Reader, run_id: int) -> list[Move]:
    """Those of comments that this reader may see, reason by reason."""
    query = (
        select(
            Moved, func.coalesce(CommentReading.language, Response.language).label("language"),
            func.coalesce(CommentReading.tone, "not scored").label("tone"),
        )
        .join(Comment, Comment.id == Moved.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .outerjoin(
            CommentReading,
            (CommentReading.comment_id == Moved.comment_id) & (CommentReading.run_id == Moved.run_id),
        )
        .where(Moved.run_id == run_id, Response.reading_choice >= int(reader))
        .order_by(Moved.why, Moved.comment_id)
    )  # fmt: skip
    with store.read() as session:
        return [
            Move(
                Span(row.Moved.comment_id, 0, 0, row.language, row.tone),
                row.Moved.before, row.Moved.after, row.Moved.why,
            )
            for row in session.execute(query)
        ]  # fmt: skip

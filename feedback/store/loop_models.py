"""A person in the loop: what people checked and decided, what they are asked next, what moved since.

Checks and edits are only ever added to: each row holds the whole state after it, so the newest one counts
and taking it back is one more row.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from .models import Base


class CommentCheck(Base):
    """What a person said of a comment's themes. Goes with its comment."""

    __tablename__ = "comment_check"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a withdrawal must not free a number for use again
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str] = mapped_column(String(10))  # checked, open (nobody's word counts), skipped
    theme_ids: Mapped[list[str]] = mapped_column(JSON)  # the main one first; none where no theme fits
    random: Mapped[bool]  # it was drawn at random, so it can tell how the machine does
    undoes: Mapped[int | None]  # the row that this one takes back
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_on: Mapped[date]


class ThemeEdit(Base):
    """What a person decided about a theme, with everything decided before it that still holds."""

    __tablename__ = "theme_edit"
    __table_args__ = (Index(None, "survey_id", "theme_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    theme_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))  # codebook, suggested, few: as it was then
    deed: Mapped[str] = mapped_column(String(10))  # name, merge, reject, confirm, show, hide, undo
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # name and meaning: may echo people's
    merged_into: Mapped[str | None] = mapped_column(String(80))
    not_a_theme: Mapped[bool]
    confirmed: Mapped[bool]
    shown: Mapped[bool]  # a person looked at a few-people group and let readers see it
    undoes: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_on: Mapped[date]


class EditedComment(Base):
    """A comment that a theme had when a person decided about it: what the decision was about."""

    __tablename__ = "edited_comment"
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    theme_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    comment_id: Mapped[str] = mapped_column(
        ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    start: Mapped[int]
    end: Mapped[int]


class ToCheck(Base):
    """The comments that a run would have a person check next."""

    __tablename__ = "to_check"
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    comment_id: Mapped[str] = mapped_column(
        ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    why: Mapped[str] = mapped_column(String(12))  # instructive, random, rare


class Moved(Base):
    """A comment that has other themes in this run than in the one before."""

    __tablename__ = "moved"
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    comment_id: Mapped[str] = mapped_column(
        ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    before: Mapped[list[str]] = mapped_column(JSON)
    after: Mapped[list[str]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(String(24))

"""Who read a comment for personal details, and what they took out. Both go with their comment."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from .models import Base


class CommentRead(Base):
    """A person read these very words and said what is to be taken out: only then may they leave the site."""

    __tablename__ = "comment_read"
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    demonstration: Mapped[bool]  # invented words that nobody had to read
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_on: Mapped[date]


class Redaction(Base):
    """text[start:end] of a comment, in code points, is shown to nobody but who checks it."""

    __tablename__ = "redaction"
    comment_id: Mapped[str] = mapped_column(
        ForeignKey("comment_read.comment_id", ondelete="CASCADE"), primary_key=True
    )
    start: Mapped[int] = mapped_column(primary_key=True)
    end: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))

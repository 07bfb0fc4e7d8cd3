"""What a run would have a person read first, and what a person did about it. Both go with their comment."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from .models import Base


class Flag(Base):
    """A comment that sounds like one of the sensitive topics; kept only where some person may open it."""

    __tablename__ = "flag"
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    comment_id: Mapped[str] = mapped_column(
        ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    score: Mapped[float]
    start: Mapped[int]
    end: Mapped[int]


class FlagReading(Base):
    """Somebody opened a flagged comment, or said what was done about one of its topics. Only added to."""

    __tablename__ = "flag_reading"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str] = mapped_column(String(40))  # empty for an opening: that is of all the words
    deed: Mapped[str] = mapped_column(String(12))  # opened, read, passed_on, nothing
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # may echo the person's words
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_on: Mapped[date]

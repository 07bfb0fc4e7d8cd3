"""What people said instead of writing it, what staff wrote down of it, and questions read aloud."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .models import Base


class Recording(Base):
    """One spoken answer. The draft's until that is sent, then the response's; it dies with either."""

    __tablename__ = "recording"
    __table_args__ = (
        UniqueConstraint("draft_key_hash", "question"),
        UniqueConstraint("response_id", "question"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_key_hash: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), ForeignKey("draft.key_hash", ondelete="CASCADE")
    )
    response_id: Mapped[str | None] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"))
    question: Mapped[str] = mapped_column(String(60))
    media: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))  # keyed: tells the same sound posted twice
    audio_sealed: Mapped[bytes]


class Transcript(Base):
    """A comment that somebody wrote down from a recording."""

    __tablename__ = "transcript"
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    recording_id: Mapped[str] = mapped_column(ForeignKey("recording.id", ondelete="CASCADE"), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    written_on: Mapped[date]


class SpokenQuestion(Base):
    """A question read aloud by somebody the owner asked. Everybody may hear it, so it is not sealed."""

    __tablename__ = "spoken_question"
    __table_args__ = (UniqueConstraint("survey_id", "question", "language"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    question: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(35))
    words_hash: Mapped[str] = mapped_column(String(64))  # of the words that were read
    media: Mapped[str] = mapped_column(String(20))
    audio: Mapped[bytes]
    uploaded_on: Mapped[date]

"""What owners made of a survey's codebook: sealed, because its examples may be somebody's words."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .models import Base


class CodebookVersion(Base):
    """Never changed; the highest number is used. A survey without one uses the shipped codebook it names."""

    __tablename__ = "codebook_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    document_hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # keyed: the words can't be guessed from it
    document_sealed: Mapped[bytes]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_on: Mapped[date]


class CodebookProposal(Base):
    """Uploaded or gone back to, and not yet confirmed: at most one for a survey."""

    __tablename__ = "codebook_proposal"
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    compared_with: Mapped[int]  # the version whose differences were shown; 0 is the shipped codebook
    document_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    document_sealed: Mapped[bytes]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_on: Mapped[date]

"""How people get to a survey: short links, invitations, other sites that show it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .models import Base


class ShortLink(Base):
    """A short address for a survey, in one language or the phone's own, with a service chosen or not."""

    __tablename__ = "short_link"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    service: Mapped[str | None] = mapped_column(String(100))
    language: Mapped[str | None] = mapped_column(String(35))
    made_on: Mapped[date]


class Invitation(Base):
    """A code for one answer. Whether it was used, never when or for what."""

    __tablename__ = "invitation"
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    service: Mapped[str | None] = mapped_column(String(100))
    used: Mapped[bool] = mapped_column(default=False)


class FramingSite(Base):
    """Another site that may show the survey within its own page."""

    __tablename__ = "framing_site"
    __table_args__ = (UniqueConstraint("survey_id", "origin"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    origin: Mapped[str] = mapped_column(String(300))

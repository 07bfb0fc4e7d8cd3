"""What became of a theme, as the people who commission say it. Only ever added to: the newest row counts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .models import Base


class ThemeStatus(Base):
    __tablename__ = "theme_status"
    __table_args__ = (Index(None, "survey_id", "theme_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    theme_id: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(10))  # listening, trying, changed, cannot
    words: Mapped[dict[str, str]] = mapped_column(JSON)  # by language: said to everyone, so not sealed
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    made_on: Mapped[date]

"""Who may sign in, and the sessions that the server can end."""

from __future__ import annotations

from flask_security import RoleMixin, UserMixin
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .models import Base

user_role = Table(
    "user_role",
    Base.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    __tablename__ = "role"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str | None] = mapped_column(String(255))


class User(Base, UserMixin):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    roles: Mapped[list[Role]] = relationship(secondary=user_role)  # type: ignore[assignment]


class StaffSession(Base):
    """A server-side session: deleting the row signs the person out."""

    __tablename__ = "staff_session"
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    content_sealed: Mapped[bytes]
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)

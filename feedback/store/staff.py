"""People who may sign in: kept apart from everything that respondents leave."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from flask_security.datastore import UserDatastore
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from .database import Store
from .staff_models import Role, User


class StaffDatastore(UserDatastore):
    """What Flask-Security asks of a datastore; each call is its own short transaction."""

    def __init__(self, store: Store) -> None:
        super().__init__(User, Role)
        self.store = store

    def find_user(self, case_insensitive: bool = False, **attribute: Any) -> User | None:
        ((name, value),) = attribute.items()
        column = getattr(User, name)
        matches = func.lower(column) == str(value).lower() if case_insensitive else column == value
        with self.store.read() as session:
            return session.scalar(select(User).options(selectinload(User.roles)).where(matches))

    def find_role(self, role: str) -> Role | None:
        with self.store.read() as session:
            return session.scalar(select(Role).where(Role.name == role))

    def put(self, model: Any) -> Any:
        with self.store.write() as session:
            session.merge(model)
        return model

    def commit(self) -> None:
        """Every put() has committed already."""


def save(store: Store, email: str, password_hash: str, roles: Collection[str]) -> None:
    """Add a person or give them a new password and these roles; earlier sessions end."""
    with store.write() as session:
        user = session.scalar(select(User).where(User.email == email))
        if user is None:
            user = User(email=email, active=True)
            session.add(user)
        user.password = password_hash
        user.fs_uniquifier = uuid.uuid4().hex
        user.roles = [role_named(session, name) for name in sorted(roles)]


def role_named(session: Session, name: str) -> Role:
    role = session.scalar(select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name)
        session.add(role)
    return role


def renew_uniquifier(store: Store, email: str) -> str | None:
    """Make every session of this person worthless; the old uniquifier, or None if nobody has this e-mail."""
    with store.write() as session:
        user = session.scalar(select(User).where(User.email == email))
        if user is None:
            return None
        old, user.fs_uniquifier = user.fs_uniquifier, uuid.uuid4().hex
        return old

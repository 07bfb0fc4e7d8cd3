"""Can we still reach the database?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from .database import Store


def is_reachable(store: Store) -> bool:
    try:
        with store.read() as session:
            return session.scalar(select(1)) == 1
    except DBAPIError:
        return False

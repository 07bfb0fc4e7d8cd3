"""One door to the database: connections, transactions, migrations."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session

from .encryption import Keyring
from .turns import Turns

POOL = 12  # more than a server process has threads: what overflows is opened anew each time
RESTED = 0.5  # seconds: longer than between two pages of a busy day, shorter than a restart takes
MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """The database and the keys. Every query module takes one of these first."""

    def __init__(self, url: str, keyring: Keyring) -> None:
        self.url = url
        self.keyring = keyring
        self.engine = make_engine(url)
        self._writer = self.engine.execution_options(immediate=True)
        # One statement sees one state of the data by itself: PostgreSQL is spared a BEGIN and a ROLLBACK.
        by_itself = {} if url.startswith("sqlite") else {"isolation_level": "AUTOCOMMIT"}
        self._reader = self.engine.execution_options(**by_itself)
        file = self.engine.url.database if url.startswith("sqlite") else None
        self._turn = Turns(Path(file)).mine if file else nullcontext

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: all of it or none. Do the thinking before opening it."""
        with self._turn(), Session(self._writer) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """For the single statement of a page that a respondent opens: without a session, at half its cost."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Like write(), without a session."""
        with self._turn(), self._writer.begin() as connection:
            yield connection

    def migrate(self, revision: str = "head") -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self._writer.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            connection.commit()


def make_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_size=POOL, hide_parameters=True)
        event.listen(engine, "checkin", note_rest)
        event.listen(engine, "checkout", partial(wake, engine))
        return engine
    path = url.removeprefix("sqlite:///")
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=POOL, connect_args={"timeout": 10}, hide_parameters=True)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


def note_rest(_connection: Any, record: Any) -> None:
    record.info["rests since"] = time.monotonic()


def wake(engine: Engine, connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that rested is asked whether it is still there, so that a database that was started again
    costs nobody an error. Asking each time would cost every page a round trip."""
    rested = time.monotonic() - record.info.get("rests since", time.monotonic())
    if rested < RESTED:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        raise DisconnectionError from None  # SQLAlchemy opens a new one


def prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own: begin_sqlite does
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a thank-you page means the story is on disk
        "foreign_keys=ON",
        "secure_delete=ON",  # deleted means overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: Connection) -> None:
    # Taking the write lock at the start waits its turn; upgrading a read lock later fails at once.
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

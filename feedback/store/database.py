"""One door to the database: connections, transactions, migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from .encryption import Keyring
from .turns import Turns

POOL = 12  # more than a server process has threads: what overflows is opened anew each time
MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """The database and the keys. Every query module takes one of these first."""

    def __init__(self, url: str, keyring: Keyring) -> None:
        self.url = url
        self.keyring = keyring
        self.engine = make_engine(url)
        self._writer = self.engine.execution_options(immediate=True)
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
        """For the statements of every page a respondent opens: without a session, at half its cost."""
        with self.engine.connect() as connection:
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
        return create_engine(url, pool_size=POOL, pool_pre_ping=True, hide_parameters=True)
    path = url.removeprefix("sqlite:///")
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=POOL, connect_args={"timeout": 10}, hide_parameters=True)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    return engine


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

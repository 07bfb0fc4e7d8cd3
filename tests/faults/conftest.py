"""Servers that may be killed, on data that must survive it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedback.store.database import Store
from feedback.store.encryption import read_key_file
from tests.support import surveys
from tests.support.live import LiveServer
from tests.support.postgres import Databases, NoPostgres, PostgresServer

Site = tuple[LiveServer, Store]


@pytest.fixture
def doomed_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of its own, waiting for the disk as a real one does."""
    try:
        server = PostgresServer(durable=True)
    except NoPostgres as error:
        pytest.fail(str(error), pytrace=False)
    yield server.start()
    server.remove()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def site(
    request: pytest.FixtureRequest, migrated: Path, tmp_path: Path
) -> Iterator[tuple[LiveServer, Store]]:
    """The live site with the story survey, and the store behind it."""
    instance = Path(shutil.copytree(migrated, tmp_path / "instance"))
    url = f"sqlite:///{instance / 'heard.db'}"
    if request.param == "postgresql":
        postgres: PostgresServer = request.getfixturevalue("doomed_postgres")
        url = Databases(postgres.plain_url("postgres")).create()
    store = Store(url, read_key_file(instance / "heard.key"))
    store.migrate()
    surveys.publish(store, "story")
    server = LiveServer(instance, url).start()
    yield server, store
    server.stop()
    store.engine.dispose()

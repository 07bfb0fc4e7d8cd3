"""The store on both of its databases: every test here runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from feedback.store.database import Store
from feedback.store.encryption import Keyring, create_key_file, read_key_file
from feedback.store.surveys import PublishedSurvey
from tests.support import surveys
from tests.support.postgres import Databases, NoPostgres, databases


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    create_key_file(tmp_path / "heard.key")
    return read_key_file(tmp_path / "heard.key")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    try:
        with databases() as found:
            yield found
    except NoPostgres as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Databases, migrated: Path) -> Iterator[str]:
    """The name of a migrated database, for tests to copy."""
    url = postgres.create()
    store = Store(url, read_key_file(migrated / "heard.key"))
    store.migrate()
    store.engine.dispose()
    yield str(make_url(url).database)
    postgres.drop(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> Iterator[str]:
    """The URL of a migrated, empty database."""
    if request.param == "sqlite":
        shutil.copy(migrated / "heard.db", tmp_path / "heard.db")
        yield f"sqlite:///{tmp_path / 'heard.db'}"
        return
    postgres: Databases = request.getfixturevalue("postgres")
    url = postgres.create(request.getfixturevalue("migrated_postgres"))
    yield url
    postgres.drop(url)


@pytest.fixture
def store(database: str, keyring: Keyring) -> Iterator[Store]:
    opened = Store(database, keyring)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def publish(store: Store) -> Callable[[str], PublishedSurvey]:
    return lambda name: surveys.publish(store, name)


@pytest.fixture
def story(publish: Callable[[str], PublishedSurvey]) -> PublishedSurvey:
    return publish("story")

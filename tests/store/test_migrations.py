"""The tables that migrations make are the tables that the models say."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from feedback.store import (  # noqa: F401  they fill the metadata
    codebook_models,
    flag_models,
    loop_models,
    reach_models,
    redaction_models,
    staff_models,
    status_models,
)
from feedback.store.database import Store
from feedback.store.models import Base, Survey
from tests.support.telling import count


def test_migrations_make_what_the_models_say(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_unique_key_and_foreign_key_has_a_name(store: Store) -> None:
    """An error names its constraint, and a later migration can drop it."""
    for table in inspect(store.engine).get_table_names():
        if table == "alembic_version":
            continue
        constraints = inspect(store.engine).get_unique_constraints(table)
        constraints += inspect(store.engine).get_foreign_keys(table)  # type: ignore[arg-type]
        assert all(constraint["name"] for constraint in constraints), table


def test_migrating_again_changes_nothing(store: Store, publish) -> None:
    publish("story")
    store.migrate()
    store.migrate()
    assert count(store, Survey) == 1


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    class Interrupted(Exception):
        pass

    try:
        with store.write() as session:
            session.add(Survey(slug="half"))
            session.flush()
            raise Interrupted
    except Interrupted:
        pass
    assert count(store, Survey) == 0


def test_sqlite_waits_for_the_disk_and_overwrites_what_is_deleted(store: Store) -> None:
    if not store.url.startswith("sqlite"):
        with store.engine.connect() as connection:
            assert connection.scalar(text("SHOW synchronous_commit")) == "on"
        return
    with store.engine.connect() as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}

"""The three sites that are measured side by side, each fresh: over nothing, SQLite and PostgreSQL."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from feedback.store.database import Store
from feedback.store.encryption import create_key_file, read_key_file
from tests.support import surveys
from tests.support.live import LiveServer
from tests.support.postgres import Databases, PostgresServer


@dataclass(frozen=True)
class Site:
    name: str
    server: LiveServer
    store: Store


@contextmanager
def site(name: str) -> Iterator[Site]:
    """`name` is nothing, SQLite or PostgreSQL; the database waits for the disk as in service."""
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        instance = Path(folder)
        postgres = PostgresServer(durable=True).start() if name == "PostgreSQL" else None
        url = f"sqlite:///{instance / 'heard.db'}"
        if postgres is not None:
            url = Databases(postgres.plain_url("postgres")).create()
        create_key_file(instance / "heard.key")
        store = Store(url, read_key_file(instance / "heard.key"))
        store.migrate()
        published = surveys.publish(store, "story")
        app = "tests.bench.null_app:app" if name == "nothing" else "wsgi:app"
        server = LiveServer(instance, url, app)
        server.environ["HEARD_BENCH_VERSION"] = str(published.version_id)
        try:
            yield Site(name, server.start(), store)
        finally:
            server.stop()
            store.engine.dispose()
            if postgres is not None:
                postgres.remove()


def fsyncs_per_second(seconds: float = 1.0) -> float:
    """How fast this disk says that it has written: without it no other figure means anything."""
    with tempfile.TemporaryFile(buffering=0) as file:
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            count += 1
        return count / (time.perf_counter() - start)

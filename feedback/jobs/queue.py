"""The queue reminds a worker that runs wait. It may forget; the table of runs does not."""

from __future__ import annotations

import logging
import sqlite3
import time
from functools import cached_property
from typing import TYPE_CHECKING

from huey import SqliteHuey, crontab

from feedback.settings import Settings
from feedback.store import drafts, staff_sessions
from feedback.store.database import Store

if TYPE_CHECKING:
    from .worker import Worker

log = logging.getLogger("heard.jobs")


class Queue:
    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store

    @cached_property
    def worker(self) -> Worker:
        from .worker import Worker  # brings numpy along: only for those who really work

        return Worker(self._store)

    @cached_property
    def huey(self) -> SqliteHuey:
        """Made when first needed: most commands and pages never touch the queue's file."""
        self._settings.instance.mkdir(parents=True, exist_ok=True)
        huey = SqliteHuey("heard", filename=str(self._settings.queue_file), results=False)

        @huey.task(name="work")  # type: ignore[untyped-decorator]
        def work(_run_id: int) -> None:
            self.worker.drain()

        @huey.periodic_task(crontab(minute="*"), name="reconcile")  # type: ignore[untyped-decorator]
        def reconcile() -> None:
            self.worker.drain()

        @huey.periodic_task(crontab(minute="0"), name="sweep")  # type: ignore[untyped-decorator]
        def sweep() -> None:
            drafts.purge(self._store, time.time())
            staff_sessions.purge(self._store, time.time())

        self._work = work
        return huey

    def remind(self, run_id: int) -> None:
        try:
            huey = self.huey
            huey.enqueue(self._work.s(run_id))
        except (OSError, sqlite3.Error) as error:  # the worker looks at the table every minute anyway
            log.warning("the queue could not be reached: %s", type(error).__name__)

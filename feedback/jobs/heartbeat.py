"""Shows that a run is being worked on, and how far, for as long as it is."""

from __future__ import annotations

import threading
import time
from types import TracebackType

from sqlalchemy.exc import DBAPIError

from feedback.store import runs
from feedback.store.database import Store

SECONDS_BETWEEN = 2.0


class LeaseLost(Exception):
    """Another worker has this run now: stop."""


class Heartbeat:
    """Renews the lease from a thread of its own, since one step of an analysis may be long and silent."""

    def __init__(self, store: Store, lease: runs.Lease) -> None:
        self._store = store
        self._lease = lease
        self._progress = ("", 0, 0)
        self._lost = False
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"run {lease.run_id}", daemon=True)

    def progress(self, stage: str, done: int, total: int) -> None:
        """What `analyse` calls as it goes."""
        self._progress = (stage, done, total)
        if self._lost:
            raise LeaseLost

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(SECONDS_BETWEEN):
            try:
                ours = runs.beat(self._store, self._lease, time.time(), *self._progress)
            except DBAPIError:  # the database may be back before the lease is over
                continue
            if not ours:
                self._lost = True
                return

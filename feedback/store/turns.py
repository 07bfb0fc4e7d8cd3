"""Whose turn it is to write to SQLite, across threads and processes.

SQLite lets one writer in at a time and has the others look again after ever longer pauses, up to a tenth
of a second: under load some wait for a second and more. Here they queue. Nothing leans on this for being
right: SQLite's own lock decides, and who waits too long goes on to it and is told there.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST_WAIT = 10.0
PAUSE = 0.0005  # between looks at another process's turn


class Turns:
    def __init__(self, database: Path) -> None:
        self._within = threading.Lock()
        self._file: int | None = None
        try:
            self._file = os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:  # a full disk: SQLite will say so in its own way
            return
        weakref.finalize(self, os.close, self._file)

    @contextmanager
    def mine(self) -> Iterator[None]:
        until = time.monotonic() + LONGEST_WAIT
        mine_within = self._within.acquire(timeout=LONGEST_WAIT)
        mine_outside = mine_within and self._file is not None and hold(self._file, until)
        try:
            yield
        finally:
            if mine_outside and self._file is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
            if mine_within:
                self._within.release()


def hold(file: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(PAUSE)
        else:
            return True

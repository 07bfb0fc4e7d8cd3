"""Guessing passwords is slowed, per name and for everybody together, without knowing where guesses come from.

Kept in memory under keyed hashes and forgotten in minutes: no address, no e-mail, nothing on disk.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 600
PER_NAME = 10
ALTOGETHER = 300  # each guess costs us an argon2 hash: this many is about a tenth of one core


class Attempts:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: deque[tuple[float, bytes]] = deque()

    def too_many(self, name: bytes) -> bool:
        with self._lock:
            self._forget_old()
            of_name = sum(1 for _, failed in self._failures if failed == name)
            return of_name >= PER_NAME or len(self._failures) >= ALTOGETHER

    def failed(self, name: bytes) -> None:
        with self._lock:
            self._failures.append((self._clock(), name))

    def succeeded(self, name: bytes) -> None:
        with self._lock:
            self._failures = deque(entry for entry in self._failures if entry[1] != name)

    def _forget_old(self) -> None:
        oldest = self._clock() - WINDOW_SECONDS
        while self._failures and self._failures[0][0] < oldest:
            self._failures.popleft()

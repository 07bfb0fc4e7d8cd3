"""Slows down whoever guesses receipt codes. In memory only: an address is never kept, not even hashed, past
the day, and never written anywhere.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time

AN_HOUR, A_DAY = 3600, 24 * 3600
# A whole library behind one address is never locked out: a mistyped code is caught by its check digit
# and isn't counted. 300 guesses an hour at 10**15 codes find nothing in a lifetime.
MOST_AN_HOUR = 300
MOST_REMEMBERED = 50_000


class Misses:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._salt = secrets.token_bytes(32)
        self._salted_at = time.time()
        self._counts: dict[bytes, tuple[float, int]] = {}  # when the hour began, misses in it

    def add(self, address: str | None) -> None:
        with self._lock:
            name, now = self._name(address), time.time()
            began, count = self._counts.get(name, (now, 0))
            if now - began > AN_HOUR:
                began, count = now, 0
            if len(self._counts) >= MOST_REMEMBERED:
                self._counts = {key: value for key, value in self._counts.items() if now - value[0] < AN_HOUR}
            self._counts[name] = (began, count + 1)

    def too_many(self, address: str | None) -> bool:
        with self._lock:
            began, count = self._counts.get(self._name(address), (0.0, 0))
            return count >= MOST_AN_HOUR and time.time() - began <= AN_HOUR

    def _name(self, address: str | None) -> bytes:
        if time.time() - self._salted_at > A_DAY:
            self._salt, self._salted_at, self._counts = secrets.token_bytes(32), time.time(), {}
        return hashlib.blake2b((address or "").encode(), key=self._salt, digest_size=16).digest()

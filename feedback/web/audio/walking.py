"""What all kinds share: a file is walked part by part, to its end and no further."""

from __future__ import annotations

# Over an hour of MP3, where five minutes may be spoken. A file made of tiny parts, to keep the server busy,
# has more.
MOST_PARTS = 150_000


class Broken(Exception):
    """A part runs past its end, is missing, or says what can't be."""

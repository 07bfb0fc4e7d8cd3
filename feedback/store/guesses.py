"""Slows down whoever guesses receipt codes, however many processes serve the site.

No address is kept, not even hashed: addresses fall into 65,536 boxes by a keyed hash that changes each day,
and a box holds only how many guesses missed in it this hour.
"""

from __future__ import annotations

from sqlalchemy import delete, select

from .database import Store
from .models import MissedGuesses

AN_HOUR, A_DAY = 3600, 24 * 3600
# A whole library behind one address is never locked out: a mistyped code is caught by its check digit
# and isn't counted. 300 guesses an hour at 10**15 codes find nothing in a lifetime.
MOST_AN_HOUR = 300
BOX_BYTES = 2


def missed(store: Store, address: str | None, now: float) -> None:
    """One more guess from there found nothing."""
    place = where(store, address, now)
    with store.write() as session:
        session.execute(delete(MissedGuesses).where(MissedGuesses.hour < place["hour"]))
        counted = session.get(MissedGuesses, (place["hour"], place["box"]), with_for_update=True)
        if counted is None:
            counted = MissedGuesses(**place, count=0)
            session.add(counted)
        counted.count += 1


def too_many(store: Store, address: str | None, now: float) -> bool:
    place = where(store, address, now)
    query = select(MissedGuesses.count).where(
        MissedGuesses.hour == place["hour"], MissedGuesses.box == place["box"]
    )
    with store.read() as session:
        return (session.scalar(query) or 0) >= MOST_AN_HOUR


def where(store: Store, address: str | None, now: float) -> dict[str, int]:
    day = str(int(now) // A_DAY).encode()
    box = store.keyring.keyed_hash("guesses", day, (address or "").encode())[:BOX_BYTES]
    return {"hour": int(now) // AN_HOUR, "box": int.from_bytes(box)}

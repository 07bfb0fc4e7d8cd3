"""The signed token of a parcel: it comes from a page of ours, and maybe from a shared screen's."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.web.signing import read_for, sign_for

from .walk import KIOSK

PURPOSE = "outbox token"
LIFETIME = 14 * 24 * 3600  # seconds; an older one is exchanged, never a reason to lose what came with it


@dataclass(frozen=True)
class Token:
    on_kiosk: bool
    age: float

    @property
    def expired(self) -> bool:
        return self.age >= LIFETIME


def make(slug: str, on_kiosk: bool = False) -> str:
    return sign_for(PURPOSE, slug, *([KIOSK] if on_kiosk else []))


def read(slug: str, text: str) -> Token:
    """Whatever its age: what was signed stays so. Raises Forged."""
    claims, age = read_for(PURPOSE, slug, text)
    return Token(KIOSK in claims, age)

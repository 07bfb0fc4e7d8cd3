"""A text as it is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """A text with the language it really is in."""

    text: str
    language: str

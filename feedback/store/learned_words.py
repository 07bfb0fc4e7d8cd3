"""What the machine made of people's words about a theme: sealed, and emptied when one of them withdraws."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, cast

from .database import Store


@dataclass(frozen=True)
class LearnedWords:
    """Name and meaning only where the machine found the theme; a codebook's are ours."""

    name: str | None
    meaning: str | None
    keywords: list[str]


def seal(store: Store, run_id: int, theme_id: str, words: LearnedWords) -> bytes:
    return store.keyring.seal_json(asdict(words), place(run_id, theme_id))


def open_sealed(store: Store, run_id: int, theme_id: str, sealed: bytes | None) -> LearnedWords:
    """The learned words of a theme; nothing where they went with someone who withdrew."""
    if sealed is None:
        return LearnedWords(None, None, [])
    return LearnedWords(**cast(dict[str, Any], store.keyring.open_json(sealed, place(run_id, theme_id))))


def place(run_id: int, theme_id: str) -> str:
    return f"theme.words:{run_id}:{theme_id}"

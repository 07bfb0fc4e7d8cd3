"""What the machine made of people's words about a theme: sealed, and emptied when one of them withdraws."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, cast

from .database import Store


@dataclass(frozen=True)
class LearnedWords:
    """By language tag. Names only where the machine found the theme; a codebook's are ours."""

    names: dict[str, str] = field(default_factory=dict)
    keywords: dict[str, list[str]] = field(default_factory=dict)


def seal(store: Store, run_id: int, theme_id: str, words: LearnedWords) -> bytes:
    return store.keyring.seal_json(asdict(words), place(run_id, theme_id))


def open_sealed(store: Store, run_id: int, theme_id: str, sealed: bytes | None) -> LearnedWords:
    """The learned words of a theme; nothing where they went with someone who withdrew.

    Runs of the first version kept no language with them: nothing of those either.
    """
    if sealed is None:
        return LearnedWords()
    kept = cast(dict[str, Any], store.keyring.open_json(sealed, place(run_id, theme_id)))
    by_language = (each.name for each in fields(LearnedWords) if isinstance(kept.get(each.name), dict))
    return LearnedWords(**{name: kept[name] for name in by_language})


def place(run_id: int, theme_id: str) -> str:
    return f"theme.words:{run_id}:{theme_id}"

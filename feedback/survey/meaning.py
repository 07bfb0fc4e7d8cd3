"""What a story means to its teller: a few light questions on one page, after the story.

What it is about can be chosen from the themes of the survey's codebook, as they were when it was published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from .parts import Meaning, MeaningTheme, Option, Page, Question
from .phrase import Phrase
from .site_words import Said, site_words

PAGE = "meaning"
PREFIX = "meaning_"
ABOUT, WORDS, MATTERED, HEAR = (PREFIX + name for name in ("about", "words", "mattered", "hear"))
MOST_THEMES = 3


@lru_cache
def ready() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return document


def page(meaning: Meaning) -> Page | None:
    """None where nothing of it is asked."""
    themes = tuple(Option(id=theme.id, label=theme.name) for theme in meaning.themes)
    asked = [
        Question.model_validate(
            question | {"id": PREFIX + question["id"]} | of_themes(themes, PREFIX + question["id"])
        )
        for question in ready()["questions"]
        if is_asked(PREFIX + question["id"], meaning)
    ]
    return Page(id=PAGE, title=ready()["title"], questions=tuple(asked)) if asked else None


def is_asked(question_id: str, meaning: Meaning) -> bool:
    return {
        MATTERED: meaning.mattered,
        HEAR: meaning.hear,
        ABOUT: meaning.about and len(meaning.themes) > 1,
        WORDS: meaning.about,
    }[question_id]


def of_themes(themes: tuple[Option, ...], question_id: str) -> dict[str, Any]:
    return {"options": themes, "most": MOST_THEMES} if question_id == ABOUT else {}


def words(meaning: Meaning) -> dict[str, Said]:
    """Every text of this page, by the key under which a page asks for it."""
    context = ready()["context"]
    found = {f"pages.{PAGE}.title": site_words(context, ready()["title"])}
    for question in ready()["questions"]:
        found |= {key: site_words(context, text) for key, text in texts(question)}
    for theme in meaning.themes:
        found[f"questions.{ABOUT}.options.{theme.id}"] = named(theme)
    return found


def texts(question: dict[str, Any]) -> Iterator[tuple[str, str]]:
    place = f"questions.{PREFIX}{question['id']}"
    yield f"{place}.label", question["label"]
    if "hint" in question:
        yield f"{place}.hint", question["hint"]
    for option in question.get("options", ()):
        yield f"{place}.options.{option['id']}", option["label"]


def named(theme: MeaningTheme) -> Said:
    return lambda language: (
        Phrase(theme.names[language], language) if language in theme.names else Phrase(theme.name, "en")
    )

"""Which translations a speaker has read: those of the pages themselves, and those of each survey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from feedback.settings import ROOT
from feedback.store.surveys import PublishedSurvey

FOLDER = ROOT / "translations"
REVIEWS = "REVIEWS"


@dataclass(frozen=True)
class Translation:
    """A draft until `reviewed_by` names the speaker who read it; `missing` texts show in another language."""

    language: str
    reviewed_by: str | None
    missing: int
    offered: bool = True


def of_survey(survey: PublishedSurvey) -> list[Translation]:
    return [
        Translation(tag, edition.reviewed_by, survey.missing(tag), tag in survey.languages)
        for tag, edition in sorted(survey.editions.items())
    ]


def of_pages(languages: Sequence[str], folder: Path = FOLDER) -> list[Translation]:
    """The words of buttons and messages; English is their source."""
    reviewers = read_reviews(folder / REVIEWS)
    return [
        Translation(tag, reviewers.get(tag), missing_messages(catalogue, catalogue.stat().st_mtime_ns))
        for tag in languages
        if (catalogue := catalogue_of(tag, folder)) is not None
    ]


def catalogue_of(tag: str, folder: Path) -> Path | None:
    wanted = tag.replace("-", "_")
    found = [
        path
        for path in folder.glob("*/LC_MESSAGES/messages.po")
        if path.parts[-3] == wanted or path.parts[-3].startswith(f"{wanted}_")
    ]
    return min(found, default=None)


def read_reviews(path: Path) -> dict[str, str]:
    """Lines of `tag: who read it`; a language without a line is a draft."""
    if not path.exists():
        return {}
    lines = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines())
    return {
        tag.strip(): reviewer.strip()
        for tag, _, reviewer in lines
        if reviewer.strip() and not tag.startswith("#")
    }


@lru_cache(maxsize=64)
def missing_messages(catalogue: Path, _changed: int) -> int:
    with catalogue.open("rb") as file:
        messages = read_po(file)
    return sum(1 for message in messages if message.id and (message.fuzzy or not all_forms(message.string)))


def all_forms(translation: str | Sequence[str] | None) -> bool:
    forms = [translation] if isinstance(translation, str) else list(translation or [])
    return bool(forms) and all(forms)

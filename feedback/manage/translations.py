"""How far each translation is: of the pages themselves, and of each survey."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from feedback.settings import ROOT
from feedback.store.surveys import PublishedSurvey
from feedback.survey.edition import source_texts
from feedback.survey.translating import Earlier, stale
from feedback.web.languages import LANGUAGES

from . import reviews
from .catalogue_faults import faults_of_header, faults_of_message

FOLDER = ROOT / "translations"


@dataclass(frozen=True)
class Translation:
    """A draft until `reviewed_by` names the speaker who read it; `missing` texts show in another language."""

    language: str
    reviewed_by: str | None
    missing: int
    offered: bool = True
    total: int = 0
    reviewed_on: date | None = None
    changed: bool = False  # since that speaker read it
    faulty: bool = False  # a page could break on it, so it can't be offered
    stale: int = 0  # of the missing ones, those translated before our own words changed

    @property
    def done(self) -> int:
        return self.total - self.missing


def of_survey(
    survey: PublishedSurvey, earlier: Mapping[str, Mapping[str, Earlier]] | None = None
) -> list[Translation]:
    """`earlier`: how texts were translated in versions before this one, by language and key."""
    total = len(source_texts(survey.definition))
    before = earlier or {}
    spoken = set(survey.editions) | set(before)
    found = []
    for tag in sorted(spoken, key=list(LANGUAGES).index if spoken <= set(LANGUAGES) else None):
        edition = survey.editions.get(tag)
        found.append(
            Translation(
                tag,
                edition.reviewed_by if edition else None,
                survey.missing(tag),
                tag in survey.languages,
                total,
                edition.reviewed_on if edition else None,
                stale=stale(survey.definition, edition.texts if edition else {}, before.get(tag, {})),
            )
        )
    return found


def of_pages(offered: Sequence[str] = (), folder: Path = FOLDER) -> list[Translation]:
    """The words of buttons and messages, of every language that has a catalogue; English is their source."""
    read = reviews.read(folder)
    found = []
    for tag, language in LANGUAGES.items():
        path = folder / language.babel / "LC_MESSAGES" / "messages.po"
        if not path.exists():
            continue
        measured = measure(tag, path, path.stat().st_mtime_ns)
        review = read.get(tag)
        found.append(
            replace(
                measured.translation,
                offered=tag in offered,
                reviewed_by=review.who if review else None,
                reviewed_on=review.on if review else None,
                changed=review is not None and review.mark != measured.mark,
            )
        )
    return found


@dataclass(frozen=True)
class Measured:
    translation: Translation
    mark: str


@lru_cache(maxsize=64)
def measure(tag: str, catalogue: Path, _changed: int) -> Measured:
    text = catalogue.read_text(encoding="utf-8")
    messages = [message for message in read_po(io.StringIO(text)) if message.id]
    missing = sum(
        1 for message in messages if message.fuzzy or not all(reviews.forms(message.string) or [""])
    )
    faulty = any(faults_of_header(text, tag)) or any(any(faults_of_message(each, tag)) for each in messages)
    return Measured(
        Translation(tag, None, missing, total=len(messages), faulty=faulty), reviews.mark_of(messages)
    )

"""One file of invented answers: JSON Lines, one person a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from feedback.store.database import Store
from feedback.store.responses import Submission
from feedback.store.surveys import PublishedSurvey
from feedback.survey.parts import WORDS
from feedback.survey.reading_choice import ReadingChoice
from feedback.survey.routing import on_path


@dataclass(frozen=True)
class DemoAnswer:
    id: str
    language: str
    service: str | None
    received: date
    mode: str
    reading: str | None
    answers: Mapping[str, Any]

    def submission(self, store: Store, survey: PublishedSurvey) -> Submission:
        """As if it had come through the pages, under a key that is the same each time."""
        definition = survey.definition
        kept = on_path(definition, self.answers)
        words = {name for name in kept if definition.question(name).type in WORDS}
        edition = survey.edition(self.language)
        return Submission(
            key=store.keyring.keyed_hash("demo", self.id.encode()),
            survey_id=survey.survey_id,
            version_id=survey.version_id,
            edition_id=edition.id if edition else None,
            language=self.language,
            mode=self.mode,
            received_on=self.received,
            reading_choice=ReadingChoice.from_answer(self.reading),
            service=self.service,
            words={name: kept[name] for name in kept if name in words},
            answers={name: kept[name] for name in kept if name not in words},
        )


def read_answers(file: Path) -> Iterator[DemoAnswer]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield DemoAnswer(
                id=row["id"],
                language=row["language"],
                service=row.get("service"),
                received=date.fromisoformat(row["received"]),
                mode=row["mode"],
                reading=row.get("reading"),
                answers=row["answers"],
            )

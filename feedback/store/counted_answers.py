"""What people said about themselves and about what their story means, counted for a run's figures.

Never one by the other, and never about themselves by theme: a cross of two could point at one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol, cast

from sqlalchemy import select

from feedback.survey import about_you, meaning
from feedback.survey.definition import Survey
from feedback.survey.routing import on_path, questions_shown

from .database import Store
from .models import Response

LEFT_OUT = "left_out"  # went past a question that was asked; no option of any set is called that


class Answered(Protocol):
    """A response with the survey it answers; `asked` is False where no page of it was ever shown."""

    @property
    def definition(self) -> Survey: ...
    @property
    def answers(self) -> Mapping[str, Any]: ...
    @property
    def asked(self) -> bool: ...


def count_about_you(voices: Iterable[Answered]) -> dict[str, Any]:
    """By set: how many were asked whether to ask, how many said yes, and each question's answers."""
    sets: dict[str, dict[str, Any]] = {}
    for voice in voices:
        chosen = voice.definition.about_you
        if not voice.asked or chosen is None:
            continue
        numbers = sets.setdefault(chosen.set, {"asked": 0, "yes": 0, "questions": {}})
        numbers["asked"] += 1
        gate, *pages = about_you.pages(chosen, voice.definition.minimum_age)
        if voice.answers.get(gate.id) != "yes":
            continue
        numbers["yes"] += 1
        kept = on_path(voice.definition, voice.answers)
        for question in (question for page in pages for question in questions_shown(page, kept)):
            given = kept.get(question.id)
            known = given in {option.id for option in question.options}
            answers = numbers["questions"].setdefault(question.id, {})
            answer = str(given) if known else LEFT_OUT
            answers[answer] = answers.get(answer, 0) + 1
    return sets


def count_meaning(voices: Iterable[Answered]) -> dict[str, Any]:
    """How much it mattered, who should hear it, and what it is about, each by the teller's own word."""
    asked = [voice for voice in voices if voice.asked and voice.definition.meaning]
    mattered = Counter(
        voice.answers[meaning.MATTERED] for voice in asked if voice.answers.get(meaning.MATTERED)
    )
    return {
        "mattered": dict(sorted(mattered.items())),
        "hear": several(asked, meaning.HEAR),
        "about": several(asked, meaning.ABOUT),
        "said_who": sum(bool(voice.answers.get(meaning.HEAR)) for voice in asked),
    }


def several(voices: Iterable[Answered], question_id: str) -> dict[str, int]:
    return dict(
        sorted(Counter(each for voice in voices for each in voice.answers.get(question_id) or ()).items())
    )


def compare(
    voices: Mapping[str, Answered], sorted_into: Mapping[str, Collection[str]], found: Collection[str]
) -> dict[str, int]:
    """In how many responses the machine found a theme that the teller had named, of how many.

    `sorted_into` holds each response's themes by the machine, reckoned without the words in which the
    teller said what it is about; `found` are all of the run's themes. Where none of these was there to be
    chosen, another codebook sorted the words, and nothing is compared.
    """
    compared = agree = 0
    for response_id, themes in sorted_into.items():
        asked = voices[response_id].definition.meaning
        offered = {theme.id for theme in asked.themes} if asked else set()
        own = set(voices[response_id].answers.get(meaning.ABOUT) or ())
        if own and offered & set(found):
            compared += 1
            agree += bool(own & set(themes))
    return {"compared": compared, "agree": agree}


def chose_themselves(store: Store, response_ids: Collection[str], theme_id: str) -> set[str]:
    """Those of the responses whose teller said that this theme is what it is about."""
    with store.read() as session:
        rows = session.execute(
            select(Response.id, Response.answers_sealed).where(Response.id.in_(response_ids))
        ).all()
    answers = {
        row.id: cast(
            dict[str, Any], store.keyring.open_json(row.answers_sealed, f"response.answers:{row.id}")
        )
        for row in rows
    }
    return {response for response, own in answers.items() if theme_id in (own.get(meaning.ABOUT) or ())}

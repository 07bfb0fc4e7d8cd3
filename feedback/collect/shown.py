"""Answers as their teller sees them again: on the check page, and with their receipt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal
from flask_babel import gettext as _

from feedback.survey.definition import Survey
from feedback.survey.edition import Phrase, Wording
from feedback.survey.parts import WORDS, Page, Question
from feedback.survey.reading_choice import ReadingChoice
from feedback.web.languages import ui_language


@dataclass(frozen=True)
class ShownAnswer:
    page: Page
    question: Question
    label: Phrase
    own_words: str | None  # as the person wrote them
    phrases: list[Phrase]  # ours: options, a month, a number


def shown_answers(
    survey: Survey, questions: Mapping[str, Page], wording: Wording, answers: Mapping[str, Any]
) -> list[ShownAnswer]:
    """The questions asked, in order, each with its answer or with nothing."""
    shown = []
    for question in survey.all_questions:
        if question.id not in questions:
            continue
        value = answers.get(question.id)
        label = wording(f"questions.{question.id}.label") or Phrase(question.label, survey.default_language)
        own = value if question.type in WORDS else None
        phrases = [] if own or value is None else in_words(survey, question, wording, value)
        shown.append(ShownAnswer(questions[question.id], question, label, own, phrases))
    return shown


def said_and_unsaid(
    shown: Iterable[ShownAnswer], heard: Collection[str]
) -> tuple[list[ShownAnswer], list[ShownAnswer]]:
    """`heard`: the questions with a recording, which is an answer too."""
    said: list[ShownAnswer] = []
    unsaid: list[ShownAnswer] = []
    for item in shown:
        answered = item.own_words or item.phrases or item.question.id in heard
        (said if answered else unsaid).append(item)
    return said, unsaid


def in_words(survey: Survey, question: Question, wording: Wording, value: Any) -> list[Phrase]:
    if question.type == "month":
        year, month = value.split("-")
        return [Phrase(format_date(date(int(year), int(month), 1), "LLLL y"), ui_language())]
    if question.type == "number":
        return [Phrase(format_decimal(value), ui_language())]
    if question.type == "service":
        service = survey.service(value)
        return [Phrase(service.name, survey.default_language)] if service else []
    chosen = value if isinstance(value, list) else [value]
    labels = (wording(f"questions.{question.id}.options.{option}") for option in chosen)
    return [label for label in labels if label]


@dataclass(frozen=True)
class ReadersStep:
    value: str
    label: str
    hint: str


def readers_steps(survey: Survey) -> list[ReadersStep]:
    """The four answers to "Who may read your words?", each with the ones before it."""
    return [
        nobody_step(survey),
        ReadersStep(
            ReadingChoice.PLAN_AND_PAY.answer,
            _("The people who plan and pay for the service"),
            _("They can read my words."),
        ),
        ReadersStep(
            ReadingChoice.SERVICE.answer,
            _("The service too"),
            _("The people who work there can read my words as well."),
        ),
        ReadersStep(
            ReadingChoice.ANYONE.answer,
            _("Anyone"),
            _("My words may be published, where everyone can read them."),
        ),
    ]


def nobody_step(survey: Survey) -> ReadersStep:
    """Says no more than is so: a safeguarding reader sees what sounds like danger here too."""
    nobody = ReadingChoice.NOBODY.answer
    if survey.safeguarding:
        return ReadersStep(
            nobody, _("Nobody, unless it sounds like danger"), _("Count me. A computer sorts my words.")
        )
    return ReadersStep(
        nobody, _("Nobody"), _("Count me. A computer sorts my words, and no person sees them.")
    )


def readers_label(survey: Survey, answer: str | None) -> str:
    wanted = ReadingChoice.from_answer(answer).answer
    return next(step.label for step in readers_steps(survey) if step.value == wanted)

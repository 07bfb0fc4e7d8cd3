"""Which pages and questions are on a person's path; answers off it are never stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .definition import Survey
from .parts import Page, Question, ShowIf

Answers = Mapping[str, Any]


def holds(rule: ShowIf | None, answers: Answers) -> bool:
    if rule is None:
        return True
    given = answers.get(rule.question)
    values = given if isinstance(given, list) else [] if given is None else [str(given)]
    return bool(set(values) & set(rule.is_)) != rule.not_


def questions_shown(page: Page, answers: Answers) -> list[Question]:
    return [question for question in page.questions if holds(question.show_if, answers)]


def path(survey: Survey, answers: Answers) -> list[Page]:
    """The pages to walk, in order: those whose rule holds and that still ask something."""
    kept = on_path(survey, answers)
    return [page for page in survey.all_pages if holds(page.show_if, kept) and questions_shown(page, kept)]


def on_path(survey: Survey, answers: Answers) -> dict[str, Any]:
    """Only the answers that the person can still see: an answer that hid others takes them with it."""
    kept: dict[str, Any] = {}
    for page in survey.all_pages:  # rules look back only, so one pass in order is enough
        if not holds(page.show_if, kept):
            continue
        for question in page.questions:
            if question.id in answers and holds(question.show_if, kept):
                kept[question.id] = answers[question.id]
    return kept


def next_page(survey: Survey, answers: Answers, after: str) -> Page | None:
    pages = path(survey, answers)
    order = [page.id for page in survey.all_pages]
    later = order[order.index(after) + 1 :]
    return next((page for page in pages if page.id in later), None)


def previous_page(survey: Survey, answers: Answers, before: str) -> Page | None:
    order = [page.id for page in survey.all_pages]
    earlier = order[: order.index(before)] if before in order else order
    return next((page for page in reversed(path(survey, answers)) if page.id in earlier), None)

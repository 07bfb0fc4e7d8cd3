"""A survey as data: a JSON document, checked by types when loaded, immutable once published."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Tag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
QuestionType = Literal[
    "long_text", "short_text", "one_choice", "several_choices", "scale", "number", "month", "service"
]
WORDS = ("long_text", "short_text")
WITH_OPTIONS = ("one_choice", "several_choices", "scale")
NOBODY_IS_WATCHING = "Nobody is watching this. In danger, call 999 (press 55 if you can't speak)."


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ShowIf(Part):
    """Shown when `question` has one of the answers in `is`; `not` turns it round."""

    question: Id
    is_: Annotated[tuple[str, ...], Field(alias="is", min_length=1)]
    not_: Annotated[bool, Field(alias="not")] = False


class Option(Part):
    id: Id
    label: Text


class Question(Part):
    id: Id
    type: QuestionType
    label: Text
    hint: Text | None = None
    options: tuple[Option, ...] = ()
    none_of_these: Id | None = None
    min: int | None = None  # of a number
    max: int | None = None
    show_if: ShowIf | None = None

    @model_validator(mode="after")
    def options_fit_type(self) -> Self:
        ids = [option.id for option in self.options]
        if self.type in WITH_OPTIONS and len(ids) < 2:
            raise ValueError(f"a {self.type} question needs at least two options")
        if self.type not in WITH_OPTIONS and ids:
            raise ValueError(f"a {self.type} question has no options: take them out")
        if len(ids) != len(set(ids)):
            raise ValueError("two options have the same id: give each its own")
        if self.none_of_these and (self.type != "several_choices" or self.none_of_these not in ids):
            raise ValueError("none_of_these must be the id of one option of a several_choices question")
        if self.type != "number" and (self.min, self.max) != (None, None):
            raise ValueError(f"a {self.type} question has no min or max: take them out")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is larger than max: swap them")
        return self


class Page(Part):
    id: Id
    title: Text | None = None
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    show_if: ShowIf | None = None


class Notice(Part):
    responsible: Text
    contact: Text
    purpose: Text
    complain: Text


class Signpost(Part):
    id: Id
    name: Text
    contact: Text
    note: Text | None = None


class Readers(Part):
    names: Text
    hours: Text


class Service(Part):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")]
    name: Text


class Survey(Part):
    """One version of a survey with its source text."""

    slug: Slug
    title: Text
    intro: Text
    default_language: Tag = "en"
    sensitive: bool = False
    demonstration: bool = False
    minimum_age: Annotated[int, Field(ge=0, le=120)] | None = None
    keep_months: Annotated[int, Field(ge=1, le=240)] | None = None
    notice: Notice | None = None
    signposts: tuple[Signpost, ...] = ()
    readers: Readers | None = None
    nobody_is_watching: str | None = None
    services: tuple[Service, ...] = ()
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)

    def question(self, question_id: str) -> Question:
        return next(question for question in self.questions if question.id == question_id)

    def page(self, page_id: str) -> Page | None:
        return next((page for page in self.pages if page.id == page_id), None)

    def service(self, service_id: str | None) -> Service | None:
        return next((service for service in self.services if service.id == service_id), None)

    @property
    def hash(self) -> str:
        return content_hash(self.as_json())

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)

    @model_validator(mode="after")
    def hangs_together(self) -> Self:
        page_ids = [page.id for page in self.pages]
        seen: dict[str, Question] = {}
        if len(page_ids) != len(set(page_ids)):
            raise ValueError("two pages have the same id: give each its own")
        if reserved := set(page_ids) & RESERVED_PAGES:
            raise ValueError(f"a page can't be called {reserved.pop()}: Heard has a page of that name")
        for page in self.pages:
            self._check_rule(page.show_if, seen, f"page {page.id}")
            for question in page.questions:  # a page is sent whole, so rules look back to earlier pages
                self._check_rule(question.show_if, seen, f"question {question.id}")
            for question in page.questions:
                if question.id in seen:
                    raise ValueError(f"two questions are called {question.id}: give each its own id")
                seen[question.id] = question
        if any(question.type == "service" for question in seen.values()) and not self.services:
            raise ValueError("a service question needs services: name a CSV with id,name in `services`")
        service_ids = [service.id for service in self.services]
        if len(service_ids) != len(set(service_ids)):
            raise ValueError("two services have the same id: give each its own")
        return self

    def _check_rule(self, rule: ShowIf | None, seen: dict[str, Question], where: str) -> None:
        if rule is None:
            return
        asked = seen.get(rule.question)
        if asked is None:
            raise ValueError(f"show_if of {where} names {rule.question}, which no earlier page asks")
        known = {option.id for option in asked.options}
        if asked.type == "service":
            known = {service.id for service in self.services}
        if known and (unknown := set(rule.is_) - known):
            raise ValueError(f"show_if of {where}: {asked.id} has no option {sorted(unknown)[0]}")


RESERVED_PAGES = frozenset({"who", "check", "sent", "leave", "begin", "notice"})


def content_hash(document: Any) -> str:
    """SHA-256 of canonical JSON: the same content has the same hash on every machine."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

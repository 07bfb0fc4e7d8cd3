"""A survey as data: a JSON document, checked by types when loaded, immutable once published."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from . import about_you, meaning
from .parts import (
    AboutYou,
    Codebook,
    Meaning,
    Nation,
    Notice,
    Page,
    Part,
    Question,
    Readers,
    Safeguarding,
    Service,
    ShowIf,
    Signpost,
    Slug,
    Tag,
    Text,
)


class Survey(Part):
    """One version of a survey with its source text."""

    slug: Slug
    title: Text
    intro: Text
    default_language: Tag = "en"
    sensitive: bool = False
    demonstration: bool = False
    codebook: Codebook = "services"
    minimum_age: Annotated[int, Field(ge=0, le=120)] | None = None
    keep_months: Annotated[int, Field(ge=1, le=240)] | None = None
    notice: Notice | None = None
    signposts: tuple[Signpost, ...] = ()
    readers: Readers | None = None
    nobody_is_watching: str | None = None
    safeguarding: Safeguarding | None = None
    services: tuple[Service, ...] = ()
    nations: tuple[Nation, ...] = ()  # where it is asked; none named: anywhere in the UK
    offline: bool | None = None  # none: unless sensitive
    draft_days: Annotated[int, Field(ge=1, le=90)] | None = None  # none: a week; sensitive: half an hour
    voice: bool = False
    meaning: Meaning | None = None
    about_you: AboutYou | None = None
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]

    later = frozenset(
        {
            "codebook", "nations", "offline", "draft_days", "voice", "meaning", "about_you", "safeguarding",
        }
    )  # fmt: skip

    @property
    def works_offline(self) -> bool:
        """A sensitive survey leaves nothing on the phone, unless its owner wants it to."""
        return not self.sensitive if self.offline is None else self.offline

    @property
    def save_and_return(self) -> bool:
        return not self.sensitive

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def all_pages(self) -> tuple[Page, ...]:
        """Its own pages; after the last story among them what it means, and at the end about the person."""
        pages = list(self.pages)
        if self.meaning and (added := meaning.page(self.meaning)):
            stories = [place for place, page in enumerate(pages, 1) if tells_a_story(page)]
            pages.insert(stories[-1] if stories else len(pages), added)
        if self.about_you:
            pages += about_you.pages(self.about_you, self.minimum_age)
        return tuple(pages)

    @cached_property
    def all_questions(self) -> tuple[Question, ...]:
        return tuple(question for page in self.all_pages for question in page.questions)

    def question(self, question_id: str) -> Question:
        return next(question for question in self.all_questions if question.id == question_id)

    def page(self, page_id: str) -> Page | None:
        return next((page for page in self.all_pages if page.id == page_id), None)

    def service(self, service_id: str | None) -> Service | None:
        return next((service for service in self.services if service.id == service_id), None)

    @property
    def hash(self) -> str:
        return content_hash(self.as_json())

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True)

    @model_validator(mode="after")
    def hangs_together(self) -> Self:
        if self.sensitive and self.draft_days:
            raise ValueError("draft_days: a sensitive survey keeps unsent words half an hour: take it out")
        if self.sensitive and self.voice:
            raise ValueError("voice: a sensitive survey records no voices: take it out")
        if self.sensitive and self.meaning and self.about_you:
            raise ValueError("a sensitive survey asks for meaning or about_you, not both: it must stay short")
        if self.about_you and (wrong := list(about_you.faults(self.about_you))):
            raise ValueError("; ".join(wrong))
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
        self._check_added(page_ids, seen)
        if any(question.type == "service" for question in seen.values()) and not self.services:
            raise ValueError("a service question needs services: name a CSV with id,name in `services`")
        service_ids = [service.id for service in self.services]
        if len(service_ids) != len(set(service_ids)):
            raise ValueError("two services have the same id: give each its own")
        return self

    def _check_added(self, page_ids: list[str], seen: dict[str, Question]) -> None:
        """What is added takes no name that the survey gave already."""
        added = [page for page in self.all_pages if page not in self.pages]
        if taken := {page.id for page in added} & set(page_ids):
            raise ValueError(f"a page can't be called {taken.pop()}: meaning or about_you adds one")
        if taken := {question.id for page in added for question in page.questions} & set(seen):
            raise ValueError(f"a question can't be called {taken.pop()}: meaning or about_you adds one")

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


def tells_a_story(page: Page) -> bool:
    return any(question.type == "long_text" for question in page.questions)


RESERVED_PAGES = frozenset({"who", "check", "sent", "leave", "begin", "notice"})


def content_hash(document: Any) -> str:
    """SHA-256 of canonical JSON: the same content has the same hash on every machine."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()

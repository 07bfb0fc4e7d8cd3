"""The words of a survey in one language, and the words to show in a given one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from . import about_you, meaning
from .definition import Survey, content_hash
from .parts import Part, Tag, Text
from .phrase import Phrase as Phrase
from .site_words import Said

LONGEST_NAME = 200  # of whoever read a translation
BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")


class Edition(Part):
    """A translation; a draft until `reviewed_by` names the speaker who read it."""

    language: Tag
    reviewed_by: Annotated[Text, Field(max_length=LONGEST_NAME)] | None = None
    reviewed_on: date | None = None
    texts: dict[str, Text] = Field(default_factory=dict)
    later = frozenset({"reviewed_on"})

    @property
    def hash(self) -> str:
        return content_hash(self.model_dump(mode="json"))


def source_texts(survey: Survey) -> dict[str, str]:
    """Every translatable text of a survey, by its key, in reading order."""
    texts = {"title": survey.title, "intro": survey.intro}
    if survey.notice:
        texts |= {f"notice.{name}": value for name, value in survey.notice.model_dump().items()}
    if survey.readers:
        texts |= {f"readers.{name}": value for name, value in survey.readers.model_dump().items()}
    if survey.safeguarding:
        said = survey.safeguarding.model_dump(exclude_none=True)
        texts |= {f"safeguarding.{name}": value for name, value in said.items()}
    for signpost in survey.signposts:
        texts[f"signposts.{signpost.id}.name"] = signpost.name
        texts[f"signposts.{signpost.id}.contact"] = signpost.contact
        if signpost.note:
            texts[f"signposts.{signpost.id}.note"] = signpost.note
    for page in survey.pages:
        if page.title:
            texts[f"pages.{page.id}.title"] = page.title
        if page.content_note:
            texts[f"pages.{page.id}.content_note"] = page.content_note
        for question in page.questions:
            texts[f"questions.{question.id}.label"] = question.label
            if question.hint:
                texts[f"questions.{question.id}.hint"] = question.hint
            for option in question.options:
                texts[f"questions.{question.id}.options.{option.id}"] = option.label
    return texts


def added_words(survey: Survey) -> dict[str, Said]:
    """The words of pages that any survey can have: no edition need translate them again."""
    of_meaning = meaning.words(survey.meaning) if survey.meaning else {}
    return of_meaning | (about_you.words(survey.about_you) if survey.about_you else {})


def holding_numbers_together(texts: Mapping[str, str]) -> dict[str, str]:
    """A phone number's groups change places from right to left at a plain space (UAX 9), at this never."""
    return {key: BETWEEN_DIGITS.sub("\u00a0", text) for key, text in texts.items()}


class Wording:
    """The survey's words for a reader: their language where translated, the source where not."""

    def __init__(self, survey: Survey, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = holding_numbers_together(texts)
        self._source = holding_numbers_together(source_texts(survey))
        self._source_language = survey.default_language
        self._added = added_words(survey)

    def __call__(self, key: str) -> Phrase | None:
        if key in self._texts:
            return Phrase(self._texts[key], self.language)
        if key in self._source:
            return Phrase(self._source[key], self._source_language)
        return self._added[key](self.language) if key in self._added else None


def offered_languages(survey: Survey, reviewed: Mapping[str, str | None]) -> list[str]:
    """Languages people may choose; a sensitive survey never offers an unreviewed one.

    `reviewed` maps each edition's language to its reviewer, or None for a draft.
    """
    offered = [tag for tag, reviewer in reviewed.items() if reviewer or not survey.sensitive]
    return [survey.default_language, *sorted(set(offered) - {survey.default_language})]

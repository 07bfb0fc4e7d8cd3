"""What a phone kept while it had no network: its shape, and its answers checked as those of any page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from werkzeug.datastructures import MultiDict

from feedback.survey.forms import PageForm
from feedback.survey.parts import Id
from feedback.survey.reading_choice import ReadingChoice
from feedback.web.posted import MOST_FIELDS

from .routes import CONTROLS
from .walk import READERS, Walk

KEY_BYTES = 32
TAKE_OUT = "forget-page"  # of a sensitive survey: what was left empty here is to go
Short = Annotated[str, StringConstraints(max_length=500)]
Pair = tuple[Short, str]


class Queued(BaseModel):
    """`pages` holds what each page's form held, in order, as a browser would have sent it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    key: bytes
    token: Short = ""
    version: Annotated[int, Field(ge=1, lt=2**31)]
    pages: Annotated[dict[Id, Annotated[list[Pair], Field(max_length=MOST_FIELDS)]], Field(max_length=200)]
    readers: Short | None = None

    @field_validator("key", mode="before")
    @classmethod
    def is_a_key(cls, value: Any) -> bytes:
        try:
            key = base64.b64decode(str(value)[:100], validate=True)
        except binascii.Error:
            raise ValueError("not base64") from None
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        return key


class Expired(BaseModel):
    """A token to be exchanged."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    token: Short


@dataclass
class Checked:
    answers: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, dict[str, str]] = field(default_factory=dict)  # page -> field -> what is wrong


def check(walk: Walk, queued: Queued, gives_code_away: Any) -> Checked:
    """The answers of every page, or what is wrong with which: never a part of them."""
    checked = Checked()
    for page_id, form, fields in forms(walk, queued):
        if form is None or set(fields) - form.names() - CONTROLS:
            text = _("That held answers to questions we did not ask. Nothing was saved.")
            checked.problems[page_id] = {"": text}
        elif not form.validate() or gives_code_away(walk, form):
            checked.problems[page_id] = {each.name: str(each.errors[0]) for each in form if each.errors}
        else:
            keep_the_rest = walk.sensitive and TAKE_OUT not in fields
            values = form.values().items()
            checked.answers |= {
                name: value for name, value in values if value is not None or not keep_the_rest
            }
    if queued.readers not in {None, "", *(step.answer for step in ReadingChoice)}:
        text = _("Please choose one of the answers below, or leave them all.")
        checked.problems["who"] = {"readers": text}
    elif queued.readers:
        checked.answers[READERS] = queued.readers
    return checked


def forms(walk: Walk, queued: Queued) -> Iterator[tuple[str, PageForm | None, MultiDict[str, str]]]:
    for page_id, pairs in queued.pages.items():
        page = walk.definition.page(page_id)
        fields = MultiDict(pairs)
        yield page_id, PageForm(walk.definition, page, fields) if page else None, fields

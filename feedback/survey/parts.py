"""The parts a survey is made of, each checked by its types."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Tag = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*(-x(-[A-Za-z0-9]{1,8})+)?$", max_length=35),
]
QuestionType = Literal[
    "long_text", "short_text", "one_choice", "several_choices", "scale", "number", "month", "service"
]
Nation = Literal["england", "wales", "scotland", "northern_ireland"]
FACES = 5
Codebook = Literal["services", "housing", "domestic_abuse"]  # as shipped in analysis/codebooks
WORDS = ("long_text", "short_text")
WITH_OPTIONS = ("one_choice", "several_choices", "scale")
NOBODY_IS_WATCHING = "Nobody is watching this. In danger, call 999 (press 55 if you can't speak)."


class Part(BaseModel):
    """What came `later` than the first release is left out of the JSON while it says nothing new.

    So a survey that was published before keeps its hash, and with it its version.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    later: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def without_what_says_nothing(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        return {
            name: value
            for name, value in dump(self).items()
            if name not in self.later or getattr(self, name) != fields[name].default
        }


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
    pictures: Literal["feelings"] | None = None  # faces beside the words of a scale of five, best first
    most: Annotated[int, Field(ge=1)] | None = None  # how many of several choices
    later = frozenset({"pictures", "most"})

    @model_validator(mode="after")
    def options_fit_type(self) -> Self:
        ids = [option.id for option in self.options]
        if self.type in WITH_OPTIONS and len(ids) < 2:
            raise ValueError(f"a {self.type} question needs at least two options")
        if self.type not in WITH_OPTIONS and ids:
            raise ValueError(f"a {self.type} question has no options: take them out")
        if len(ids) != len(set(ids)):
            raise ValueError("two options have the same id: give each its own")
        if self.pictures and (self.type != "scale" or len(ids) != FACES):
            raise ValueError(f"pictures go with a scale of {FACES} options: take them out, or ask it so")
        if self.none_of_these and (self.type != "several_choices" or self.none_of_these not in ids):
            raise ValueError("none_of_these must be the id of one option of a several_choices question")
        if self.most and self.type != "several_choices":
            raise ValueError("most goes with several_choices: take it out")
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
    content_note: Text | None = None  # what may be hard about it, said before it
    later = frozenset({"content_note"})


class Notice(Part):
    responsible: Text
    contact: Text
    purpose: Text
    complain: Text


class Signpost(Part):
    """Where to get help; shown to everyone, or only in some nations or some languages."""

    id: Id
    name: Text
    contact: Text
    note: Text | None = None
    nations: tuple[Nation, ...] = ()
    languages: tuple[Tag, ...] = ()
    later = frozenset({"nations", "languages"})


class Readers(Part):
    names: Text
    hours: Text


class Safeguarding(Part):
    """Who reads what sounds like danger, whatever its teller chose, and when. Best named by their work:
    words given under another name stay closed to the one who follows.
    """

    names: Text
    hours: Text
    contact: Text | None = None


class MeaningTheme(Part):
    id: Id
    name: Text
    names: dict[Tag, Text] = Field(default_factory=dict)  # in other languages


class Meaning(Part):
    """Light questions after the story, so that its teller says what it means.

    `themes` are put in from the survey's codebook when it is published, unless the owner names their own.
    """

    about: bool = True
    mattered: bool = True
    hear: bool = True
    themes: tuple[MeaningTheme, ...] = ()
    later = frozenset({"themes"})


class AboutYou(Part):
    """Questions about the person from a versioned set (about_you/<set>.json), in the order given."""

    set: Slug
    questions: Annotated[tuple[Id, ...], Field(min_length=1)]


class Service(Part):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")]
    name: Text

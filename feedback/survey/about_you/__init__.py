"""Questions about the person who answers, in versioned sets: the same in every survey, so that they compare.

A set never changes once people were asked it; what should read otherwise becomes a new set. `census` names
the table, and the line in it, that an answer counts towards.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..parts import AboutYou, Id, Option, Page, Part, Question, ShowIf, Slug, Tag, Text
from ..site_words import Said, english_name, name_of_language, site_words

FOLDER = Path(__file__).parent
PREFIX = "about_you_"
NOT_SAY = "not_say"
ON_A_PAGE = 3


class SetOption(Part):
    id: Id
    label: Text | None = None
    language: Tag | None = None  # named by it instead of a label
    census: Text | None = None
    below: int | None = None  # left out where people have to be this old

    @property
    def in_english(self) -> str:
        return self.label or english_name(self.language or "en")


class SetQuestion(Part):
    id: Id
    label: Text
    hint: Text | None = None
    census: Text | None = None
    show_if: Id | None = None  # the answer to the topic's first question that leads here
    options: tuple[SetOption, ...]


class Topic(Part):
    """What an owner may choose to ask about: a question, and what follows from its answer."""

    id: Id
    questions: tuple[SetQuestion, ...]


class QuestionSet(Part):
    id: Slug
    source: Text
    context: Text
    title: Text
    ask: SetQuestion
    topics: tuple[Topic, ...]

    def chosen(self, about_you: AboutYou) -> list[Topic]:
        by_id = {topic.id: topic for topic in self.topics}
        return [by_id[name] for name in about_you.questions]


def set_names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@lru_cache
def question_set(name: str) -> QuestionSet:
    return QuestionSet.model_validate_json((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def faults(about_you: AboutYou) -> Iterator[str]:
    if about_you.set not in set_names():
        yield f"about_you: there is no set {about_you.set}; there is {', '.join(set_names())}"
        return
    known = [topic.id for topic in question_set(about_you.set).topics]
    for name in about_you.questions:
        if name not in known:
            yield f"about_you: {about_you.set} has no {name}; it has {', '.join(known)}"
    if len(set(about_you.questions)) < len(about_you.questions):
        yield "about_you: names a question twice: take one out"


@lru_cache
def pages(about_you: AboutYou, minimum_age: int | None) -> tuple[Page, ...]:
    """First whether to ask at all; then a few topics on a page, each with what follows from it behind."""
    return tuple(in_order(about_you, minimum_age))


def in_order(about_you: AboutYou, minimum_age: int | None) -> Iterator[Page]:
    asked = question_set(about_you.set)
    gate = as_question(asked.ask, minimum_age)
    yield Page(id=gate.id, questions=(gate,))
    wanted = ShowIf.model_validate({"question": gate.id, "is": ["yes"]})

    def page(questions: list[Question]) -> Page:
        return Page(id=questions[0].id, title=asked.title, questions=tuple(questions), show_if=wanted)

    waiting: list[Question] = []
    for topic in asked.chosen(about_you):
        first, *following = (as_question(each, minimum_age, topic) for each in topic.questions)
        waiting.append(first)
        if following or len(waiting) == ON_A_PAGE:
            yield page(waiting)
            waiting = []
        if following:
            yield page(following)
    if waiting:
        yield page(waiting)


def as_question(asked: SetQuestion, minimum_age: int | None, topic: Topic | None = None) -> Question:
    offered = [each for each in asked.options if each.below is None or (minimum_age or 0) < each.below]
    rule = None
    if asked.show_if and topic:
        first = PREFIX + topic.questions[0].id
        rule = ShowIf.model_validate({"question": first, "is": [asked.show_if]})
    return Question(
        id=PREFIX + asked.id,
        type="one_choice",
        label=asked.label,
        hint=asked.hint,
        options=tuple(Option(id=each.id, label=each.in_english) for each in offered),
        show_if=rule,
    )


def words(about_you: AboutYou) -> dict[str, Said]:
    """Every text of these pages, by the key under which a page asks for it."""
    asked = question_set(about_you.set)
    found: dict[str, Said] = {}
    for question in [asked.ask, *(each for topic in asked.chosen(about_you) for each in topic.questions)]:
        name = PREFIX + question.id
        found |= {f"questions.{name}.{key}": said for key, said in words_of(asked, question).items()}
        if question is not asked.ask:  # its page is that one question
            found[f"pages.{name}.title"] = site_words(asked.context, asked.title)
    return found


def words_of(asked: QuestionSet, question: SetQuestion) -> dict[str, Said]:
    """`label`, `hint` where there is one, and `options.<id>`."""
    found = {"label": site_words(asked.context, question.label)}
    if question.hint:
        found["hint"] = site_words(asked.context, question.hint)
    for option in question.options:
        named = name_of_language(option.language) if option.language else None
        found[f"options.{option.id}"] = named or site_words(asked.context, option.in_english)
    return found

"""The numbers of a finished run, frozen: counts and ids only, never words.

True counts: every page and download passes them through feedback/report/small_numbers.py first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import func, select

from feedback.survey import meaning
from feedback.survey.definition import Survey
from feedback.survey.parts import Question

from . import bursts
from .comments import CommentToSort
from .counted_answers import compare, count_about_you, count_meaning
from .database import Store
from .models import Response, SurveyVersion, Tombstone
from .responses import OPEN
from .surveys import find_version

if TYPE_CHECKING:
    from analysis import ThemeSet

UNSORTED = "unsorted"  # as in analysis.records, which would bring numpy along into every web process
OWN_RATING = "feeling"  # the scale question by which people rate, in their own words, how it left them


@dataclass(frozen=True)
class Voice:
    """What is counted of one response."""

    id: str
    version_id: int
    language: str
    mode: str
    service: str | None
    month: str
    rating: str | None
    definition: Survey
    answers: Mapping[str, Any]
    came_by: str | None
    day: date
    asked: bool  # on pages, so that what was left out was left out by the teller


def build(
    store: Store, survey_id: int, theme_set: ThemeSet, comments: Sequence[CommentToSort]
) -> dict[str, Any]:
    """Count a run's responses by theme, language, service, mode, month and own rating."""
    voices = read_voices(store, survey_id, written_in(theme_set, comments))
    response_of = {comment.id: comment.response_id for comment in comments if comment.response_id in voices}
    sorted_into: dict[str, set[str]] = defaultdict(set)  # theme -> comments
    for coding in theme_set.codings:
        if coding.comment_id in response_of:
            sorted_into[coding.theme_id].add(coding.comment_id)
    question_of = {comment.id: comment.question for comment in comments}
    stories = {each for each in response_of if question_of[each] != meaning.WORDS}
    by_machine: dict[str, set[str]] = {response_of[comment_id]: set() for comment_id in stories}
    for theme, ids in sorted_into.items():
        for comment_id in ids & stories:
            by_machine[response_of[comment_id]].add(theme)
    placed = set().union(*(ids for theme, ids in sorted_into.items() if theme != UNSORTED))

    def counted(comment_ids: Iterable[str]) -> dict[str, Any]:
        ids = list(comment_ids)
        responses = {response_of[comment_id] for comment_id in ids}
        tones = Counter(theme_set.tones.get(comment_id, "not scored") for comment_id in ids)
        return counts(voices[response] for response in responses) | {
            "comments": len(ids),
            "tones": dict(sorted(tones.items())),
        }

    return {
        "all": counts(voices.values()),
        "with_words": len(set(response_of.values())),
        "comments": len(response_of),
        "themes": {theme.id: counted(sorted_into[theme.id]) for theme in theme_set.themes},
        "unsorted": counted(set(response_of) - placed),
        "about_you": count_about_you(voices.values()),
        "meaning": {
            "themes": {
                theme.id: count_meaning(
                    voices[each] for each in {response_of[comment] for comment in sorted_into[theme.id]}
                )
                for theme in theme_set.themes
            },
            "about": count_meaning(voices.values())["about"],
            **compare(voices, by_machine, {theme.id for theme in theme_set.themes}),
        },
        "versions": versions(store, voices.values()),
        "gone": gone(store, survey_id),
        "bursts": find_bursts(voices.values(), comments),
    }


def find_bursts(voices: Iterable[Voice], comments: Iterable[CommentToSort]) -> dict[str, Any]:
    """Among those who came by the open link on their own: a shared screen is busy by its nature."""
    open_to_all = {voice.id: voice for voice in voices if (voice.came_by, voice.mode) == (OPEN, "self")}
    texts: dict[str, list[str]] = defaultdict(list)
    for comment in comments:
        if comment.response_id in open_to_all:
            texts[comment.response_id].append(comment.text)
    answers = [bursts.OpenAnswer(each.id, each.day, each.service) for each in open_to_all.values()]
    return bursts.find(answers, texts)


def counts(voices: Iterable[Voice]) -> dict[str, Any]:
    voices = list(voices)

    def by(attribute: str) -> dict[str, int]:
        values = (getattr(voice, attribute) for voice in voices)
        return dict(sorted(Counter(value for value in values if value is not None).items()))

    return {
        "responses": len(voices),
        "languages": by("language"),
        "modes": by("mode"),
        "services": by("service"),
        "months": by("month"),
        "ratings": by("rating"),
        "came_by": by("came_by"),
    }


def written_in(theme_set: ThemeSet, comments: Sequence[CommentToSort]) -> dict[str, str]:
    """The language of each response: that of most of its comments, the chosen one where they tie."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    chosen = {comment.response_id: comment.language for comment in comments}
    for comment in comments:
        found[comment.response_id][theme_set.languages.get(comment.id) or comment.language] += 1
    return {
        response: max(sorted(seen), key=lambda tag: (seen[tag], tag == chosen[response]))
        for response, seen in found.items()
    }


def read_voices(store: Store, survey_id: int, languages: dict[str, str]) -> dict[str, Voice]:
    """Every response of the survey, also those without a word."""
    definitions: dict[int, Survey] = {}
    voices: dict[str, Voice] = {}
    with store.read() as session:
        for row in session.scalars(select(Response).where(Response.survey_id == survey_id)):
            if row.survey_version_id not in definitions:
                definitions[row.survey_version_id] = find_version(store, row.survey_version_id).definition
            definition = definitions[row.survey_version_id]
            answers = cast(
                dict[str, Any], store.keyring.open_json(row.answers_sealed, f"response.answers:{row.id}")
            )
            voices[row.id] = Voice(
                id=row.id,
                version_id=row.survey_version_id,
                language=languages.get(row.id, row.language),
                mode=row.mode,
                service=row.service,
                month=row.received_on.strftime("%Y-%m"),
                rating=own_rating(definition, answers),
                definition=definition,
                answers=answers,
                came_by=row.came_by,
                day=row.received_on,
                asked=row.import_id is None,
            )
    return voices


def rating_question(definition: Survey) -> Question | None:
    """The scale, from best to worst, on which people say how it left them; not every survey asks."""
    asked = (question for question in definition.questions if question.id == OWN_RATING)
    return next((question for question in asked if question.type == "scale"), None)


def own_rating(definition: Survey, answers: Mapping[str, Any]) -> str | None:
    question = rating_question(definition)
    given = answers.get(question.id) if question else None
    return given if question and given in {option.id for option in question.options} else None


def versions(store: Store, voices: Iterable[Voice]) -> list[dict[str, Any]]:
    answered = Counter(voice.version_id for voice in voices)
    with store.read() as session:
        rows = session.scalars(
            select(SurveyVersion).where(SurveyVersion.id.in_(answered)).order_by(SurveyVersion.number)
        )
        return [{"number": row.number, "hash": row.hash, "responses": answered[row.id]} for row in rows]


def gone(store: Store, survey_id: int) -> dict[str, int]:
    """How many responses were taken out so far, by reason."""
    with store.read() as session:
        rows = session.execute(
            select(Tombstone.reason, func.count().label("number"))
            .where(Tombstone.survey_id == survey_id)
            .group_by(Tombstone.reason)
        )
        return {row.reason: row.number for row in rows}

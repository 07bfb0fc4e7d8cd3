"""A survey's texts on their way to a translator and back: where each is shown, and what may be wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .definition import Survey
from .edition import source_texts
from .loading import SurveyError
from .typed import UNWRITABLE

MOST = 4000  # characters, as for every text of a survey
ROOMY = 200  # a short text may grow to this
TIMES = 4  # and a longer one to this many times its source
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
# What helps in need must come through whole: web and e-mail addresses, and numbers to call.
ADDRESS = re.compile(
    r"https?://\S+|\b[\w.-]+@[\w.-]+\.\w+|\b[\w-]+(?:\.[\w-]+)*\.(?:uk|org|com|net|wales|scot)\b", re.I
)
NUMBER = re.compile(r"\d(?:[ \u00a0-]?\d){2,}")
# Signs, spaces and marks without a letter; then letters that print nothing: Hangul fillers, empty Braille.
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"}
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
# Isolates and embeddings could turn round what stands beside them. Direction marks and joiners may stay.
TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Earlier:
    """What a text was called in an earlier version of the survey, and how that was translated."""

    source: str
    translation: str


@dataclass(frozen=True)
class Entry:
    key: str
    source: str
    translation: str
    note: str
    was: Earlier | None = None  # our words have changed since this was translated


@dataclass(frozen=True)
class Row:
    """One text as it came back. `place` is where in the file, for whoever has to find it."""

    place: str
    key: str
    source: str
    translation: str


def entries(survey: Survey, texts: Mapping[str, str], earlier: Mapping[str, Earlier]) -> list[Entry]:
    """Every text in reading order. What was translated before and still says the same is filled in."""
    notes = notes_of(survey)
    found = []
    for key, source in source_texts(survey).items():
        was = earlier.get(key) if key not in texts else None
        same = was is not None and was.source == source
        translation = was.translation if was and same else texts.get(key, "")
        found.append(Entry(key, source, translation, notes[key], None if same else was))
    return found


def stale(survey: Survey, texts: Mapping[str, str], earlier: Mapping[str, Earlier]) -> int:
    """How many texts were translated once, before our own words changed."""
    return sum(1 for entry in entries(survey, texts, earlier) if entry.was)


def checked(survey: Survey, rows: Iterable[Row]) -> dict[str, str]:
    """The texts to keep, by key; an empty one says nothing. Raises with every fault, by place."""
    sources = source_texts(survey)
    texts: dict[str, str] = {}
    faults: list[str] = []
    for row in rows:
        found = list(faults_of(row, sources, texts))
        faults += [f"{row.place}: {row.key or 'key'}: {fault}" for fault in found]
        texts[row.key] = row.translation.strip()
    if not faults and not any(texts.values()):
        faults = ["nothing in it is translated: write the translations beside our words"]
    if faults:
        raise SurveyError(faults)
    return {key: text for key, text in texts.items() if text}


def faults_of(row: Row, sources: Mapping[str, str], seen: Mapping[str, str]) -> Iterable[str]:
    if row.key not in sources:
        yield "the survey has no such text: take the row out"
        return
    if row.key in seen:
        yield "is there twice: take one of them out"
    if folded(row.source) != folded(sources[row.key]):
        yield "our words have changed since this file was made: get a new file and look at this text again"
    yield from faults_of_text(sources[row.key], row.translation.strip())


def faults_of_text(source: str, translation: str) -> Iterable[str]:
    if not translation:
        return
    if is_unseen(translation):
        yield "holds nothing that anybody can see: write the words, or leave it empty"
    if UNWRITABLE.search(translation):
        yield "holds a sign that nobody can write: type it anew"
    if TURNS_TEXT.search(translation):
        yield "holds an unseen sign that turns text round: type it anew"
    most = min(MOST, max(ROOMY, TIMES * len(source)))
    if len(translation) > most:
        yield f"is too long: at most {most} characters, as it must fit where our own words stand"
    yield from faults_of_placeholders(set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(translation)))
    for address in ADDRESS.findall(source):
        if address.rstrip(".,;:)").lower() not in translation.lower():
            yield f"{address.rstrip('.,;:)')} is missing: people need it as it is"
    there = digits(translation)
    for number in NUMBER.findall(source):
        if digits(number) not in there:
            yield f"the number {number} is missing: people need it as it is"


def faults_of_placeholders(wanted: set[str], found: set[str]) -> Iterable[str]:
    for each in sorted(wanted - found):
        yield f"{each} is missing: something is filled in there"
    for each in sorted(found - wanted):
        yield f"{each} is not in our words: take it out"


def is_unseen(text: str) -> bool:
    """Only spaces, joiners, marks without a letter and the like."""
    return all(sign in BLANK or unicodedata.category(sign) in UNSEEN for sign in text)


def digits(text: str) -> str:
    """Every digit of a text, of whatever script, and nothing else."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def folded(text: str) -> str:
    """Programs for translators and spreadsheets change how lines end."""
    return " ".join(text.split())


def notes_of(survey: Survey) -> dict[str, str]:
    """Where each text is shown, for its translator."""
    fixed = {
        "title": "The survey's name: at the top of its first page, in links and in the browser's tab",
        "intro": "First page",
        "notice": "First page, under “Who is asking, and why”",
        "readers": "First page and thank-you page: who reads the answers, and when",
        "safeguarding": "First page and thank-you page: who reads what sounds like danger",
        "signposts": "First page and thank-you page, under “Where you can get help”",
    }
    notes = {key: fixed.get(key.partition(".")[0], "") for key in source_texts(survey)}
    for page in survey.pages:
        notes[f"pages.{page.id}.title"] = f"Page {page.id}: its heading"
        notes[f"pages.{page.id}.content_note"] = f"Page {page.id}: said before something that may be hard"
        for question in page.questions:
            stem = f"questions.{question.id}"
            notes[f"{stem}.label"] = f"Page {page.id}: a question"
            notes[f"{stem}.hint"] = f"Page {page.id}: smaller, under “{question.label}”"
            for option in question.options:
                notes[f"{stem}.options.{option.id}"] = f"Page {page.id}: an answer to “{question.label}”"
    return notes

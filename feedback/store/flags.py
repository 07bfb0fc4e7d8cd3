"""The queue of what a person should read first: who may see what, and what was done about it.

Two doors lead to a flagged comment. Those who plan and pay see what its teller lets them read, as anywhere.
The safeguarding reader sees what sounds like danger, whatever its teller chose, but only in answers given
under a version of the survey that said so, by the same name as today. Every opening through the second door
is recorded.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, false, func, insert, or_, select, update
from sqlalchemy.orm import Session

from analysis import ThemeSet
from feedback.survey.reading_choice import Reader

from .comments import told_of_the_reader
from .database import Store
from .flag_models import Flag, FlagReading
from .models import Comment, Response, Run, SurveyVersion
from .staff_models import User

# What the promise calls danger; an interpreter refused is none, and its words stay closed.
DANGER = ("danger", "self_harm", "children", "position", "whereabouts")
SAFEGUARDING = "safeguarding"
SURE = 0.8  # what is less sure must not stand in front of what is surer
COMMISSIONERS = frozenset({"owner", "commissioner"})
OPENED, READ, PASSED_ON, NOTHING = "opened", "read", "passed_on", "nothing"
DEEDS = (READ, PASSED_ON, NOTHING)


@dataclass(frozen=True)
class Sees:
    """What one person may see of a survey's queue; `promised` versions named a safeguarding reader."""

    survey_id: int
    as_commissioner: bool
    promised: tuple[int, ...]


@dataclass(frozen=True)
class Flagged:
    """A comment of the queue without its words. `closed`: opening it is recorded."""

    comment_id: str
    topics: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    language: str
    received_on: date
    surest: float
    closed: bool


@dataclass(frozen=True)
class Reading:
    topic: str
    deed: str
    by: str | None
    made_on: date
    note: str | None


def sees(store: Store, survey_id: int, roles: Collection[str]) -> Sees:
    with store.read() as session:
        promised = promising(session, survey_id) if SAFEGUARDING in roles else ()
    return Sees(survey_id, bool(COMMISSIONERS & set(roles)), promised)


def promising(session: Session, survey_id: int) -> tuple[int, ...]:
    """The versions of a survey that named the safeguarding reader whom it names today."""
    rows = session.execute(
        select(SurveyVersion.id, SurveyVersion.definition)
        .where(SurveyVersion.survey_id == survey_id)
        .order_by(SurveyVersion.number.desc())
    ).all()
    names = [(row.definition.get("safeguarding") or {}).get("names") for row in rows]
    if not names or not names[0]:
        return ()
    return tuple(row.id for row, name in zip(rows, names, strict=True) if name == names[0])


def by_choice() -> ColumnElement[bool]:
    return Response.reading_choice >= int(Reader.COMMISSIONER)


def by_promise(promised: Collection[int]) -> ColumnElement[bool]:
    return and_(told_of_the_reader(promised), Flag.topic.in_(DANGER))


def visible(who: Sees) -> ColumnElement[bool]:
    doors = [by_choice()] if who.as_commissioner else []
    return or_(false(), *doors, *([by_promise(who.promised)] if who.promised else []))


def settled() -> ColumnElement[bool]:
    """Somebody said what was done: a later run does not ask again. Changed words are another comment."""
    return exists().where(
        FlagReading.comment_id == Flag.comment_id,
        FlagReading.topic == Flag.topic,
        FlagReading.deed.in_(DEEDS),
    )


def waiting(store: Store, who: Sees) -> int:
    """How many comments wait for this person or one like them."""
    query = select(func.count(Flag.comment_id.distinct())).where(~settled())
    with store.read() as session:
        return session.scalar(of_survey(query, who)) or 0


def queue(store: Store, who: Sees, done: bool = False) -> list[Flagged]:
    """The comments that wait; or those that somebody has settled.

    What the machine is surest of comes first, and of that what sounds like danger.
    """
    with store.read() as session:
        rows = session.execute(of_survey(lines(), who).where(settled() if done else ~settled())).all()
    found = grouped(rows, who)
    return sorted(
        found, key=lambda each: (each.surest < SURE, urgency(each), each.received_on, each.comment_id)
    )


def find(store: Store, who: Sees, comment_id: str) -> Flagged | None:
    """One flagged comment with all of its topics that this person may see; None where there is none."""
    with store.read() as session:
        return find_within(session, who, comment_id)


def find_within(session: Session, who: Sees, comment_id: str) -> Flagged | None:
    rows = session.execute(of_survey(lines(), who).where(Flag.comment_id == comment_id)).all()
    return next(iter(grouped(rows, who)), None)


def lines() -> Any:
    return select(
        Flag.comment_id, Flag.topic, Flag.score, Flag.start, Flag.end, Response.language,
        Response.received_on, Response.reading_choice,
    ).order_by(Flag.comment_id, Flag.score.desc(), Flag.topic)  # fmt: skip


def of_survey(query: Any, who: Sees) -> Any:
    return (
        query.select_from(Flag)
        .join(Comment, Comment.id == Flag.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(Response.survey_id == who.survey_id, visible(who))
    )


def grouped(rows: Collection[Any], who: Sees) -> list[Flagged]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.comment_id, []).append(row)
    return [
        Flagged(
            comment_id,
            tuple(row.topic for row in mine),
            tuple((row.start, row.end) for row in mine),
            mine[0].language,
            mine[0].received_on,
            max(row.score for row in mine),
            not (who.as_commissioner and mine[0].reading_choice >= int(Reader.COMMISSIONER)),
        )
        for comment_id, mine in found.items()
    ]


def urgency(flagged: Flagged) -> int:
    return min(DANGER.index(topic) if topic in DANGER else len(DANGER) for topic in flagged.topics)


def record_opening(
    store: Store, who: Sees, comment_id: str, user_id: int | None, today: date
) -> Flagged | None:
    """Note that this person opens the words; None, and nothing noted, where they may not."""
    with store.write() as session:
        flagged = find_within(session, who, comment_id)
        if flagged is not None and flagged.closed:
            add(session, who.survey_id, comment_id, "", OPENED, None, user_id, today)
        return flagged


def settle(
    store: Store, who: Sees, comment_id: str, deed: str, note: str | None, user_id: int | None, today: date
) -> bool:
    """Say what was done about a comment, for each of its topics that this person sees; False: none there."""
    with store.write() as session:
        flagged = find_within(session, who, comment_id)
        for topic in flagged.topics if flagged else ():
            reading_id = uuid.uuid4().hex
            sealed = store.keyring.seal(note.encode(), note_place(reading_id)) if note else None
            add(session, who.survey_id, comment_id, topic, deed, sealed, user_id, today, reading_id)
        return flagged is not None


def add(
    session: Session, survey_id: int, comment_id: str, topic: str, deed: str, note_sealed: bytes | None,
    user_id: int | None, today: date, reading_id: str = "",
) -> None:  # fmt: skip
    values = {
        "id": reading_id or uuid.uuid4().hex, "survey_id": survey_id, "comment_id": comment_id,
        "topic": topic, "deed": deed, "note_sealed": note_sealed, "user_id": user_id, "made_on": today,
    }  # fmt: skip
    session.execute(insert(FlagReading).values(values))


def note_place(reading_id: str) -> str:
    return f"flag_reading.note:{reading_id}"


def readings(store: Store, flagged: Flagged) -> list[Reading]:
    """Who opened a comment and what was done about the topics that the asker sees, by day."""
    with store.read() as session:
        rows = session.execute(
            select(FlagReading, User.email)
            .outerjoin(User, User.id == FlagReading.user_id)
            .where(FlagReading.comment_id == flagged.comment_id)
            .where(FlagReading.topic.in_(["", *flagged.topics]))
            .order_by(FlagReading.made_on, FlagReading.deed, FlagReading.topic)
        ).all()
    return [
        Reading(
            row.topic, row.deed, email, row.made_on,
            store.keyring.open(row.note_sealed, note_place(row.id)).decode() if row.note_sealed else None,
        )
        for row, email in rows
    ]  # fmt: skip


def save(session: Session, survey_id: int, run_id: int, found: ThemeSet, kept: Collection[str]) -> None:
    """Put a run's flags in place of those before; flags that nobody may ever open are not kept.

    An analysis without its language model looks for nothing, so what waited before goes on waiting.
    """
    earlier = select(Run.id).where(Run.survey_id == survey_id, Run.id != run_id)
    if not found.model.get("watchlist"):
        session.execute(update(Flag).where(Flag.run_id.in_(earlier)).values(run_id=run_id))
        return
    session.execute(delete(Flag).where(Flag.run_id.in_(earlier)))
    rows = [
        {
            "run_id": run_id, "comment_id": flag.comment_id, "topic": flag.topic, "score": flag.score,
            "start": flag.start, "end": flag.end,
        }
        for flag in found.flags
        if flag.comment_id in kept
    ]  # fmt: skip
    if rows:
        session.execute(insert(Flag), rows)
    promised = promising(session, survey_id)
    closed = (
        select(Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.id == Flag.comment_id, by_choice() | by_promise(promised))
    )
    session.execute(delete(Flag).where(Flag.run_id == run_id, ~closed.exists()))

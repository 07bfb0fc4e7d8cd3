"""Analysis runs. This table is the truth about them; the queue only carries reminders.

A worker takes a run by writing its own lease into the row and renews it while it works. Every later
write asks for that lease, so a run that was taken over from a slow or dead worker is finished once.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, exists, or_, select, update
from sqlalchemy.orm import Session

from .database import Store
from .models import Comment, CommentReading, Response, Run, Survey

LEASE_SECONDS = 30
MOST_ATTEMPTS = 10  # a worker may be killed often, and each time another takes the run up
MOST_ERRORS = 3  # but what stops by itself will stop by itself again
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
GAVE_UP = (
    "The analysis stopped {times} times before it could finish. Please tell whoever looks after this site."
)


@dataclass(frozen=True)
class Lease:
    """A worker's right to work on a run and to write its outcome."""

    run_id: int
    survey_id: int
    token: str


@dataclass(frozen=True)
class RunState:
    id: int
    state: str
    stage: str
    done: int
    total: int
    error: str
    finished_on: date | None
    model: dict[str, Any] | None

    @property
    def is_under_way(self) -> bool:
        return self.state in (WAITING, RUNNING)


def request(store: Store, survey_id: int, today: date) -> int:
    """The id of a run that will see everything stored by now: the one that waits already, or a new one."""
    with store.write() as session:
        return request_within(session, survey_id, today)


def request_within(session: Session, survey_id: int, today: date) -> int:
    waiting = session.scalar(select(Run.id).where(Run.survey_id == survey_id, Run.state == WAITING).limit(1))
    if waiting is not None:
        return waiting
    run = Run(survey_id=survey_id, state=WAITING, requested_on=today)
    session.add(run)
    session.flush()
    return run.id


def request_if_analysed(session: Session, survey_id: int, today: date) -> None:
    """After words went: sort again what is left, where a run has seen or may be seeing them."""
    if session.scalar(select(exists().where(Run.survey_id == survey_id, Run.state.in_((RUNNING, DONE))))):
        request_within(session, survey_id, today)


def lock_survey(session: Session, survey_id: int) -> None:
    """Let removals and the saving of themes go one after the other, but never hold up a submission."""
    session.execute(select(Survey.id).where(Survey.id == survey_id).with_for_update(key_share=True))


def free(now: float) -> ColumnElement[bool]:
    """It waits, or the worker that had it has gone silent."""
    return or_(Run.state == WAITING, (Run.state == RUNNING) & (Run.lease_until < int(now)))


def take(store: Store, run_id: int, now: float) -> Lease | None:
    """A lease on the run, if it is free."""
    token = uuid.uuid4().hex
    with store.write() as session:
        taken = session.execute(
            update(Run)
            .where(Run.id == run_id, free(now), Run.attempts < MOST_ATTEMPTS)
            .values(
                state=RUNNING,
                lease=token,
                lease_until=int(now) + LEASE_SECONDS,
                attempts=Run.attempts + 1,
                stage="",
                done=0,
                total=0,
            )
            .returning(Run.survey_id)
        ).scalar()
    return Lease(run_id, taken, token) if taken is not None else None


def beat(store: Store, held: Lease, now: float, stage: str, done: int, total: int) -> bool:
    """Renew the lease and show how far the work is; False when the run is no longer ours."""
    with store.write() as session:
        return change(
            session, held, lease_until=int(now) + LEASE_SECONDS, stage=stage[:40], done=done, total=total
        )


def finish(
    session: Session, held: Lease, today: date, model: dict[str, Any], figures: dict[str, Any]
) -> bool:
    """Mark the run done, in the transaction that stores its themes; False when it is no longer ours."""
    return change(session, held, state=DONE, lease=None, finished_on=today, model=model, figures=figures)


def give_back(store: Store, held: Lease, error: str) -> None:
    """This attempt ended in an error: let another try, until there were too many."""
    with store.write() as session:
        attempts = session.scalar(select(Run.attempts).where(Run.id == held.run_id)) or 0
        change(
            session,
            held,
            state=WAITING if attempts < MOST_ERRORS else FAILED,
            lease=None,
            error=error[:300],
        )


def change(session: Session, held: Lease, **values: Any) -> bool:
    still_ours = (Run.id == held.run_id) & (Run.lease == held.token) & (Run.state == RUNNING)
    changed = session.execute(update(Run).where(still_ours).values(values))
    return bool(cast(Any, changed).rowcount)


def reconcile(store: Store, now: float) -> list[int]:
    """The runs that a worker should take now; those tried too often are marked failed."""
    with store.write() as session:
        session.execute(
            update(Run)
            .where(free(now), Run.attempts >= MOST_ATTEMPTS)
            .values(state=FAILED, lease=None, error=GAVE_UP.format(times=MOST_ATTEMPTS))
        )
        return list(session.scalars(select(Run.id).where(free(now)).order_by(Run.id)))


def newest(store: Store, survey_id: int) -> RunState | None:
    """The run that was asked for last."""
    return first_state(store, states().where(Run.survey_id == survey_id))


def newest_done(store: Store, survey_id: int) -> RunState | None:
    return first_state(store, states().where(Run.survey_id == survey_id, Run.state == DONE))


def get(store: Store, run_id: int) -> RunState | None:
    return first_state(store, states().where(Run.id == run_id))


def states() -> Select[Any]:
    return select(
        Run.id, Run.state, Run.stage, Run.done, Run.total, Run.error, Run.finished_on, Run.model
    ).order_by(Run.id.desc())


def first_state(store: Store, query: Select[Any]) -> RunState | None:
    with store.read() as session:
        row = session.execute(query.limit(1)).mappings().one_or_none()
    return RunState(**row) if row else None


def stale_surveys(store: Store) -> Sequence[int]:
    """Surveys with a comment that their newest finished run has not seen."""
    newest_run = (
        select(Run.id)
        .where(Run.survey_id == Response.survey_id, Run.state == DONE)
        .order_by(Run.id.desc())
        .limit(1)
        .correlate(Response)
        .scalar_subquery()
    )
    seen = exists().where(CommentReading.comment_id == Comment.id, CommentReading.run_id == newest_run)
    with store.read() as session:
        return session.scalars(
            select(Response.survey_id)
            .join(Comment, Comment.response_id == Response.id)
            .where(~seen)
            .distinct()
        ).all()

"""A real worker process is killed in the middle of its work; another takes its run up and ends it once."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from feedback.store import runs
from feedback.store.database import Store
from feedback.store.models import Coding, Run
from feedback.store.surveys import PublishedSurvey
from tests.jobs.conftest import WORDS
from tests.support.telling import DAY, told

from .slow_worker import SlowWorker

pytestmark = pytest.mark.slow
KILLS = 5
StartWorker = Callable[[float], SlowWorker]


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


@pytest.fixture
def start_worker(instance: Path) -> Iterator[StartWorker]:
    started: list[SlowWorker] = []

    def start(seconds: float) -> SlowWorker:
        started.append(SlowWorker(instance, seconds))
        return started[-1]

    yield start
    for each in started:
        each.dies()


def ended(store: Store, run_id: int, within: float = 60) -> runs.RunState:
    until = time.monotonic() + within
    while time.monotonic() < until:
        run = runs.get(store, run_id)
        assert run is not None
        if not run.is_under_way:
            return run
        time.sleep(0.1)
    raise AssertionError(f"run {run_id} did not end within {within} s")


def test_every_killed_run_is_taken_up_and_ends_done_once(
    store: Store, story: PublishedSurvey, start_worker: StartWorker
) -> None:
    for words in WORDS:
        told(store, story, words)
    run_id = runs.request(store, story.survey_id, DAY)
    for _ in range(KILLS):
        victim = start_worker(600)
        victim.says("begun")
        victim.dies()
    start_worker(0)
    assert ended(store, run_id).state == "done"
    with store.read() as session:
        run = session.get_one(Run, run_id)
        assert run.attempts == KILLS + 1
        primary = session.scalar(select(func.count()).where(Coding.primary, Coding.run_id == run_id))
    assert primary == len(WORDS)


def test_a_worker_that_was_frozen_and_wakes_too_late_changes_nothing(
    store: Store, story: PublishedSurvey, start_worker: StartWorker
) -> None:
    for words in WORDS:
        told(store, story, words)
    run_id = runs.request(store, story.survey_id, DAY)
    frozen = start_worker(1)
    frozen.says("begun")
    frozen.gets(signal.SIGSTOP)
    start_worker(0)
    assert ended(store, run_id).state == "done"
    with store.read() as session:
        before = session.scalars(select(Coding.id).order_by(Coding.id)).all()
    frozen.gets(signal.SIGCONT)
    frozen.says("idle")  # it woke, ended its analysis and tried to store it
    with store.read() as session:
        assert session.scalars(select(Coding.id).order_by(Coding.id)).all() == before
        assert session.get_one(Run, run_id).attempts == 2

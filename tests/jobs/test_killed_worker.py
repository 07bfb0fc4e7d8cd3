"""A real worker process is killed in the middle of its work; another takes its run up and ends it once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from feedback.settings import ROOT
from feedback.store import runs
from feedback.store.database import Store
from feedback.store.models import Coding, Run
from feedback.store.surveys import PublishedSurvey
from tests.jobs.conftest import WORDS
from tests.support.telling import DAY, told

pytestmark = pytest.mark.slow
KILLS = 5
SLOW = """
import os, sys, time
import feedback.store.runs as runs
runs.LEASE_SECONDS = 1
import feedback.jobs.heartbeat as heartbeat
heartbeat.SECONDS_BETWEEN = 0.2
import feedback.jobs.worker as worker
real = worker.analyse
def slowly(*given, **named):
    named["progress"]("vectors", 1, 2)
    print("begun", flush=True)
    time.sleep(float(sys.argv[1]))
    return real(*given, **named)
worker.analyse = slowly
from feedback import create_app
work = create_app().extensions["heard_queue"].worker
while True:
    work.drain()
    print("idle", flush=True)
    time.sleep(0.05)
"""
StartWorker = Callable[[float], "subprocess.Popen[str]"]


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


@pytest.fixture
def start_worker(instance: Path) -> Iterator[StartWorker]:
    """A worker whose every analysis takes this many seconds longer, with a lease of one second."""
    started: list[subprocess.Popen[str]] = []
    environ = os.environ | {"HEARD_INSTANCE": str(instance), "HEARD_WEIGHTS": str(instance / "none")}

    def start(seconds: float) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", SLOW, str(seconds)],
            cwd=ROOT, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def says(process: subprocess.Popen[str], word: str) -> None:
    """Wait until the worker says that it has come so far."""
    assert process.stdout is not None
    for line in process.stdout:
        if line == f"{word}\n":
            return
    raise AssertionError(f"the worker ended before it said {word}")


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
        says(victim, "begun")
        victim.send_signal(signal.SIGKILL)
        victim.wait()
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
    says(frozen, "begun")
    frozen.send_signal(signal.SIGSTOP)
    start_worker(0)
    assert ended(store, run_id).state == "done"
    with store.read() as session:
        before = session.scalars(select(Coding.id).order_by(Coding.id)).all()
    frozen.send_signal(signal.SIGCONT)
    says(frozen, "idle")  # it woke, ended its analysis and tried to store it
    with store.read() as session:
        assert session.scalars(select(Coding.id).order_by(Coding.id)).all() == before
        assert session.get_one(Run, run_id).attempts == 2

"""The supervisor: starts the site and its worker, starts again what dies, ends all that it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedback.settings import ROOT
from tests.support.postgres import free_port

pytestmark = pytest.mark.slow
Serve = Callable[[int], "subprocess.Popen[str]"]


@pytest.fixture
def serve(instance: Path) -> Iterator[Serve]:
    started: list[subprocess.Popen[str]] = []

    def start(port: int) -> subprocess.Popen[str]:
        environ = {"HEARD_INSTANCE": str(instance), "HEARD_DEMO": "1", "PORT": str(port), "HOST": "127.0.0.1"}
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
            cwd=ROOT, env=os.environ | environ, text=True, stderr=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def until(true: Callable[[], bool], what: str, within: float = 60) -> None:
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def children(process: subprocess.Popen[str]) -> dict[str, int]:
    """Its web server and its worker, by what they run."""
    ids = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    commands = {int(each): Path(f"/proc/{each}/cmdline").read_text() for each in ids}
    return {
        name: number
        for number, command in commands.items()
        for name in ("gunicorn", "consumer")
        if name in command
    }


def is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def are_new(now: dict[str, int], before: dict[str, int]) -> bool:
    return set(now) == set(before) and not set(now.values()) & set(before.values())


def test_what_dies_is_started_again_and_all_ends_together(serve: Serve) -> None:
    port = free_port()
    process = serve(port)
    until(lambda: answers(port), "it never answered")
    first = children(process)
    assert set(first) == {"gunicorn", "consumer"}

    for number in first.values():
        os.kill(number, signal.SIGKILL)
    until(lambda: are_new(children(process), first) and answers(port), "they did not come back")
    second = children(process)

    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert not any(is_running(number) for number in second.values())


def test_nothing_stays_behind_when_the_supervisor_itself_is_killed(serve: Serve) -> None:
    port = free_port()
    process = serve(port)
    until(lambda: answers(port), "it never answered")
    left = children(process)
    process.kill()
    until(lambda: not any(is_running(number) for number in left.values()), "children stayed behind")


def test_a_port_in_use_is_said_in_one_sentence(serve: Serve) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = serve(taken.getsockname()[1])
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Set HOST or PORT to something else." in said and "Traceback" not in said

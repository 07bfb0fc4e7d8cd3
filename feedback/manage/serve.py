"""A small supervisor: the web server and the worker, started together, kept running, ended together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from feedback.settings import ROOT, Settings

HEALTHY_WITHIN = 60.0
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
ENDS_WITHIN = 35.0  # gunicorn lets requests finish for 30 seconds
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process that is started again when it dies, each time after a longer pause."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = field(default=0.5)
    start_at: float = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,  # Ctrl-C is for the supervisor, who ends the others in order
            preexec_fn=die_with_parent,
        )

    def look_after(self, now: float) -> None:
        if self.process is None:
            if now >= self.start_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            steady = now - self.started_at > STEADY_AFTER
            self.pause = 0.5 if steady else min(self.pause * 2, LONGEST_PAUSE)
            say(f"The {self.name} stopped ({code}). It starts again in {self.pause:.0f} s.")
            self.process, self.start_at = None, now + self.pause

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve(settings: Settings, ready: Callable[[str], None] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; `ready` is called with the address once it answers."""
    if problem := port_problem(settings.host, settings.port):
        say(problem)
        return 1
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    children = [web_server(settings), worker(settings)]
    address = f"http://{bracketed(settings.host)}:{settings.port}"
    announced, started_at = False, time.monotonic()
    try:
        while not stopping:
            for child in children:
                child.look_after(time.monotonic())
            if not announced and is_healthy(address):
                announced = True
                (ready or say_ready)(address)
            if not announced and time.monotonic() - started_at > HEALTHY_WITHIN:
                say(f"The site did not answer at {address}/health. Is the database reachable and migrated?")
                return 1
            time.sleep(0.2)
        return 0
    finally:
        until = time.monotonic() + ENDS_WITHIN
        for child in children:
            child.end()
        for child in children:
            child.wait(until)
        for number, handler in before.items():
            signal.signal(number, handler)


def web_server(settings: Settings) -> Child:
    command = [sys.executable, "-m", "gunicorn", "wsgi:app"]
    command += ["--bind", f"{bracketed(settings.host)}:{settings.port}"]
    command += ["--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "8"]
    # No access log: it would hold addresses.
    command += ["--graceful-timeout", "30", "--log-level", "warning", "--no-control-socket"]
    if os.path.isdir("/dev/shm"):  # noqa: S108  heartbeats of its workers, not data
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return Child("web server", command, environment(settings))


def worker(settings: Settings) -> Child:
    return Child("worker", [sys.executable, "-m", "feedback.jobs.consumer"], environment(settings))


def environment(settings: Settings) -> dict[str, str]:
    """The children read the same settings that we were given."""
    return os.environ | {
        "HOST": settings.host,
        "PORT": str(settings.port),
        "HEARD_DEMO": "1" if settings.demo else "0",
        "HEARD_INSTANCE": str(settings.instance),
        "HEARD_KEY_FILE": str(settings.key_file),
        "DATABASE_URL": settings.database_url,
    }


def port_problem(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return f"Can't serve on {host} port {port}: {error.strerror}. Set HOST or PORT to something else."
    return None


def is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:  # noqa: S310  our own address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def die_with_parent() -> None:
    """Even when the supervisor is killed outright, nothing stays behind that holds the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def say_ready(address: str) -> None:
    say(f"Serving on {address}")

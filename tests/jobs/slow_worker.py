"""A worker that takes its time, in a process of its own that can be killed."""

from __future__ import annotations

import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

LEASE_SECONDS, HEARTBEAT_SECONDS = 1, 0.2
# What a worker needs is loaded once, for all that are started: it takes most of the time of a start.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["feedback", "feedback.jobs.worker", "analysis.pipeline"])


class SlowWorker:
    """Every analysis takes it this many seconds longer, and its lease is one second."""

    def __init__(self, instance: Path, seconds: float) -> None:
        self._hears, says = PROCESSES.Pipe(duplex=False)
        self.process: ForkServerProcess = PROCESSES.Process(target=work, args=(instance, seconds, says))
        self.process.start()
        says.close()

    def says(self, word: str) -> None:
        """Wait until it says that it has come so far. EOFError where it ended before."""
        while self._hears.recv() != word:
            pass

    def gets(self, signal: int) -> None:
        assert self.process.pid
        os.kill(self.process.pid, signal)

    def dies(self) -> None:
        self.process.kill()
        self.process.join()


def work(instance: Path, seconds: float, says: Connection) -> None:
    """In the process."""
    from feedback import create_app
    from feedback.jobs import heartbeat, worker
    from feedback.store import runs

    runs.LEASE_SECONDS, heartbeat.SECONDS_BETWEEN = LEASE_SECONDS, HEARTBEAT_SECONDS
    analyse = worker.analyse

    def slowly(*given: Any, **named: Any) -> Any:
        named["progress"]("vectors", 1, 2)
        says.send("begun")
        time.sleep(seconds)
        return analyse(*given, **named)

    worker.analyse = slowly
    os.environ.update(HEARD_INSTANCE=str(instance), HEARD_WEIGHTS=str(instance / "none"))
    queue = create_app().extensions["heard_queue"]
    while True:
        queue.worker.drain()
        says.send("idle")
        time.sleep(0.05)

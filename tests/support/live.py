"""The site as a real gunicorn process on a free port of this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from feedback.manage.serve import die_with_parent
from feedback.settings import ROOT

from .postgres import free_port


class LiveServer:
    """Started, killed and started again on the same port and the same data."""

    def __init__(
        self,
        instance: Path,
        database_url: str = "",
        app: str = "wsgi:app",
        workers: int = 2,
        threads: int = 8,
        log: Path | None = None,
    ) -> None:
        self.instance, self.app, self.workers, self.threads = instance, app, workers, threads
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log or instance / "gunicorn.log"
        self.environ = os.environ | {
            "HEARD_INSTANCE": str(instance),
            "HEARD_KEY_FILE": str(instance / "heard.key"),
            "DATABASE_URL": database_url,
            "HEARD_DEMO": "1",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "OMP_NUM_THREADS": "1",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> LiveServer:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", self.app, "--bind", f"127.0.0.1:{self.port}",
                 "--preload", "--worker-class", "gthread", "--workers", str(self.workers),
                 "--threads", str(self.threads), "--keep-alive", "30", "--no-control-socket"],
                cwd=ROOT, env=self.environ, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=die_with_parent,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, f"the server did not start:\n{self.log.read_text()}"
            assert time.monotonic() < deadline, f"no answer within a minute:\n{self.log.read_text()}"
            time.sleep(0.05)
        return self

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self, how: int = signal.SIGKILL) -> None:
        """The whole group at once: master and workers, as a power switch would."""
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait()
            self.process = None

    def processes(self) -> list[int]:
        """The master and its workers."""
        assert self.process is not None
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        return [master, *map(int, children)]

    def stop(self) -> None:
        self.kill(signal.SIGTERM)

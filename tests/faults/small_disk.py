"""A disk that fills up: a small tmpfs where we may mount one, else a limit on how long files may grow."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.live import LiveServer

SIZE = 3 * 1024 * 1024


@dataclass(frozen=True)
class SmallDisk:
    folder: Path
    fill: Callable[[LiveServer], None]
    free: Callable[[LiveServer], None]


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        yield SmallDisk(
            folder, lambda server: limit_files(server, 0), lambda server: limit_files(server, None)
        )
        return
    try:
        yield SmallDisk(folder, lambda _: fill(folder), lambda _: (folder / "ballast").unlink())
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path) -> None:
    with (folder / "ballast").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return


def limit_files(server: LiveServer, most: int | None) -> None:
    """No file of the server's may grow past `most` bytes: where a real full disk can't be made."""
    limit = resource.RLIM_INFINITY if most is None else most
    for process in server.processes():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

"""Writers queue for SQLite: one at a time, across threads and processes, and nobody is left waiting."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

from feedback.store.turns import Turns


def add_ones(folder: Path, times: int) -> None:
    """Read, add one, write: loses some unless each does it in turn."""
    turns, counter = Turns(folder / "heard.db"), folder / "counter"
    for _ in range(times):
        with turns.mine():
            counter.write_text(str(int(counter.read_text()) + 1))


def test_processes_and_threads_take_turns(tmp_path: Path) -> None:
    (tmp_path / "counter").write_text("0")
    spawn = multiprocessing.get_context("spawn")
    crowd = [spawn.Process(target=add_ones, args=(tmp_path, 100)) for _ in range(2)]
    crowd += [threading.Thread(target=add_ones, args=(tmp_path, 100)) for _ in range(2)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert (tmp_path / "counter").read_text() == "400"


def test_a_turn_ends_with_an_error_too(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "heard.db")
    for _ in range(2):
        try:
            with turns.mine():
                raise KeyError
        except KeyError:
            continue
    with turns.mine(), (tmp_path / "done").open("w") as file:
        file.write("done")
    assert (tmp_path / "done").read_text() == "done"


def test_where_no_file_can_be_made_writing_goes_on(tmp_path: Path) -> None:
    """A full disk must be told by SQLite, as the page that keeps people's words."""
    turns = Turns(tmp_path / "no such folder" / "heard.db")
    with turns.mine():
        (tmp_path / "written").touch()
    assert (tmp_path / "written").exists()

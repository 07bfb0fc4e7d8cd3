"""What goes wrong in a long run: workers killed, the whole run killed, a disk that fills up, other parts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from analysis import Codebook, Comment
from analysis.inputs import InputError
from analysis.outputs import OutputError
from analysis.scale import engines
from analysis.scale.plan import WORK
from analysis.scale.run import group_parts
from tests.analysis.full_disk import no_file_beyond

from .conftest import SIZE, Cut, written

ROOT = Path(__file__).parents[2]


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    """Two workers, each a process of its own, as on two machines."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster


class Killer:
    """Kills a process in the middle of a run, once."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.killed = False

    def __call__(self, done: int, total: int) -> None:
        if not self.killed:
            self.killed = True
            os.kill(self.process, signal.SIGKILL)
        assert 0 < done <= total


@pytest.mark.slow
def test_a_dask_worker_killed_in_the_middle_changes_nothing(
    cut: Cut, services: Codebook, tmp_path: Path, cluster: LocalCluster
) -> None:
    parts = cut(3)
    group_parts(parts, services, tmp_path / "quiet", engines.here, size=SIZE)
    killer = Killer(cluster.workers[0].pid)
    there = partial(engines.with_dask, scheduler=cluster.scheduler_address)
    group_parts(parts, services, tmp_path / "killed", there, size=SIZE, progress=killer)
    assert killer.killed
    assert written(tmp_path / "killed") == written(tmp_path / "quiet")


@pytest.mark.slow
def test_a_process_of_joblib_killed_in_the_middle_changes_nothing(
    cut: Cut, services: Codebook, tmp_path: Path
) -> None:
    parts = cut(3)
    group_parts(parts, services, tmp_path / "quiet", engines.here, size=SIZE)
    killed: list[int] = []

    def kill(done: int, total: int) -> None:
        workers = [c for c in psutil.Process().children() if "loky.backend.popen" in " ".join(c.cmdline())]
        if workers and not killed:
            killed.append(workers[0].pid)
            workers[0].kill()

    two = partial(engines.with_joblib, workers=2)
    group_parts(parts, services, tmp_path / "killed", two, size=SIZE, progress=kill)
    assert killed
    assert written(tmp_path / "killed") == written(tmp_path / "quiet")


RUN = """
import sys
from pathlib import Path
from functools import partial
from analysis import load_codebook
from analysis.scale import engines
from analysis.scale.run import group_parts
two = partial(engines.with_joblib, workers=2)
group_parts([Path(p) for p in sys.argv[2:]], load_codebook(), Path(sys.argv[1]), two, size=50)
"""


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(cut: Cut, services: Codebook, tmp_path: Path) -> None:
    parts, out = cut(3), tmp_path / "out"
    group_parts(parts, services, tmp_path / "quiet", engines.here, size=SIZE)
    run = subprocess.Popen([sys.executable, "-c", RUN, out, *parts], cwd=ROOT, start_new_session=True)
    slices = out / WORK / "slices"
    while not list(slices.glob("??????")) and run.poll() is None:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    left = {path.name: path.stat().st_mtime_ns for path in slices.glob("??????")}
    assert 0 < len(left) < 12
    assert not (out / "themes.json").exists()
    seen: list[int] = []

    def engine(work: Path, todo: object) -> Iterator[int]:
        seen.extend(part.number for part in todo)  # type: ignore[attr-defined]
        assert {path.name: path.stat().st_mtime_ns for path in slices.glob("??????")} == left
        return engines.here(work, todo)  # type: ignore[arg-type]

    group_parts(parts, services, out, engine, size=SIZE)
    assert {f"{number:06}" for number in seen}.isdisjoint(left)
    assert written(out) == written(tmp_path / "quiet")
    assert sorted(path.name for path in out.iterdir()) == ["codings.parquet", "flags.csv", "themes.json"]


def test_a_full_disk_is_a_sentence_and_the_run_goes_on_later(
    cut: Cut, services: Codebook, tmp_path: Path
) -> None:
    parts, out = cut(3), tmp_path / "out"
    group_parts(parts, services, tmp_path / "quiet", engines.here, size=SIZE)
    done: list[int] = []

    def engine(work: Path, todo: object) -> Iterator[int]:
        for part in todo:  # type: ignore[attr-defined]
            done.append(engines.do(str(work), part))
            yield done[-1]
            if len(done) == 4:
                with no_file_beyond(20_000):
                    engines.do(str(work), part.__class__(part.number + 1, part.path, 0, SIZE))

    with pytest.raises(OutputError, match="can't be written: File too large"):
        group_parts(parts, services, out, engine, size=SIZE)
    kept = [path.name for path in (out / WORK / "slices").iterdir()]
    assert sorted(kept) == ["000000", "000001", "000002", "000003"]
    assert not (out / "themes.json").exists()
    group_parts(parts, services, out, engines.here, size=SIZE)
    assert written(out) == written(tmp_path / "quiet")


def test_other_parts_are_not_mixed_into_an_unfinished_run(
    cut: Cut, said: list[Comment], services: Codebook, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def stopped(work: Path, todo: object) -> Iterator[int]:
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        group_parts(cut(2), services, out, stopped, size=SIZE)
    with pytest.raises(OutputError, match="holds an unfinished run over other parts"):
        group_parts(cut(2, said[:100], name="other"), services, out, engines.here, size=SIZE)
    with pytest.raises(OutputError, match="codebook, model, seed or version"):
        group_parts(sorted((tmp_path / "parts").iterdir()), services, out, engines.here, size=SIZE, seed=1)


def test_an_id_in_two_parts_is_refused(
    cut: Cut, said: list[Comment], services: Codebook, tmp_path: Path
) -> None:
    parts = [*cut(1, said[:60], name="a"), *cut(1, said[50:80], name="b")]
    with pytest.raises(InputError, match="90 comments under 80 ids"):
        group_parts(parts, services, tmp_path / "out", engines.here, size=SIZE)
    assert not (tmp_path / "out" / "themes.json").exists()


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (pa.table({"id": ["1"], "comment": ["hello"]}), "has no column text"),
        (pa.table({"id": ["1", None], "text": ["hello", "again"]}), "has a row without an id"),
        (pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())}), "hold no comments"),
    ],
)
def test_parts_that_cannot_be_used(
    services: Codebook, tmp_path: Path, table: pa.Table, sentence: str
) -> None:
    pq.write_table(table, tmp_path / "part.parquet")
    with pytest.raises(InputError, match=sentence):
        group_parts([tmp_path / "part.parquet"], services, tmp_path / "out", engines.here)


def test_numbers_and_blanks_are_taken_as_they_are(services: Codebook, tmp_path: Path) -> None:
    table = pa.table({"id": [1, 2], "text": ["The wait was far too long.", None], "person": ["p", None]})
    pq.write_table(table, tmp_path / "part.parquet")
    group_parts([tmp_path / "part.parquet"], services, tmp_path / "out", engines.here)
    codings = written(tmp_path / "out")["codings"]
    assert [(row["comment_id"], row["theme_id"]) for row in codings if row["comment_id"] == "2"] == [
        ("2", "unsorted")
    ]


def test_what_is_no_parquet_file(services: Codebook, tmp_path: Path) -> None:
    (tmp_path / "part.parquet").write_text("id,text\n")
    with pytest.raises(InputError, match="is not a Parquet file"):
        group_parts([tmp_path / "part.parquet"], services, tmp_path / "out", engines.here)


def test_a_scheduler_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", "1s")
    with pytest.raises(engines.EngineUnavailable, match="There is no Dask scheduler"):
        list(engines.with_dask(tmp_path, [], "tcp://127.0.0.1:9"))

"""Who sorts the slices: this process, several on this machine (joblib), or many machines (Dask).

Whoever does, a slice is done when its folder is there. Workers that die are replaced, and their slices done
again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from analysis.scale.keeping import keep
from analysis.scale.plan import opened
from analysis.scale.slices import Slice, read
from analysis.scale.sorting import Sorter

Engine = Callable[[Path, Sequence[Slice]], Iterator[int]]

# A slice that takes its worker with it so many times will do so again.
MOST_DEATHS = 3
# So many slices for each worker are under way or wait there; the rest wait here.
AHEAD = 3
PATIENCE = "20s"

_sorters: dict[str, Sorter] = {}


class EngineUnavailable(RuntimeError):
    """The engine can't be had or gave up; the message is one plain sentence."""


def folder_of(work: Path, part: Slice) -> Path:
    """Where the results of a slice are, once it is done."""
    return work / "slices" / f"{part.number:06}"


def do(work: str, part: Slice) -> int:
    """Sorts one slice of the run in this work folder and keeps it; what a worker is asked to do."""
    plan, encoder, codebook = opened(work)
    if work not in _sorters:
        _sorters.clear()
        _sorters[work] = Sorter(codebook, encoder, plan.languages)
    keep(folder_of(Path(work), part), _sorters[work].sort(read(part)), plan.comments)
    return part.count


def here(work: Path, todo: Sequence[Slice]) -> Iterator[int]:
    """One after the other, in this process."""
    for part in todo:
        yield do(str(work), part)


def with_joblib(work: Path, todo: Sequence[Slice], workers: int) -> Iterator[int]:
    """In `workers` processes of this machine, each with a model of its own. Raises EngineUnavailable."""
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left = list(todo)
    for _ in range(MOST_DEATHS):
        try:
            pool = Parallel(workers, return_as="generator_unordered", pre_dispatch=AHEAD * workers)
            yield from pool(delayed(do)(str(work), part) for part in left)
            return
        except TerminatedWorkerError:
            left = [part for part in left if not folder_of(work, part).exists()]
    raise EngineUnavailable("The workers were killed again and again; is there enough memory for so many?")


def with_dask(work: Path, todo: Sequence[Slice], scheduler: str) -> Iterator[int]:
    """On a Dask cluster whose workers see the same folders and can import `analysis`.

    `scheduler` is its address, such as tcp://10.0.0.5:8786. Raises EngineUnavailable.
    """
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise EngineUnavailable(
            "Dask is not installed; install it with: pip install -r requirements-scale.txt"
        ) from None
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EngineUnavailable(f"There is no Dask scheduler at {scheduler} ({error}).") from None
    with client:
        waiting = iter(todo)
        ahead = AHEAD * max(1, sum(client.nthreads().values()))
        running = as_completed(_sent(client, work, islice(waiting, ahead)), loop=client.loop)
        try:
            for future in running:
                yield future.result()
                running.update(_sent(client, work, islice(waiting, 1)))
        except KilledWorker:
            raise EngineUnavailable(
                "The workers were killed again and again; is there enough memory on them?"
            ) from None


def _sent(client: Any, work: Path, parts: Iterator[Slice]) -> list[Any]:
    # Not "pure": where a slice's folder is gone, an old answer is no answer.
    return [client.submit(do, str(work), part, pure=False, retries=1) for part in parts]

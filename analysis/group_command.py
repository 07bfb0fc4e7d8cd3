"""python -m analysis group: one CSV in memory, or Parquet parts of any size."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from analysis import outputs, weights
from analysis.backends import choose
from analysis.checking import refuse_faults
from analysis.codebook import SHIPPED, Codebook, load_codebook
from analysis.encode import WORKERS, Encoder
from analysis.inputs import InputError, read_comments
from analysis.kept import WARNING, FolderCache
from analysis.people import read_checked, read_earlier
from analysis.pipeline import analyse
from analysis.records import Earlier

STAGES = {
    "language": "telling languages",
    "vectors": "reading comments",
    "themes": "finding themes",
    "quotes": "choosing words",
}
WORDS = "words"
BY_WORDS = "Sorting by words alone, which is much coarser and knows one language at a time."
PARQUET = ".parquet"
ENGINES = ("here", "joblib", "dask")


def add_to(commands: argparse._SubParsersAction[Any], seed: Callable[[str], int]) -> None:
    """Puts `group` among the commands."""
    parser = commands.add_parser(
        "group",
        help="sort the comments of a CSV or Parquet parts (id,text; person,language,question,service)",
    )
    parser.add_argument("input", type=Path, nargs="+", metavar="INPUT.csv|PART.parquet")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    shipped = f"a file, or one of {', '.join(SHIPPED)} (default: {SHIPPED[0]})"
    parser.add_argument("--codebook", metavar="FILE|NAME|none", help=shipped)
    parser.add_argument("--seed", type=seed, default=0)
    parser.add_argument(
        "--model", metavar="FOLDER|words",
        help="a sentence-transformers model on this disk, or words alone (default: the model we name)",
    )  # fmt: skip
    parser.add_argument(
        "--backend", choices=choose.BACKENDS, default="numpy",
        help="auto: PyTorch where it is installed and proves itself right and faster (default: numpy)",
    )  # fmt: skip
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="FOLDER",
        help="keep vectors there, to go on after a stop; they are as secret as the comments",
    )
    parser.add_argument(
        "--checked", type=Path, metavar="CHECKED.csv",
        help="what people said of comments (comment_id,theme_ids,random), as check.csv asks for it",
    )  # fmt: skip
    parser.add_argument(
        "--earlier", type=Path, metavar="DIR",
        help="the run before: themes keep its ids, and changes.csv says what moved",
    )  # fmt: skip
    parts = parser.add_argument_group("Parquet parts")
    parts.add_argument("--engine", choices=ENGINES, default="joblib", help="who sorts (default: joblib)")
    parts.add_argument(
        "--workers", type=int, default=WORKERS, help=f"processes of joblib (default: {WORKERS})"
    )
    parts.add_argument("--scheduler", metavar="URL", help="of the Dask cluster, such as tcp://10.0.0.5:8786")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Sorts what was given: a CSV in memory, Parquet parts slice by slice."""
    if all(path.suffix == PARQUET for path in options.input):
        _group_parts(options)
    elif len(options.input) == 1:
        _group_csv(options)
    else:
        raise InputError("Give one CSV file, or Parquet parts only.")


def codebook_of(choice: str | None) -> Codebook | None:
    """The codebook of a --codebook option. Raises CodebookError."""
    return None if choice == "none" else load_codebook(choice)


def _group_csv(options: argparse.Namespace) -> None:
    comments = read_comments(options.input[0])
    codebook = codebook_of(options.codebook)
    checked = read_checked(options.checked) if options.checked else []
    earlier = read_earlier(options.earlier) if options.earlier else None
    try:
        refuse_faults(checked, comments, codebook, earlier or Earlier({}))
    except ValueError as error:
        raise InputError(f"{options.checked} can't be used: {error}.") from None
    outputs.prepare(options.out)
    encoder = _encoder(options)
    cache = FolderCache(options.cache) if options.cache and encoder else None
    if cache:
        _say(WARNING.format(folder=cache.folder))
    with _Bar() as bar:
        found = analyse(
            comments, codebook=codebook, encoder=encoder, seed=options.seed, cache=cache,
            checked=checked, earlier=earlier, progress=bar.show,
        )  # fmt: skip
    outputs.write(options.out, found, comments)
    if cache:
        cache.close()


def _group_parts(options: argparse.Namespace) -> None:
    try:
        from analysis.scale import engines
        from analysis.scale.run import group_parts
    except ImportError as error:
        raise InputError(
            f"Parquet parts need {error.name}; install it with: pip install -r requirements-scale.txt"
        ) from None
    codebook = codebook_of(options.codebook)
    if codebook is None:
        raise InputError("Parts are sorted by a codebook; give one, or find themes in a sample as CSV first.")
    if options.checked or options.earlier:
        raise InputError("--checked and --earlier are for one CSV, not for parts.")
    if options.cache or options.backend != "numpy":
        raise InputError(
            "Parts keep what was done in --out and use our own arithmetic: no --cache, no --backend."
        )
    if (options.engine == "dask") != bool(options.scheduler):
        raise InputError("--engine dask and --scheduler URL belong together.")
    engine: engines.Engine = engines.here
    if options.engine == "joblib":
        engine = partial(engines.with_joblib, workers=options.workers)
    elif options.engine == "dask":
        engine = partial(engines.with_dask, scheduler=options.scheduler)
    try:
        with _Bar() as bar:
            group_parts(
                options.input, codebook, options.out, engine, encoder=_reader(options), seed=options.seed,
                progress=partial(bar.show, "vectors"),
            )  # fmt: skip
    except engines.EngineUnavailable as error:
        raise InputError(str(error)) from None
    except KeyboardInterrupt:
        raise InputError(
            f"Stopped; what was done is kept in {options.out}, and the same command goes on from there."
        ) from None


def _encoder(options: argparse.Namespace) -> Encoder | None:
    if options.model == WORDS:
        return None
    if options.model:
        return choose.load(model_folder=Path(options.model))
    path = _weights()
    # Weights that are there and wrong are refused, never passed over in silence.
    return choose.load(weights=path, backend=options.backend, say=_say) if path else None


def _reader(options: argparse.Namespace) -> str:
    """What the workers are to read with: "words", or where a model lies."""
    if options.model:
        return str(options.model if options.model == WORDS else Path(options.model).resolve())
    path = _weights()
    return str(path.resolve()) if path else WORDS


def _weights() -> Path | None:
    try:
        return weights.ensure()
    except weights.WeightsUnavailable as error:
        _say(f"{error} {BY_WORDS}")
        return None


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


class _Bar:
    """One progress bar on standard error, which takes the name of the stage it shows."""

    def __enter__(self) -> _Bar:
        self._bar = tqdm(
            file=sys.stderr, unit="", bar_format="{desc:<18}{percentage:3.0f}%|{bar:30}| {n_fmt}/{total_fmt}"
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self, stage: str, done: int, total: int) -> None:
        self._bar.set_description_str(STAGES[stage], refresh=False)
        self._bar.total = total
        self._bar.n = done
        self._bar.refresh()

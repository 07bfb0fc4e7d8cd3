"""A run over parts from end to end: plan, slices, totals, and the files put in place in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from analysis import outputs
from analysis.calibrate import DEFAULT
from analysis.codebook import Codebook
from analysis.inputs import InputError
from analysis.pipeline import VERSION as ANALYSIS
from analysis.records import ThemeSet
from analysis.scale import plan as plans
from analysis.scale.engines import Engine, folder_of
from analysis.scale.gather import flags_of, themes_of
from analysis.scale.keeping import CODINGS, NOVEL, SAMPLE
from analysis.scale.plan import Plan
from analysis.scale.slices import SLICE, languages_in, look_at
from analysis.scale.totals import Totals, count
from analysis.vectors import model_key
from analysis.watchlist import load_watchlist

VERSION = "1"
OUTPUT = "codings.parquet"


def group_parts(
    parts: Sequence[Path],
    codebook: Codebook,
    out: Path,
    engine: Engine,
    *,
    encoder: str = plans.WORDS,
    seed: int = 0,
    size: int = SLICE,
    progress: Callable[[int, int], None] | None = None,
) -> Totals:
    """Sorts Parquet parts: `themes.json`, `flags.csv`, and `codings.parquet` with a file for each slice.

    `encoder` is "words" or the path of a weights file that every worker can read. A run that was stopped goes
    on where it was. Raises InputError, OutputError, EncoderUnavailable, EngineUnavailable.
    """
    outputs.prepare(out)
    model = plans.encoder_of(encoder)
    looked = [look_at(path.resolve()) for path in parts]
    if not sum(part.rows for part in looked):
        raise InputError("The parts hold no comments.")
    plan = Plan(
        looked, codebook.as_json(), codebook.sha256, encoder, model_key(model), languages_in(looked), seed,
        size, f"{ANALYSIS}.{VERSION}",
    )  # fmt: skip
    work = plans.begin(out, plan).resolve()
    slices = plan.slices()
    todo = [part for part in slices if not folder_of(work, part).exists()]
    done = plan.comments - sum(part.count for part in todo)
    try:
        for comments in engine(work, todo):
            done += comments
            if progress:
                progress(done, plan.comments)
        folders = [folder_of(work, part) for part in slices]
        totals = count(folders)
        if totals.comments != plan.comments:
            raise InputError(
                f"The parts hold {plan.comments} comments under {totals.comments} ids; give each its own."
            )
        themes, codings = themes_of(folders, totals, codebook, model, seed)
        described = _model(plan, model, codebook, totals)
        _finish(out, ThemeSet(described, themes, codings, flags_of(folders)), folders)
    except OSError as error:
        raise outputs.refused(out, error) from None
    shutil.rmtree(work)
    return totals


def _model(plan: Plan, model: Any, codebook: Codebook, totals: Totals) -> dict[str, Any]:
    """What made this analysis: enough to make it again."""
    return {
        "analysis": ANALYSIS,
        "parts": VERSION,
        "name": model.name,
        "revision": model.revision,
        "sha256": model.sha256,
        "dim": model.dim,
        "fallback": not model.sha256,
        "codebook": {"name": codebook.name, "sha256": codebook.sha256, "themes": len(codebook.themes)},
        "seed": plan.seed,
        "thresholds": {"first": DEFAULT.enough, "more": DEFAULT.more, "smoothed": 0},
        "comments": plan.comments,
        "people": totals.everyone,
        "watchlist": load_watchlist().about if model.sha256 else None,
        "words_from": {"drawn": SAMPLE, "novel": NOVEL},
        "input": [{"rows": part.rows, "sha256": part.sha256} for part in plan.parts],
    }


def _finish(out: Path, found: ThemeSet, folders: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory(prefix=outputs.UNREADY, dir=out) as new:
        outputs.written(Path(new, "themes.json"), outputs.themes_json(found))
        outputs.written(Path(new, "flags.csv"), outputs.flags_csv(found.flags))
        (Path(new) / OUTPUT).mkdir()
        for number, folder in enumerate(folders):
            _linked(folder / CODINGS, Path(new, OUTPUT, f"{number:06}.parquet"))
        rows = [_coding(asdict(coding)) for coding in found.codings]
        schema = pq.read_schema(folders[0] / CODINGS)
        pq.write_table(pa.Table.from_pylist(rows, schema), Path(new, OUTPUT, "few.parquet"))
        outputs.put(out, Path(new))


def _coding(held: dict[str, Any]) -> dict[str, Any]:
    return {name: held.get(name) for name in ("comment_id", "theme_id", "score", "start", "end", "primary")}


def _linked(source: Path, target: Path) -> None:
    """The same file under two names where the disk can do that, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)

"""What a run over parts is: its parts, model, codebook and seed, kept beside its results.

A run that was killed is gone on with only where all of that is the same.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.backends.local_model import LocalModel
from analysis.codebook import Codebook, load_codebook
from analysis.encode import Encoder, load_encoder
from analysis.outputs import OutputError, refused, written
from analysis.scale.hashed import HashedWords
from analysis.scale.slices import Part, Slice, cut

WORK = ".heard-run"
PLAN = "plan.json"
WORDS = "words"


@dataclass(frozen=True)
class Plan:
    """`codebook` is the parsed JSON; `encoder` "words", the path of a weights file or a model's folder;
    `model` names what lies there; `version` is that of the analysis.
    """

    parts: list[Part]
    codebook: dict[str, Any]
    codebook_sha256: str
    encoder: str
    model: str
    languages: list[str]
    seed: int
    size: int
    version: str

    def slices(self) -> list[Slice]:
        return cut(self.parts, self.size)

    @property
    def comments(self) -> int:
        return sum(part.rows for part in self.parts)


def begin(out: Path, plan: Plan) -> Path:
    """The work folder of this run under `out`, new or left by a run that was killed. Raises OutputError."""
    work = out / WORK
    try:
        (work / "slices").mkdir(parents=True, exist_ok=True)
        work.chmod(0o700)
        found = work / PLAN
        if not found.exists():
            written(found, json.dumps(asdict(plan), ensure_ascii=False))
        elif _same(read(found)) != _same(plan):
            raise OutputError(
                f"{out} holds an unfinished run over other parts, or with another codebook, model, seed or "
                f"version; finish that one, delete {work}, or choose another folder."
            )
    except OSError as error:
        raise (error if isinstance(error, OutputError) else refused(out, error)) from None
    return work


def read(path: Path) -> Plan:
    """A plan as it was written."""
    held = json.loads(path.read_text("utf-8"))
    held["parts"] = [Part(**part) for part in held["parts"]]
    return Plan(**held)


def _same(plan: Plan) -> tuple[object, ...]:
    """What must be equal to go on: not where the parts lie, but what is in them."""
    return (
        [(part.rows, part.sha256) for part in plan.parts],
        plan.codebook_sha256, plan.model, plan.languages, plan.seed, plan.size, plan.version,
    )  # fmt: skip


def encoder_of(choice: str, workers: int = 1) -> Encoder:
    """Words alone, or the model that lies at this path. Raises EncoderUnavailable."""
    if choice == WORDS:
        return HashedWords()
    return LocalModel(Path(choice)) if Path(choice).is_dir() else load_encoder(Path(choice), workers=workers)


@lru_cache(1)
def opened(work: str) -> tuple[Plan, Encoder, Codebook]:
    """The run in this work folder; a worker opens it once for all its slices."""
    plan = read(Path(work) / PLAN)
    return plan, encoder_of(plan.encoder), load_codebook(plan.codebook)

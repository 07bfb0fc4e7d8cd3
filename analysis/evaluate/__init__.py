"""How well the analysis agrees with people, each figure with the uncertainty of the sample.

One module per question; each takes the labelled comments and gives no figure where they don't hold what it
needs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from analysis.codebook import Codebook
from analysis.encode import Encoder
from analysis.evaluate import grouping, labelled, learning, tone
from analysis.evaluate.figure import Figure
from analysis.evaluate.labelled import Labelled
from analysis.vectors import VectorCache

PARTS: dict[str, Callable[[Labelled], list[Figure]]] = {
    "grouping": grouping.figures,
    "learning": learning.figures,
    "tone": tone.figures,
}


def report(
    path: Path, codebook: Codebook | None, encoder: Encoder, seed: int = 0, cache: VectorCache | None = None
) -> str:
    """The figures of a labelled CSV, one to a line. Raises InputError."""
    data = labelled.read(path, codebook, encoder, seed, cache)
    head = f"{data.name}: {len(data.rows)} comments, {len(set().union(*data.labels))} labels"
    head += f"; {encoder.name} {encoder.sha256[:12]}, seed {seed}"
    return "\n".join([head, *(str(figure) for part in PARTS.values() for figure in part(data))])

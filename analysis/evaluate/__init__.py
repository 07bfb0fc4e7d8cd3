"""How well the analysis agrees with people, each figure with the uncertainty of the sample.

One module per question; each takes the labelled comments and gives no figure where they don't hold what it
needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.codebook import Codebook
from analysis.encode import Encoder
from analysis.evaluate import (
    checking,
    discovery,
    grouping,
    labelled,
    languages_learnt,
    learning,
    rare,
    stability,
    tone,
    transfer,
    watch,
)
from analysis.evaluate.figure import Figure
from analysis.evaluate.labelled import Labelled, has_topics
from analysis.evaluate.page import Section, page, write_page
from analysis.vectors import VectorCache

__all__ = ["PARTS", "Figure", "Section", "as_text", "has_topics", "measure", "page", "write_page"]

PARTS: dict[str, Callable[[Labelled], list[Figure]]] = {
    "grouping": grouping.figures,
    "discovery": discovery.figures,
    "stability": stability.figures,
    "what a few people said": rare.figures,
    "learning": learning.figures,
    "checking": checking.figures,
    "another organisation": transfer.figures,
    "other languages": languages_learnt.figures,
    "tone": tone.figures,
    "watchlist": watch.figures,
}


def measure(
    path: Path, codebook: Codebook | None, encoder: Encoder, seed: int = 0, cache: VectorCache | None = None
) -> Section:
    """All the figures of one labelled CSV. Raises InputError."""
    data = labelled.read(path, codebook, encoder, seed, cache)
    about = f"{len(data.rows)} comments, {len(set().union(*data.labels))} labels"
    about += f"; codebook: {codebook.name or 'without a name'}" if codebook else "; no codebook"
    about += f"; {encoder.name} {encoder.sha256[:12]}, seed {seed}"
    return Section(data.name, about, {name: part(data) for name, part in PARTS.items()})


def as_text(sections: Sequence[Section]) -> str:
    """The figures one to a line, each file under its name."""
    return "\n".join(
        line
        for section in sections
        for line in [
            f"{section.title}: {section.about}",
            *(str(figure) for figures in section.parts.values() for figure in figures),
        ]
    )

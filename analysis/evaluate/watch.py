"""Does the watchlist find what a person should read first, and how much does it call for nothing?

Invented comments (watch.json) are put one at a time among 1,000 of the labelled comments. `plain` ones say
it outright, `hidden` ones in passing, by a detail or in one clause of a longer answer. The part "tune" chose
the numbers in analysis/watch*.py and watchlists/; reported are "report", and "after", which was written when
nothing was changed any more. Every flag among the labelled comments counts as a false alarm, though some will
be true ones.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.centre import shipped_offsets
from analysis.evaluate.figure import Figure, Rows, bootstrap
from analysis.evaluate.labelled import Labelled, Memory
from analysis.records import Comment
from analysis.texts import read
from analysis.watch import LINE, score
from analysis.watchlist import load_watchlist

INVENTED = Path(__file__).parent / "watch.json"
BACKGROUND = 1_000
FIRST = 10
RECALL, FALSE_ALARMS = 0.95, 5.0
OWN = "comments by the same hands as the watchlist; the part after was written last, the cues before it"
REPORTED = ("report", "after")


@dataclass(frozen=True)
class Invented:
    topic: str
    language: str
    part: str
    manner: str
    text: str


def figures(data: Labelled) -> list[Figure]:
    """Nothing where there are fewer than `BACKGROUND` comments, or where they are translations."""
    if len(data.rows) < BACKGROUND or data.has("sentence"):
        return []
    said = [each for each in invented() if each.part in REPORTED]
    topics = [topic.id for topic in load_watchlist().topics]
    ordinary = scores(data, data.comments)
    comments = [Comment(f"invented {n}", each.text, str(n), each.language) for n, each in enumerate(said)]
    mine = scores(data, comments)[np.arange(len(said)), [topics.index(each.topic) for each in said]]
    rivals = ordinary[:, [topics.index(each.topic) for each in said]]
    early = (rivals >= mine).mean(axis=0) * BACKGROUND < FIRST
    found = [
        recall(f"watchlist, {manner}: in the first {FIRST} of 1,000{among}", early[rows], data.seed, reach)
        for manner, reach in (("plain", RECALL), ("hidden", None))
        for among, rows in parts(said, manner)
    ]
    last = np.array([each.part == "after" for each in said])
    found.append(recall(f"watchlist, plain, written last: in the first {FIRST}", early[last], data.seed))
    found += [
        recall(f"watchlist, {manner}: flagged", (mine >= LINE)[rows], data.seed)
        for manner in ("plain", "hidden")
        for _, rows in parts(said, manner)[:1]
    ]
    return found + [
        bootstrap(
            f"watchlist, false alarms in 1,000: {topic}", len(ordinary), data.seed,
            partial(alarms, ordinary[:, place] >= LINE), reach=FALSE_ALARMS, at_most=True,
            note="true alarms among them counted too",
        )
        for place, topic in enumerate(topics)
    ]  # fmt: skip


def invented() -> list[Invented]:
    """All of the invented comments that should be flagged."""
    return [Invented(**each) for each in json.loads(INVENTED.read_text("utf-8"))["comments"]]


def parts(said: list[Invented], manner: str) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Those of a manner, all of them first and then each language."""
    mine = np.array([each.manner == manner for each in said])
    spoken = np.array([each.language for each in said])
    return [("", mine), *((f", {tag}", mine & (spoken == tag)) for tag in dict.fromkeys(spoken.tolist()))]


def recall(name: str, found: npt.NDArray[np.bool_], seed: int, reach: float | None = None) -> Figure:
    return bootstrap(name, len(found), seed, lambda rows: float(found[rows].mean()), reach=reach, note=OWN)


def alarms(flagged: npt.NDArray[np.bool_], rows: Rows) -> float:
    return float(flagged[rows].mean() * 1_000)


def scores(data: Labelled, comments: list[Comment]) -> npt.NDArray[np.float64]:
    """(n, topics); 0 for a comment that says nothing."""
    cache = data.cache if comments is data.comments else Memory()
    texts, encoder = read(comments, [each.language for each in comments], None, data.encoder, cache)
    place = {comment.id: row for row, comment in enumerate(texts.rows)}
    found, _ = score(texts, load_watchlist(), encoder, shipped_offsets(encoder))
    nothing = np.zeros(found.shape[1])
    return np.array([found[place[each.id]] if each.id in place else nothing for each in comments])

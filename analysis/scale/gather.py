"""The slices of a run added up: totals exact, names and words from the comments that were kept to speak."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from threadpoolctl import threadpool_limits

from analysis.assemble import Member, group_id, themes_and_codings
from analysis.centre import centre, unit
from analysis.codebook import Codebook
from analysis.encode import Encoder
from analysis.few import few_people
from analysis.records import Coding, Comment, Flag, Theme
from analysis.scale.keeping import FLAGS, KEPT, NOVEL, SAMPLE, VOICES, chance, from_bytes
from analysis.scale.sorting import offsets_of
from analysis.scale.totals import Totals

Row = dict[str, Any]
# The largest so many of something, the least of them first.
Heap = list[tuple[float, "_Later"]]


@dataclass
class Speakers:
    """The comments of a run that lend it their words; what it holds is bounded however many there are."""

    total: int
    rows: dict[str, Row] = field(default_factory=dict)
    voices: dict[tuple[str, str], list[tuple[float, _Later]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    novel: list[tuple[float, _Later]] = field(default_factory=list)

    def hear(self, row: Row) -> None:
        """Takes a comment in where it is among the drawn, the first of its theme or the most novel."""
        name = row["comment_id"]
        lot = chance(name)
        wanted = lot < SAMPLE / self.total
        for member in row["members"]:
            heap = self.voices[member["theme_id"], row["language"] or "und"]
            wanted |= _among(heap, (-lot, _Later(name)), VOICES)
        if row["novel"]:
            wanted |= _among(self.novel, (-row["known"], _Later(name)), NOVEL)
        if wanted:
            self.rows[name] = row
        if len(self.rows) > 2 * (SAMPLE + NOVEL):
            self.drop()

    def drop(self) -> None:
        """Forgets whom others have crowded out since."""
        chosen = {entry[1].name for heap in self.voices.values() for entry in heap}
        chosen |= {entry[1].name for entry in self.novel}
        share = SAMPLE / self.total
        self.rows = {name: row for name, row in self.rows.items() if name in chosen or chance(name) < share}


def themes_of(
    slices: Sequence[Path], totals: Totals, codebook: Codebook, encoder: Encoder, seed: int
) -> tuple[list[Theme], list[Coding]]:
    """All themes, and the codings of the groups that only a few people make up."""
    speakers = Speakers(totals.comments)
    for row in _kept(slices):
        speakers.hear(row)
    speakers.drop()
    # In an order of their own, whichever slice they came from.
    rows = [speakers.rows[name] for name in sorted(speakers.rows)]
    comments = [Comment(r["comment_id"], r["text"], r["person"], r["language"]) for r in rows]
    members = [member for row, said in zip(rows, comments, strict=True) for member in _members(row, said)]
    novel = {entry[1].name for entry in speakers.novel}
    with threadpool_limits(1):
        few = _few([(r, c) for r, c in zip(rows, comments, strict=True) if c.id in novel], encoder, seed)
        themes, codings = themes_and_codings(comments, [r["language"] for r in rows], members + few, codebook)
    exact = [
        replace(theme, people=totals.people[theme.id], languages=totals.of(theme.id))
        if theme.kind == "codebook"
        else theme
        for theme in themes
    ]
    exact.sort(key=lambda theme: (-theme.people, theme.id))
    groups = {theme.id for theme in exact if theme.kind == "few"}
    return exact, [replace(coding, primary=False) for coding in codings if coding.theme_id in groups]


def flags_of(slices: Sequence[Path]) -> list[Flag]:
    """The comments to read first, topic by topic, the surest first."""
    found = [Flag(**row) for folder in slices for row in pq.read_table(folder / FLAGS).to_pylist()]
    return sorted(found, key=lambda flag: (flag.topic, -flag.score, flag.comment_id))


def _kept(slices: Sequence[Path]) -> Iterator[Row]:
    for folder in slices:
        for batch in pq.ParquetFile(folder / KEPT).iter_batches(batch_size=500):
            yield from batch.to_pylist()


def _members(row: Row, comment: Comment) -> list[Member]:
    return [
        Member(
            comment, m["theme_id"], "codebook", m["score"], (m["start"], m["end"]), from_bytes(m["vector"]),
            m["primary"],
        )
        for m in row["members"]
    ]  # fmt: skip


def _few(novel: Sequence[tuple[Row, Comment]], encoder: Encoder, seed: int) -> list[Member]:
    """What only a few people said, among the comments that fit the codebook least."""
    if not novel or not encoder.sha256:
        return []
    comments = [comment for _, comment in novel]
    whole = np.stack([from_bytes(row["vector"]) for row, _ in novel])
    fixed = centre(whole, [row["language"] for row, _ in novel], offsets_of(encoder), shrink=np.inf)
    known = np.array([row["known"] for row, _ in novel])
    members: list[Member] = []
    for group in few_people(fixed, [c.text for c in comments], [c.person for c in comments], known, seed):
        near = (fixed[group] @ unit(fixed[group].mean(axis=0, keepdims=True))[0]).clip(0, 1).round(4)
        name = group_id("few", [comments[place].id for place in group])
        members += [
            Member(comments[place], name, "few", float(score), None, fixed[place], False)
            for place, score in zip(group, near, strict=True)
        ]
    return members


class _Later(str):
    """Of two equal entries the one of the later id is crowded out."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return str(self)

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _among(heap: Heap, entry: tuple[float, _Later], most: int) -> bool:
    """Puts an entry among the `most` largest; False where it is not one of them."""
    if len(heap) < most:
        heapq.heappush(heap, entry)
        return True
    return heapq.heappushpop(heap, entry) is not entry

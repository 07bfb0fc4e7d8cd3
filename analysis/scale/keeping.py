"""What is kept of a sorted slice: its codings, who is to be counted where, and the comments that may speak.

A slice's folder is written under another name, flushed, and renamed: it is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.assemble import Member, codings_of
from analysis.scale.sorting import Sorted, mark

CODINGS, PEOPLE, KEPT, FLAGS = "codings.parquet", "people.arrow", "kept.parquet", "flags.parquet"
# People are counted shard by shard, so that one shard at a time is in memory.
SHARDS = 32
# Counted beside the themes: everyone, and each comment id, which must be distinct.
EVERYONE, COMMENT = "*person", "*comment"
# Of a whole run, drawn by the hash of their ids: comments that lend themes their names and quotes ...
SAMPLE = 5_000
# ... of each theme and language so many in any case ...
VOICES = 10
# ... and of each slice those that fit the codebook least, among which a few people's groups are sought.
NOVEL = 2_000
LEAST_WORDS = 3
STEPS = 10_000  # vectors have four decimals, so 16 bits hold them exactly

_CODING = pa.schema(
    [
        ("comment_id", pa.string()), ("theme_id", pa.string()), ("score", pa.float64()),
        ("start", pa.int32()), ("end", pa.int32()), ("primary", pa.bool_()), ("language", pa.string()),
    ]
)  # fmt: skip
_PERSON = pa.schema([("theme", pa.string()), ("language", pa.string()), ("who", pa.binary(16))])
_FLAG = pa.schema(
    [
        ("comment_id", pa.string()), ("topic", pa.string()), ("score", pa.float64()),
        ("start", pa.int32()), ("end", pa.int32()),
    ]
)  # fmt: skip
_MEMBER = pa.struct(
    [
        ("theme_id", pa.string()), ("score", pa.float64()), ("start", pa.int32()), ("end", pa.int32()),
        ("primary", pa.bool_()), ("vector", pa.binary()),
    ]
)  # fmt: skip
_KEPT = pa.schema(
    [
        ("comment_id", pa.string()), ("text", pa.string()), ("person", pa.string()),
        ("language", pa.string()), ("known", pa.float64()), ("novel", pa.bool_()), ("vector", pa.binary()),
        ("members", pa.list_(_MEMBER)),
    ]
)  # fmt: skip


def keep(folder: Path, found: Sorted, total: int) -> None:
    """Writes the results of a slice of a run over `total` comments. Raises OSError."""
    new = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        _written(new / CODINGS, pa.Table.from_pylist(_codings(found), _CODING))
        _written(new / KEPT, pa.Table.from_pylist(_kept(found, total), _KEPT))
        _written(new / FLAGS, pa.Table.from_pylist([asdict(flag) for flag in found.flags], _FLAG))
        with (new / PEOPLE).open("wb") as file:
            with pa.ipc.new_file(file, _PERSON) as shards:
                for shard in _people(found):
                    shards.write_batch(shard)
            os.fsync(file.fileno())
        if folder.exists():  # another worker was given the same slice and was quicker: the same results
            return
        os.rename(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def as_bytes(vector: np.ndarray) -> bytes:
    """A vector of four decimals in two bytes a number."""
    return bytes((vector * STEPS).round().astype("<i2").tobytes())


def from_bytes(raw: bytes) -> np.ndarray:
    """float32 (dim,), as it was before `as_bytes`."""
    return np.frombuffer(raw, dtype="<i2").astype(np.float32) / np.float32(STEPS)


def chance(comment_id: str) -> float:
    """A number from 0 to 1 that is a comment's own."""
    digest = hashlib.blake2b(comment_id.encode("utf-8", "surrogatepass"), digest_size=8, person=b"sample")
    return int.from_bytes(digest.digest()) / 2**64


def _codings(found: Sorted) -> list[dict[str, object]]:
    mine: dict[str, list[Member]] = defaultdict(list)
    for member in found.members:
        mine[member.comment.id].append(member)
    return [
        {
            "comment_id": coding.comment_id, "theme_id": coding.theme_id, "score": coding.score,
            "start": coding.start, "end": coding.end, "primary": coding.primary, "language": tag,
        }
        for comment, tag in zip(found.comments, found.languages, strict=True)
        for coding in codings_of(comment, mine[comment.id])
    ]  # fmt: skip


def _people(found: Sorted) -> list[pa.RecordBatch]:
    """A batch for each shard; a person and a comment are always in the shard of their mark."""
    spoken = dict(zip((c.id for c in found.comments), found.languages, strict=True))
    rows: set[tuple[str, str, bytes]] = set()
    for comment in found.comments:
        rows.add((EVERYONE, spoken[comment.id] or "und", mark(comment.person)))
        rows.add((COMMENT, "", mark(comment.id)))
    for member in found.members:
        comment = member.comment
        rows.add((member.theme_id, spoken[comment.id] or "und", mark(comment.person)))
    shards: list[list[tuple[str, str, bytes]]] = [[] for _ in range(SHARDS)]
    for row in sorted(rows):
        shards[row[2][0] % SHARDS].append(row)
    return [
        pa.RecordBatch.from_arrays(
            [pa.array([row[column] for row in shard], _PERSON.types[column]) for column in range(3)],
            schema=_PERSON,
        )
        for shard in shards
    ]


def _kept(found: Sorted, total: int) -> list[dict[str, object]]:
    """The comments that may lend their words, drawn so that it does not matter how the parts were cut."""
    mine: dict[str, list[Member]] = defaultdict(list)
    for member in found.members:
        mine[member.comment.id].append(member)
    rows = range(len(found.texts.rows))
    enough = [row for row in rows if len(found.texts.rows[row].text.split()) >= LEAST_WORDS]
    novel = set(sorted(enough, key=lambda row: (found.known[row], found.texts.rows[row].id))[:NOVEL])
    drawn = {row for row in rows if chance(found.texts.rows[row].id) < SAMPLE / total}
    voices = _voices(found, mine)
    return [
        _row(found, row, mine[found.texts.rows[row].id], novel=row in novel)
        for row in sorted(novel | drawn | voices)
    ]


def _voices(found: Sorted, mine: dict[str, list[Member]]) -> set[int]:
    of: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for row, (comment, tag) in enumerate(zip(found.texts.rows, found.texts.languages, strict=True)):
        for member in mine[comment.id]:
            of[member.theme_id, tag].append(row)
    lot = [(chance(comment.id), comment.id) for comment in found.texts.rows]
    return {row for rows in of.values() for row in sorted(rows, key=lambda row: lot[row])[:VOICES]}


def _row(found: Sorted, row: int, members: list[Member], *, novel: bool) -> dict[str, object]:
    comment = found.texts.rows[row]
    return {
        "comment_id": comment.id, "text": comment.text, "person": comment.person,
        "language": found.texts.languages[row], "known": float(found.known[row]), "novel": novel,
        "vector": as_bytes(found.texts.whole[row]),
        "members": [
            {
                "theme_id": m.theme_id, "score": m.score, "start": m.place[0], "end": m.place[1],
                "primary": m.primary, "vector": as_bytes(m.vector),
            }
            for m in members
        ],
    }  # fmt: skip


def _written(path: Path, table: pa.Table) -> None:
    with path.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())

"""The vector cache: sealed, under keyed hashes, gone with its comment.

A vector tells almost as much as the words it was made of, so it is kept as safely as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import insert, select

from .database import Store
from .models import Comment, Vector

Vectors = npt.NDArray[np.float32]
AT_ONCE = 500  # SQLite takes a limited number of parameters


class SealedVectorCache:
    """What `analysis` knows as a VectorCache, on the site's database."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def load(self, model: str, items: Sequence[tuple[str, str]]) -> dict[int, Vectors]:
        """The vectors we hold of these (comment id, text) pairs, by their index."""
        found: dict[int, Vectors] = {}
        for start in range(0, len(items), AT_ONCE):
            wanted: dict[tuple[str, bytes], list[int]] = {}
            for offset, (comment_id, text) in enumerate(items[start : start + AT_ONCE]):
                wanted.setdefault((comment_id, self.key_hash(model, text)), []).append(start + offset)
            with self.store.read() as session:
                rows = session.execute(
                    select(Vector.comment_id, Vector.key_hash, Vector.vector_sealed).where(
                        Vector.comment_id.in_({comment_id for comment_id, _ in wanted})
                    )
                ).all()
            for comment_id, key_hash, sealed in rows:
                indexes = wanted.get((comment_id, key_hash))
                if indexes:
                    plain = self.store.keyring.open(sealed, place(comment_id, key_hash))
                    found.update(dict.fromkeys(indexes, np.frombuffer(plain, dtype="<f4")))
        return found

    def save(self, model: str, items: Sequence[tuple[str, str]], vectors: Vectors) -> None:
        """Keep the vectors of comments that are still here."""
        rows = {}
        for (comment_id, text), vector in zip(items, vectors, strict=True):
            key_hash = self.key_hash(model, text)
            plain = np.ascontiguousarray(vector, dtype="<f4").tobytes()
            rows[comment_id, key_hash] = self.store.keyring.seal(plain, place(comment_id, key_hash))
        pairs = list(rows)
        for start in range(0, len(pairs), AT_ONCE):
            self.insert_new({pair: rows[pair] for pair in pairs[start : start + AT_ONCE]})

    def insert_new(self, rows: dict[tuple[str, bytes], bytes]) -> None:
        comment_ids = {comment_id for comment_id, _ in rows}
        with self.store.write() as session:
            # Locked until the commit: a withdrawal waits and takes the vectors with it.
            here = set(
                session.scalars(
                    select(Comment.id)
                    .where(Comment.id.in_(comment_ids))
                    .with_for_update(read=True, key_share=True)
                )
            )
            known = {
                (comment_id, key_hash)
                for comment_id, key_hash in session.execute(
                    select(Vector.comment_id, Vector.key_hash).where(Vector.comment_id.in_(comment_ids))
                )
            }
            new = [
                {"comment_id": comment_id, "key_hash": key_hash, "vector_sealed": sealed}
                for (comment_id, key_hash), sealed in rows.items()
                if comment_id in here and (comment_id, key_hash) not in known
            ]
            if new:
                session.execute(insert(Vector), new)

    def key_hash(self, model: str, text: str) -> bytes:
        return self.store.keyring.keyed_hash("vector", model.encode(), text.encode())


def place(comment_id: str, key_hash: bytes) -> str:
    return f"vector:{comment_id}:{key_hash.hex()}"

"""A folder of vectors: for the owner's eyes, exact, whole after a kill, refused in a sentence when full."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import numpy as np
import pytest

from analysis.centre import unit
from analysis.kept import FILE, FolderCache
from analysis.outputs import OutputError
from analysis.vectors import Item, embed
from analysis.words import WordEncoder

from .full_disk import no_file_beyond

TEXTS = [f"the wait was {n} hours and the staff were kind" for n in range(300)]
ITEMS: list[Item] = [(f"c{n}", text) for n, text in enumerate(TEXTS)]
VECTORS = unit(np.random.default_rng(0).standard_normal((300, 384), dtype=np.float32)).round(4)


def test_vectors_come_back_to_the_last_bit(tmp_path: Path) -> None:
    FolderCache(tmp_path / "new" / "folder").save("model", ITEMS, VECTORS)
    found = FolderCache(tmp_path / "new" / "folder").load("model", ITEMS[::-1])
    assert all(np.array_equal(found[place], vector) for place, vector in enumerate(VECTORS[::-1]))
    assert not FolderCache(tmp_path / "new" / "folder").load("another model", ITEMS)


def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    held = os.umask(0)
    try:
        cache = FolderCache(tmp_path / "secret")
        cache.save("model", ITEMS, VECTORS)
        assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secret").iterdir()} == {0o600}
    finally:
        os.umask(held)


def test_no_words_are_in_the_folder(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.save("model", [("c", "Zephyrine")], VECTORS[:1])
    cache.close()
    assert not [path for path in tmp_path.iterdir() if b"Zephyrine" in path.read_bytes()]


def test_what_was_kept_before_a_stop_is_not_encoded_again(tmp_path: Path) -> None:
    encoder = WordEncoder(TEXTS)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embed(encoder, ITEMS, FolderCache(tmp_path), stop)
    steps: list[tuple[int, int]] = []
    found = embed(encoder, ITEMS, FolderCache(tmp_path), lambda *at: steps.append(at))
    assert steps == [(44, 44)]
    assert np.array_equal(found, encoder.encode(TEXTS))


def test_a_full_disk_is_a_sentence_and_the_folder_stays_usable(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    with no_file_beyond(60_000), pytest.raises(OutputError, match="can't be kept"):
        cache.save("model", ITEMS, VECTORS)
    cache.close()
    again = FolderCache(tmp_path)
    assert not again.load("model", ITEMS)
    again.save("model", ITEMS, VECTORS)
    assert len(again.load("model", ITEMS)) == len(ITEMS)


def test_a_file_that_is_no_cache_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    with pytest.raises(OutputError, match="can't be kept"):
        FolderCache(tmp_path)

"""Runs on both databases, with workers that sort by words alone: quick, and real in every other part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback.jobs.worker import Worker
from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey
from tests.store.conftest import (  # noqa: F401  fixtures
    database,
    keyring,
    migrated_postgres,
    postgres,
    publish,
    store,
    story,
)
from tests.support.telling import told

WORDS = (
    "The wait was far too long and nobody said why.",
    "I waited three hours in a cold room.",
    "The woman at the desk was kind and listened to me.",
    "They listened. That was all I needed.",
    "Nobody spoke Polish, my daughter had to translate.",
    "The letter made no sense, too many long words.",
    "The bus there takes an hour and costs too much.",
    "I felt safe for the first time in years.",
)


@pytest.fixture
def without_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_WEIGHTS", str(tmp_path / "no-weights"))


@pytest.fixture
def worker(store: Store, without_weights: None) -> Worker:  # noqa: F811
    return Worker(store)


@pytest.fixture
def told_stories(store: Store, story: PublishedSurvey) -> Callable[[], list[str]]:  # noqa: F811
    """Eight people tell; their receipts."""

    def tell() -> list[str]:
        receipts = [told(store, story, happened).receipt for happened in WORDS]
        return [receipt for receipt in receipts if receipt is not None]

    return tell

"""What the tests of answering ask for: published surveys, a clock to turn, and what was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from feedback.store import responses
from feedback.store.database import Store
from feedback.store.models import Draft, Response
from feedback.store.responses import OwnResponse
from feedback.store.surveys import PublishedSurvey
from tests.support.telling import count

Publish = Callable[[str], PublishedSurvey]


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


@pytest.fixture
def quiet(publish: Publish) -> PublishedSurvey:
    """A sensitive survey."""
    return publish("quiet")


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


class Kept:
    """What the store holds now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def responses(self) -> int:
        return count(self._store, Response)

    @property
    def drafts(self) -> int:
        return count(self._store, Draft)

    def under(self, receipt: str | None) -> OwnResponse:
        assert receipt, "no receipt was shown"
        found = responses.find_by_receipt(self._store, receipt)
        assert found is not None, "nothing is stored under this receipt"
        return found


@pytest.fixture
def kept(store: Store) -> Kept:
    return Kept(store)

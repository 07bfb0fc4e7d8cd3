"""A survey whose answers were sorted by hand, for those who look after the machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey
from tests.support.sorting import Sorting


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


@pytest.fixture
def rated(store: Store, publish: Callable[[str], PublishedSurvey]) -> Sorting:
    return Sorting(store, publish("rated"))

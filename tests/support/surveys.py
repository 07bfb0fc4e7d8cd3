"""The tiny surveys of the tests: one for each feature, published as an owner would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from feedback.store import surveys
from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey
from feedback.survey.loading import load_bundle

FOLDER = Path(__file__).parent.parent / "surveys"


def publish(store: Store, name: str, today: date = date(2026, 3, 1)) -> PublishedSurvey:
    bundle = load_bundle(FOLDER / f"{name}.json")
    surveys.publish(store, bundle, today)
    found = surveys.find(store, bundle.survey.slug)
    assert found is not None
    return found

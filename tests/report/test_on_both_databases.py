"""What a report is read from is the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from feedback.store import report
from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import Reader
from tests.store.conftest import database, keyring, migrated_postgres, postgres, store  # noqa: F401  fixtures
from tests.support import surveys

from .conftest import NOBODY, PLAN, SERVICE, Told, many, says


@pytest.fixture
def survey(store: Store) -> PublishedSurvey:  # noqa: F811
    return surveys.publish(store, "rated")


@pytest.fixture
def told(store: Store, survey: PublishedSurvey) -> Told:  # noqa: F811
    people = [
        *many(3, reading_choice=SERVICE, quoted=True),
        *many(2, "Czekamy", language="pl", service="advice", reading_choice=PLAN, quoted=True),
        says("Not for anyone", service=None, reading_choice=NOBODY, quoted=True),
    ]
    heard = Told(store, survey)
    heard.hear(people)
    heard.sort(people)
    return heard


def test_the_newest_finished_run_is_read_with_its_numbers(told: Told) -> None:
    found = report.find(told.store, told.survey)
    assert found is not None
    assert [theme.id for theme in found.themes] == ["waiting"]
    assert found.figures["themes"]["waiting"]["languages"] == {"en": 4, "pl": 2}


def test_tellers_are_counted_by_language_and_service(told: Told) -> None:
    found = report.find(told.store, told.survey)
    assert found is not None
    voices = report.tellers(told.store, found.run_id)
    assert voices.languages == {"en": 4, "pl": 2}
    assert voices.services == {("en", "hostel"): 3, ("pl", "advice"): 2}


@pytest.mark.parametrize(
    ("reader", "read"), [(Reader.COMMISSIONER, 5), (Reader.SERVICE, 3), (Reader.PUBLIC, 0)]
)
def test_each_reader_gets_the_words_they_may_see(told: Told, reader: Reader, read: int) -> None:
    found = report.find(told.store, told.survey)
    assert found is not None
    chosen = report.chosen_spans(told.store, reader, found.run_id).get("waiting", [])
    coded = report.coded_spans(told.store, reader, found.run_id, "waiting")
    assert len(chosen) == len(coded) == read
    assert len(report.opened(told.store, reader, coded)) == read


def test_words_are_not_opened_for_a_reader_who_may_not_see_them(told: Told) -> None:
    """Even where a page asks for them by mistake."""
    found = report.find(told.store, told.survey)
    assert found is not None
    spans = report.coded_spans(told.store, Reader.COMMISSIONER, found.run_id, "waiting")
    assert len(report.opened(told.store, Reader.SERVICE, spans)) == 3

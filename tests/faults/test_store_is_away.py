"""Disk full, database down: an honest page that keeps the words, and nothing half stored."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from feedback.store import comments, responses, surveys
from feedback.store.database import Store
from feedback.store.encryption import read_key_file
from tests.support import header_rules, page_rules
from tests.support.live import LiveServer
from tests.support.load import Hurried
from tests.support.page import Page
from tests.support.postgres import PostgresServer
from tests.support.surveys import publish

from .small_disk import SmallDisk, small_disk

NewPerson = Callable[[LiveServer], Hurried]
pytestmark = pytest.mark.slow
# Some 20 KB: it can't squeeze into a page of the file that was left free.
LONG = ("استمعوا إليّ. They listened. " * 500).strip()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def cramped(disk: SmallDisk, migrated: Path, tmp_path: Path) -> Iterator[tuple[LiveServer, Store]]:
    """The live site with its database on the small disk."""
    instance = Path(shutil.copytree(migrated, disk.folder / "instance"))
    store = Store(f"sqlite:///{instance / 'heard.db'}", read_key_file(instance / "heard.key"))
    publish(store, "story")
    server = LiveServer(instance, store.url, workers=1, log=tmp_path / "gunicorn.log").start()
    yield server, store
    server.stop()
    store.engine.dispose()


@pytest.fixture
def new_person() -> Iterator[NewPerson]:
    with ExitStack() as open_connections:
        yield lambda server: open_connections.enter_context(Hurried(server.port))


def refused_kindly(person: Hurried, path: str, form: dict[str, str], words: str) -> None:
    """503 with Retry-After, a page that passes every rule and holds the words ready to be sent again."""
    status, headers, html = person.ask("POST", path, form)
    assert status == 503, html[:500]
    assert int(headers["Retry-After"]) > 0
    assert "no-store" in headers["Cache-Control"]
    header_rules.check_policy(headers["Content-Security-Policy"], path)
    page = Page(html, path)
    page_rules.check(page, None)
    kept = [value for values in page.main_form.values.values() for value in values]
    assert words in {value.strip() for value in kept}


def stories(store: Store) -> list[str]:
    found = surveys.find(store, "story")
    assert found is not None
    return [comment.text for comment in comments.to_sort(store, found.survey_id)]


def test_a_full_disk_keeps_the_words_on_the_page(
    disk: SmallDisk, cramped: tuple[LiveServer, Store], new_person: NewPerson
) -> None:
    server, store = cramped
    person = new_person(server)
    person.page("GET", "/s/story")
    person.page("POST", "/s/story/begin", {"lang": "en"})
    disk.fill(server)
    form = {"token": person.token, "happened": LONG}
    refused_kindly(person, "/s/story/story", form, LONG)
    assert stories(store) == []
    disk.free(server)
    person.page("POST", "/s/story/story", form)
    person.page("POST", "/s/story/service", {"token": person.token, "which_service": "", "better": ""})
    person.page("POST", "/s/story/who", {"token": person.token})
    receipt = person.sends()
    told = responses.find_by_receipt(store, receipt)
    assert told is not None and told.words == {"happened": LONG}


def test_a_disk_that_fills_while_sending_loses_nothing_it_thanked_for(
    disk: SmallDisk, cramped: tuple[LiveServer, Store]
) -> None:
    server, store = cramped
    thanked: dict[str, str] = {}
    refused = 0
    for number in range(400):
        words = f"Story {number}. {LONG}"
        try:
            with Hurried(server.port) as person:
                person.walks_to_check(words)
                thanked[person.sends()] = words
        except Exception as error:
            assert getattr(error, "status", None) == 503, error
            refused += 1
            if refused == 3:
                break
        if number == 5:
            disk.fill(server)
    assert len(thanked) >= 5 and refused
    disk.free(server)
    for receipt, words in thanked.items():
        told = responses.find_by_receipt(store, receipt)
        assert told is not None and told.words == {"happened": words}
    assert sorted(stories(store)) == sorted(thanked.values())
    with Hurried(server.port) as later:
        later.walks_to_check("When there was room again.")
        assert responses.find_by_receipt(store, later.sends()) is not None


@pytest.mark.postgres
@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_a_database_that_is_down_keeps_the_words_on_the_page(
    site: tuple[LiveServer, Store], doomed_postgres: PostgresServer, new_person: NewPerson
) -> None:
    server, store = site
    person = new_person(server)
    person.page("GET", "/s/story")
    person.page("POST", "/s/story/begin", {"lang": "en"})
    doomed_postgres.kill()
    form = {"token": person.token, "happened": LONG}
    refused_kindly(person, "/s/story/story", form, LONG)
    doomed_postgres.start()
    person.page("POST", "/s/story/story", form)
    person.page("POST", "/s/story/service", {"token": person.token, "which_service": "", "better": ""})
    person.page("POST", "/s/story/who", {"token": person.token})
    assert responses.find_by_receipt(store, person.sends()) is not None
    assert stories(store) == [LONG]

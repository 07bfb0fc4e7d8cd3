"""A live site on this machine and a browser to visit it with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask_security import hash_password
from playwright.sync_api import Browser

from feedback import create_app
from feedback.store import staff
from feedback.store.database import Store
from feedback.web.access import ROLES
from tests.conftest import PASSWORD
from tests.support import something_to_show, surveys
from tests.support.live import LiveServer
from tests.support.wire import Wire

from .offline import NewTraveller, traveller
from .phone import Phone, phone

NewPhone = Callable[..., AbstractContextManager[Phone]]


@dataclass(frozen=True)
class Site:
    url: str
    store: Store
    server: LiveServer


@pytest.fixture(scope="session")
def site(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    instance = Path(shutil.copytree(migrated, tmp_path_factory.mktemp("live") / "instance"))
    database = f"sqlite:///{instance / 'heard.db'}"
    app = create_app(instance=instance, key_file=instance / "heard.key", database_url=database, demo=True)
    store: Store = app.extensions["heard_store"]
    for name in ("story", "every_type", "routes", "quiet"):
        surveys.publish(store, name)
    with app.app_context():
        for name, roles in {"owner": {"owner"}, "commissioner": {"commissioner"}, "all": set(ROLES)}.items():
            staff.save(store, f"{name}@example.org", hash_password(PASSWORD), roles)
    server = LiveServer(instance, workers=1).start()
    yield Site(server.url, store, server)
    server.stop()
    store.engine.dispose()


@pytest.fixture(scope="session")
def with_rows(site: Site) -> None:
    """A survey with something in each list that staff see."""
    something_to_show.fill(site.store)


@pytest.fixture
def new_phone(browser: Browser, site: Site) -> NewPhone:
    """with new_phone(scripts=False) as phone: ..."""

    def take(**kinds: Any) -> AbstractContextManager[Phone]:
        return phone(browser, site.url, **kinds)

    return take


@pytest.fixture
def wire(site: Site) -> Iterator[Wire]:
    wire = Wire(site.server.port).up()
    yield wire
    wire.cut()


@pytest.fixture
def new_traveller(browser: Browser, wire: Wire) -> NewTraveller:
    return lambda **kinds: traveller(browser, wire, **kinds)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)

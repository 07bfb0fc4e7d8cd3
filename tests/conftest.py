"""What every test can ask for: a site of its own, surveys, and people who use them."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask_security import hash_password
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Dialect, Engine
from werkzeug.routing import Rule

from feedback import create_app
from feedback.store import database, staff
from feedback.store.database import Store
from feedback.store.encryption import create_key_file, read_key_file
from feedback.store.surveys import PublishedSurvey
from tests.support import surveys
from tests.support.respondent import Respondent
from tests.support.staff import Staff

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

PASSWORD = "a long password for tests"
MakeApp = Callable[..., Flask]


def pytest_sessionstart() -> None:
    """What is imported stays and a test leaves little: looking for cycles took an eighth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)  # after each folder has marked its own
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=how_late)


def how_late(item: pytest.Item) -> int:
    """Fast ones first, then what needs a model, a PostgreSQL or patience, then what needs a browser."""
    marks = {mark.name for mark in item.iter_markers()}
    return 2 if "browser" in marks else int(not marks.isdisjoint({"weights", "postgres", "slow"}))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with a key and an empty, migrated SQLite database; tests copy it."""
    folder = tmp_path_factory.mktemp("migrated")
    create_key_file(folder / "heard.key")
    store = Store(f"sqlite:///{folder / 'heard.db'}", read_key_file(folder / "heard.key"))
    store.migrate()
    store.engine.dispose()
    return folder


@pytest.fixture
def instance(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(migrated, tmp_path / "instance"))


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Each test has a site of its own; compiling its pages anew would take a third of the time."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session", autouse=True)
def compiled_addresses() -> Iterator[None]:
    """As with templates: Werkzeug writes a function for each address of each site, and they are all alike."""
    compile_one = Rule._compile_builder
    compiled: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        alike = (rule.rule, append_unknown, repr(rule.defaults), tuple(rule._trace))
        if alike not in compiled:
            compiled[alike] = compile_one(rule, append_unknown)
        return compiled[alike]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_statements() -> Iterator[None]:
    """And SQLAlchemy compiles each statement for each engine, however alike their databases are."""
    make_one = database.make_engine
    dialects: dict[str, Dialect] = {}
    compiled: dict[object, object] = {}

    def alike(url: str) -> Engine:
        engine = make_one(url)
        if url.startswith("sqlite"):
            engine.dialect = dialects.setdefault("sqlite", engine.dialect)
            engine.update_execution_options(compiled_cache=compiled)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "make_engine", alike)
        yield


@pytest.fixture
def make_app(instance: Path, compiled_templates: FileSystemBytecodeCache) -> Iterator[MakeApp]:
    made: list[Flask] = []

    def make(**overrides: Any) -> Flask:
        extra = {"TESTING": True} | overrides.pop("extra", {})
        settings = {
            "instance": instance,
            "key_file": instance / "heard.key",
            "database_url": f"sqlite:///{instance / 'heard.db'}",
            "demo": True,
        }
        app = create_app(**(settings | {"extra": extra} | overrides))
        app.jinja_env.bytecode_cache = compiled_templates
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["heard_store"].engine.dispose()


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """The site as `make demo` runs it, so that its cookies travel over http."""
    return make_app()


@pytest.fixture
def production_app(make_app: MakeApp) -> Flask:
    """The site as it is put in front of people: __Host- cookies, https."""
    return make_app(demo=False)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """One for all: a second one beside it is refused. Loaded only where a browser is wanted."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    from tests.browser.phone import launch

    browser = launch(driver)
    yield browser
    browser.close()


@pytest.fixture
def publish(app: Flask) -> Callable[[str], PublishedSurvey]:
    """publish("story") puts tests/surveys/story.json in front of people."""
    return lambda name: surveys.publish(app.extensions["heard_store"], name)


@pytest.fixture
def story(publish: Callable[[str], PublishedSurvey]) -> PublishedSurvey:
    return publish("story")


@pytest.fixture
def respondent(app: Flask) -> Respondent:
    return Respondent(app)


@pytest.fixture
def new_respondent(app: Flask) -> Callable[[], Respondent]:
    """Another person, with a browser of their own."""
    return lambda: Respondent(app)


@cache
def password_hash(_pepper: str) -> str:
    """Meant to be slow to make: once for all sites that have the same key."""
    return hash_password(PASSWORD)


@pytest.fixture
def new_staff(app: Flask) -> Callable[..., Staff]:
    """new_staff("owner") is someone with that role, not signed in yet."""

    def make(*roles: str, email: str = "", site: Flask = app) -> Staff:
        email = email or f"{'-'.join(roles) or 'nobody'}@example.org"
        with site.app_context():
            hashed = password_hash(site.config["SECURITY_PASSWORD_SALT"])
            staff.save(site.extensions["heard_store"], email, hashed, roles)
        return Staff(site, email, PASSWORD)

    return make


@pytest.fixture
def owner(new_staff: Callable[..., Staff]) -> Staff:
    return new_staff("owner").signs_in()


@pytest.fixture
def commissioner(new_staff: Callable[..., Staff]) -> Staff:
    return new_staff("commissioner").signs_in()


@pytest.fixture
def worker(new_staff: Callable[..., Staff]) -> Staff:
    return new_staff("worker").signs_in()

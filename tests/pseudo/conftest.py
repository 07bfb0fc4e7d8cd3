"""A site that speaks two made-up languages, with surveys that do so too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from feedback.manage.catalogues import extract
from feedback.settings import ROOT
from feedback.store import surveys
from feedback.survey.loading import Bundle, load_bundle
from feedback.web.languages import LANGUAGES
from tests.report.conftest import heard as heard
from tests.report.conftest import rated as rated
from tests.report.conftest import store as store
from tests.support.surveys import FOLDER

from .making import ACCENTED, MIRRORED, accented, edition, mirrored, write_catalogue, write_template

LIBRARY = ROOT / "feedback/survey/library"
SURVEYS = {path.stem: path for path in LIBRARY.glob("*.json") if "." not in path.stem} | {
    name: FOLDER / f"{name}.json" for name in ("every_type", "rated", "quiet")
}


@pytest.fixture(scope="session")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made of the texts that pages and code hold now, so that it is never behind them."""
    folder, template = tmp_path_factory.mktemp("pseudo"), extract()
    write_template(template, folder)
    write_catalogue(template, folder, ACCENTED, accented)
    write_catalogue(template, folder, MIRRORED, mirrored)
    return folder


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for language in (ACCENTED, MIRRORED):
        monkeypatch.setitem(LANGUAGES, language.tag, language)
    yield


@pytest.fixture
def app(make_app: Callable[..., Flask], pseudo: Path, known: None) -> Flask:
    made = make_app(extra={"BABEL_TRANSLATION_DIRECTORIES": str(pseudo)})
    for path in SURVEYS.values():
        survey = load_bundle(path).survey
        editions = {
            ACCENTED.tag: edition(survey, ACCENTED, accented),
            MIRRORED.tag: edition(survey, MIRRORED, mirrored),
        }
        surveys.publish(made.extensions["heard_store"], Bundle(survey, editions), date(2026, 3, 1))
    return made


@pytest.fixture
def publish(app: Flask) -> Callable[[str], surveys.PublishedSurvey]:
    """They are all there already."""

    def find(name: str) -> surveys.PublishedSurvey:
        slug = load_bundle(SURVEYS[name]).survey.slug
        found = surveys.find(app.extensions["heard_store"], slug)
        assert found is not None
        return found

    return find

"""The terminal: surveys are checked and published, people are let in, promises about time are kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask

from analysis.codebook import load_codebook
from feedback.manage.months import months_before
from feedback.store import codebooks, drafts, runs, surveys
from feedback.store.models import Response, Tombstone
from feedback.store.surveys import PublishedSurvey
from tests.support.staff import Staff
from tests.support.surveys import FOLDER
from tests.support.telling import count, told

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *command, **given: app.test_cli_runner().invoke(args=list(command), **given)


@pytest.fixture
def draft_survey(tmp_path: Path) -> Path:
    """A copy of the story survey, to be changed."""
    for file in FOLDER.glob("story*.json"):
        shutil.copy(file, tmp_path)
    shutil.copy(FOLDER / "services.csv", tmp_path)
    return tmp_path / "story.json"


def change(file: Path, **changes: object) -> None:
    content = json.loads(file.read_text()) | changes
    file.write_text(json.dumps({name: value for name, value in content.items() if value is not None}))


def test_a_good_survey_is_published_and_its_drafts_are_named(
    app: Flask, run: Run, draft_survey: Path
) -> None:
    said = run("survey", "publish", str(draft_survey))
    assert said.exit_code == 0
    assert "Published version 1 at /s/story." in said.output
    assert "cy: draft, no speaker has read it yet" in said.output
    assert surveys.find(app.extensions["heard_store"], "story") is not None


def test_publishing_the_same_file_again_changes_nothing(run: Run, draft_survey: Path) -> None:
    run("survey", "publish", str(draft_survey))
    assert "Nothing has changed: version 1 stays." in run("survey", "publish", str(draft_survey)).output


def test_checking_publishes_nothing(app: Flask, run: Run, draft_survey: Path) -> None:
    assert "can be published" in run("survey", "check", str(draft_survey)).output
    assert surveys.slugs(app.extensions["heard_store"]) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"notice": None}, "notice: is missing"),
        ({"keep_months": None}, "keep_months: is missing"),
        ({"minimum_age": None}, "minimum_age: is missing"),
        ({"sensitive": True, "draft_days": None}, "signposts: a sensitive survey needs"),
        ({"pages": []}, "pages: needs at least 1 entry"),
        ({"colour": "red"}, "colour: is not known here"),
    ],
)
def test_a_survey_that_lacks_something_is_not_published(
    app: Flask, run: Run, draft_survey: Path, changes: dict[str, object], said: str
) -> None:
    change(draft_survey, **changes)
    for command in ("check", "publish"):
        refused = run("survey", command, str(draft_survey))
        assert refused.exit_code == 1
        assert said in refused.output
    assert surveys.slugs(app.extensions["heard_store"]) == []


def test_a_file_that_is_not_there_is_said_plainly(run: Run) -> None:
    refused = run("survey", "check", "nowhere.json")
    assert refused.exit_code == 1 and "there is no such file" in refused.output


def test_someone_let_in_gets_a_password_that_works(app: Flask, run: Run) -> None:
    said = run("staff", "add", " New.Person@Example.org ", "--role", "commissioner")
    password = said.output.split("Password: ")[1].split()[0]
    assert len(password) >= 15
    assert Staff(app, "new.person@example.org", password).signs_in().page.url == "/manage"


@pytest.mark.parametrize(
    "command", [["staff", "add", "nonsense", "--role", "owner"], ["staff", "sign-out", "x@y"]]
)
def test_nobody_is_let_in_or_out_by_a_slip(run: Run, command: list[str]) -> None:
    assert run(*command).exit_code == 1


def test_retention_keeps_the_time_that_each_version_promised(
    app: Flask, run: Run, draft_survey: Path
) -> None:
    store = app.extensions["heard_store"]

    def publish(months: int) -> PublishedSurvey:
        change(draft_survey, keep_months=months)
        run("survey", "publish", str(draft_survey))
        found = surveys.find(store, "story")
        assert found is not None
        return found

    short, long = publish(6), publish(24)
    for survey in (short, long):
        told(store, survey, received_on=date(2025, 9, 1))
        told(store, survey, received_on=date(2026, 2, 1))
    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC)):
        assert "Removed: 1 responses past their time" in run("retention").output
        assert "Removed: 0 responses past their time" in run("retention").output
    assert (count(store, Response), count(store, Tombstone)) == (3, 1)


def test_retention_sweeps_up_dead_drafts(app: Flask, run: Run, story: PublishedSurvey) -> None:
    store = app.extensions["heard_store"]
    drafts.save_page(store, b"old", story.version_id, {"happened": "x"}, 0, 60)
    assert "1 drafts" in run("retention").output


def test_retention_drops_a_codebook_that_nobody_confirmed(
    app: Flask, run: Run, story: PublishedSurvey
) -> None:
    store = app.extensions["heard_store"]
    codebooks.propose(store, story.survey_id, load_codebook("housing"), None, date(2020, 1, 2))
    run("retention")
    assert codebooks.proposal(store, story.survey_id) is None


def test_retention_asks_to_analyse_what_came_in_since(app: Flask, run: Run, story: PublishedSurvey) -> None:
    store = app.extensions["heard_store"]
    run("retention")
    assert runs.newest(store, story.survey_id) is None
    told(store, story, received_on=date.today())
    run("retention")
    waiting = runs.newest(store, story.survey_id)
    assert waiting is not None and waiting.state == "waiting"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected

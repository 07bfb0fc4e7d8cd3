"""What staff find after signing in: surveys, translations that are drafts, how far an analysis is."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from feedback.manage import translations
from feedback.store import runs
from tests.support.staff import Staff

DRAFT = "draft, no speaker has read it yet"


def asks_for_analysis(person: Staff) -> Staff:
    form = next(form for form in person.goes_to("/manage").page.forms if form.action.endswith("/run"))
    return person.presses(form=form)


def test_an_owner_sees_which_translations_are_drafts_and_what_they_lack(owner: Staff, story) -> None:
    owner.goes_to("/manage").sees("Your visit", f"Cymraeg: {DRAFT}")
    owner.sees("texts missing")


def test_a_draft_of_a_sensitive_survey_is_shown_as_held_back(app: Flask, owner: Staff, publish) -> None:
    quiet = publish("quiet")
    if quiet.editions:
        owner.goes_to("/manage").sees("not offered, because this survey is sensitive")
    assert [each.offered for each in translations.of_survey(quiet)] == [False] * len(quiet.editions)


def test_only_an_owner_is_shown_the_state_of_translations(commissioner: Staff, story) -> None:
    commissioner.goes_to("/manage").sees("Your visit", "Read the report").does_not_see(DRAFT)


def test_a_worker_may_read_reports_but_starts_no_analysis(worker: Staff, story) -> None:
    worker.goes_to("/manage").sees("Your visit", "Read the report").does_not_see("Run the analysis now")


@pytest.mark.parametrize("role", ["owner", "commissioner"])
def test_an_analysis_can_be_asked_for(app: Flask, new_staff, story, role: str) -> None:
    person = asks_for_analysis(new_staff(role).signs_in())
    person.sees("The analysis will start in a moment.", "It waits for its turn.")
    run = runs.newest(app.extensions["heard_store"], story.survey_id)
    assert run is not None and run.state == "waiting"


def test_the_page_shows_how_far_an_analysis_is(app: Flask, owner: Staff, story) -> None:
    store = app.extensions["heard_store"]
    lease = runs.take(store, runs.request(store, story.survey_id, date.today()), time.time())
    assert lease and runs.beat(store, lease, time.time(), "vectors", 30, 120)
    bar = owner.goes_to("/manage").sees("Reading").page.one("progress")
    assert (bar.get("value"), bar.get("max")) == ("30", "120")
    owner.does_not_see("Run the analysis now")


def test_an_analysis_that_failed_says_so_and_can_be_asked_for_again(app: Flask, owner: Staff, story) -> None:
    store = app.extensions["heard_store"]
    run_id = runs.request(store, story.survey_id, date.today())
    for _ in range(runs.MOST_ERRORS):
        lease = runs.take(store, run_id, time.time())
        assert lease
        runs.give_back(store, lease, "The analysis stopped.")
    owner.goes_to("/manage").sees("It stopped before it could finish.", "Run the analysis now")


def test_a_page_of_no_survey_runs_nothing(owner: Staff) -> None:
    token = owner.page.forms[0].data()
    assert owner.client.post("/manage/nothing/run", data=token).status_code == 404


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    for tag, text in {"cy": 'msgid "Back"\nmsgstr "Yn ôl"\n', "ar": 'msgid "Back"\nmsgstr ""\n'}.items():
        file = tmp_path / tag / "LC_MESSAGES" / "messages.po"
        file.parent.mkdir(parents=True)
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        file.write_text(header + text, encoding="utf-8")
    (tmp_path / "REVIEWS").write_text(
        "# tag: who read it\ncy: Siân Example, 2 March 2026\nar:\n", encoding="utf-8"
    )
    return tmp_path


def test_the_words_of_the_pages_are_drafts_until_a_speaker_has_read_them(catalogues: Path) -> None:
    welsh, arabic = translations.of_pages(["en", "cy", "ar", "pl"], catalogues)
    assert (welsh.reviewed_by, welsh.missing) == ("Siân Example, 2 March 2026", 0)
    assert (arabic.reviewed_by, arabic.missing) == (None, 1)

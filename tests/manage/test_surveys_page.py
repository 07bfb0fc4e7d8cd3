"""What staff find after signing in: surveys, translations that are drafts, how far an analysis is."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from feedback.manage import reviews, translations
from feedback.manage.catalogues import texts
from feedback.store import runs
from feedback.store.editions import bring_in
from feedback.store.surveys import find
from feedback.survey.edition import source_texts
from tests.support.staff import Staff

DRAFT = "draft, no speaker has read it yet"


def asks_for_analysis(person: Staff) -> Staff:
    form = next(form for form in person.goes_to("/manage").page.forms if form.action.endswith("/run"))
    return person.presses(form=form)


def test_an_owner_sees_which_translations_are_drafts_and_what_they_lack(owner: Staff, story) -> None:
    owner.goes_to("/manage").sees("Your visit").follows("/manage/story/texts").sees("Cymraeg", DRAFT)
    total = len(source_texts(story.definition))
    owner.sees(f"{total - story.missing('cy')} of {total}")


def test_a_draft_of_a_sensitive_survey_is_shown_as_held_back(app: Flask, owner: Staff, publish) -> None:
    quiet = publish("quiet")
    bring_in(app.extensions["heard_store"], quiet, "cy", {"title": "Eich barn"})
    owner.goes_to("/manage/quiet/texts").sees("This survey is sensitive", DRAFT, "not yet")
    quiet = find(app.extensions["heard_store"], "quiet")
    assert [each.offered for each in translations.of_survey(quiet)] == [False]


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
    return tmp_path


def test_the_words_of_the_pages_are_drafts_until_a_speaker_has_read_them(catalogues: Path) -> None:
    welsh, arabic = translations.of_pages(["cy"], catalogues)
    assert (welsh.reviewed_by, welsh.missing, welsh.offered) == (None, 0, True)
    assert (arabic.reviewed_by, arabic.missing, arabic.offered) == (None, 1, False)
    path = catalogues / "cy" / "LC_MESSAGES" / "messages.po"
    read = reviews.Review("Siân Example, Bangor", date(2026, 3, 2), reviews.mark_of(texts(path)))
    reviews.record(catalogues, "cy", read)
    [welsh, _arabic] = translations.of_pages(["cy"], catalogues)
    assert (welsh.reviewed_by, welsh.reviewed_on) == ("Siân Example, Bangor", date(2026, 3, 2))
    assert not welsh.changed


def test_what_was_changed_after_a_speaker_read_it_says_so(catalogues: Path) -> None:
    path = catalogues / "cy" / "LC_MESSAGES" / "messages.po"
    read = reviews.Review("Siân Example", date(2026, 3, 2), reviews.mark_of(texts(path)))
    reviews.record(catalogues, "cy", read)
    moved = path.read_text("utf-8").replace('msgid "Back"', '#: elsewhere.html\nmsgid "Back"')
    path.write_text(moved, encoding="utf-8")
    assert not translations.of_pages([], catalogues)[0].changed  # the words are the same
    path.write_text(moved.replace("Yn ôl", "Nôl"), encoding="utf-8")
    assert translations.of_pages([], catalogues)[0].changed


@pytest.mark.parametrize(
    "line", ["cy: Siân Example", "cy: Siân, 2026-13-01, 0123456789ab", "cy Siân, 2026-03-02, 0123456789ab"]
)
def test_a_review_that_can_not_be_relied_on_stops_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "REVIEW").write_text(f"# about\n{line}\n", encoding="utf-8")
    with pytest.raises(reviews.UnreadableReview, match="line 2"):
        reviews.read(tmp_path)

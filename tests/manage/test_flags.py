"""What to read first: who sees what, what they did about it, and what is never shown to anybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.records import Flag, ThemeSet
from feedback.store import comments, flags, removal, runs, surveys, themes
from feedback.store.database import Store
from feedback.store.flag_models import Flag as StoredFlag
from feedback.store.flag_models import FlagReading
from feedback.store.surveys import PublishedSurvey
from feedback.survey.loading import Bundle, SurveyError, load_bundle, parse_survey, publishing_faults
from feedback.survey.reading_choice import ReadingChoice
from tests.support.respondent import Respondent
from tests.support.staff import Staff
from tests.support.telling import count, told

TODAY = date(2026, 4, 1)
NOBODY, PLAN, SERVICE, ANYONE = ReadingChoice
SURVEYS = Path(__file__).parent.parent / "surveys"
NewStaff = Callable[..., Staff]


@dataclass
class Queue:
    """A survey whose analysis flags each comment for the topics named when it was told."""

    store: Store
    survey: PublishedSurvey

    def hears(self, words: str, *topics: str, **details: Any) -> str:
        self.topics[words] = topics
        outcome = told(self.store, self.survey, words, **({"answers": {}, "service": None} | details))
        assert outcome.receipt
        return outcome.receipt

    def __post_init__(self) -> None:
        self.topics: dict[str, Sequence[str]] = {}

    def is_sorted(self, model: dict[str, Any] | None = None, spans: dict[str, str] | None = None) -> None:
        run_id = runs.request(self.store, self.survey.survey_id, TODAY)
        lease = runs.take(self.store, run_id, now=1_000_000.0)
        assert lease
        to_sort = list(comments.to_sort(self.store, self.survey.survey_id))
        found = []
        for comment in to_sort:
            clause = (spans or {}).get(comment.text, comment.text)
            start = comment.text.index(clause)
            found += [
                Flag(comment.id, topic, 0.9, start, start + len(clause))
                for topic in self.topics[comment.text]
            ]
        made = model if model is not None else {"watchlist": {"name": "by hand"}}
        assert themes.save(self.store, lease, ThemeSet(made, [], [], found), to_sort, TODAY)

    def publishes(self, **changes: Any) -> None:
        """The next version of the survey."""
        document = json.loads((SURVEYS / "watched.json").read_text()) | changes
        document = {name: value for name, value in document.items() if value is not None}
        surveys.publish(self.store, Bundle(parse_survey(document), {}), TODAY)
        found = surveys.find(self.store, "watched")
        assert found
        self.survey = found

    def rows(self, model: type[Any]) -> list[Any]:
        with self.store.read() as session:
            return list(session.scalars(select(model)))


@pytest.fixture
def watched(app: Flask, publish: Callable[[str], PublishedSurvey]) -> Queue:
    return Queue(app.extensions["heard_store"], publish("watched"))


@pytest.fixture
def guardian(new_staff: NewStaff) -> Staff:
    return new_staff("safeguarding").signs_in()


def reads_first(person: Staff) -> Staff:
    return person.goes_to("/manage/watched/read-first")


def looks_at_it(person: Staff) -> Staff:
    return reads_first(person).follows("Look at it")


def test_those_who_plan_and_pay_see_the_words_their_tellers_let_them_read(
    watched: Queue, commissioner: Staff
) -> None:
    watched.hears("The wait was short. He hit me in the lift.", "danger", reading_choice=PLAN)
    watched.is_sorted(spans={"The wait was short. He hit me in the lift.": "He hit me in the lift."})
    reads_first(commissioner).sees("Danger or violence", "English", "He hit me in the lift.")
    assert "<mark>He hit me in the lift.</mark>" in commissioner.page.html
    looks_at_it(commissioner).sees("The wait was short.")
    assert not watched.rows(FlagReading), "only what its teller closed is recorded when it is opened"


# choice x who looks x the version: does the list have it, and are its words on it
@pytest.mark.parametrize("choice", [NOBODY, PLAN, ANYONE])
@pytest.mark.parametrize("role", ["owner", "commissioner", "safeguarding", "worker"])
@pytest.mark.parametrize("promised", [True, False])
@pytest.mark.parametrize("topic", ["danger", "interpreter"])
def test_who_sees_what(
    watched: Queue, new_staff: NewStaff, choice: ReadingChoice, role: str, promised: bool, topic: str
) -> None:
    if not promised:
        watched.publishes(safeguarding=None)
    watched.hears("He waits outside.", topic, reading_choice=choice)
    watched.publishes()
    watched.is_sorted()
    person = reads_first(new_staff(role).signs_in())
    if role == "worker":
        assert person.status == 403
        return
    by_choice = role != "safeguarding" and choice >= PLAN
    by_promise = role == "safeguarding" and promised and topic == "danger"
    assert ("Look at it" in person.page.text) == (by_choice or by_promise)
    assert ("He waits outside." in person.page.html) == by_choice
    ids = [row.comment_id for row in watched.rows(StoredFlag)]
    for comment_id in ids:
        person.goes_to(f"/manage/watched/read-first/{comment_id}")
        assert person.status == (200 if by_choice or by_promise else 404)
        assert ("He waits outside." in person.page.html) == by_choice
    home = person.goes_to("/manage").page.text
    assert ("1 comment to read first" in home) == (by_choice or by_promise)


def test_step_one_without_a_promise_is_not_even_kept(watched: Queue) -> None:
    watched.publishes(safeguarding=None)
    watched.hears("I want to die.", "self_harm", reading_choice=NOBODY)
    watched.is_sorted()
    assert not watched.rows(StoredFlag)


def test_the_safeguarding_reader_opens_the_words_and_that_is_recorded(
    watched: Queue, guardian: Staff
) -> None:
    watched.hears("I want to die.", "self_harm", reading_choice=NOBODY)
    watched.is_sorted()
    reads_first(guardian).sees("Self-harm or suicide", "The words are closed").does_not_see("I want to die.")
    looks_at_it(guardian).does_not_see("I want to die.")
    assert not watched.rows(FlagReading)
    opens(guardian).sees("I want to die.", "It is recorded that you opened these words today.")
    [opening] = watched.rows(FlagReading)
    assert (opening.deed, opening.topic, opening.note_sealed) == ("opened", "", None)
    assert opening.made_on == date.today() and opening.user_id is not None
    opens(looks_at_it(guardian))
    assert len(watched.rows(FlagReading)) == 2, "every opening, not only the first"


def opens(person: Staff) -> Staff:
    return person.presses(form=next(form for form in person.page.forms if form.action.endswith("/open")))


def looks_back(person: Staff) -> Staff:
    """At the one comment that was dealt with."""
    [address] = {href for _text, href in reads_first(person).page.links if "/read-first/" in href}
    return person.goes_to(address)


def settles(person: Staff, deed: str = "read", note: str = "") -> Staff:
    """Says what was done, on the page of a comment."""
    form = next(
        form for form in person.page.forms if "read-first" in form.action and "/open" not in form.action
    )
    return person.submits(form, form.data() | {"deed": [deed], "note": [note]})


def test_what_was_dealt_with_waits_no_more_and_a_new_run_does_not_bring_it_back(
    watched: Queue, commissioner: Staff, owner: Staff
) -> None:
    watched.hears("He hit me.", "danger", "position")
    watched.is_sorted()
    settles(looks_at_it(commissioner), "passed_on", "Rang the duty desk.").sees("Nothing waits to be read.")
    watched.is_sorted()
    reads_first(owner).sees("Nothing waits to be read.", "Dealt with")
    looks_back(owner).sees(
        "Passed on to somebody who can act", "Rang the duty desk.", "commissioner@example.org"
    )
    assert all(b"duty" not in row.note_sealed for row in watched.rows(FlagReading))


def test_a_topic_that_a_later_run_hears_waits_again(watched: Queue, commissioner: Staff) -> None:
    watched.hears("He hit me.", "danger")
    watched.is_sorted()
    settles(looks_at_it(commissioner)).sees("Nothing waits to be read.")
    watched.topics["He hit me."] = ("danger", "position")
    watched.is_sorted()
    reads_first(commissioner).sees("Abuse of position by staff", "Look at it")


def test_an_analysis_without_the_language_model_loses_nothing(watched: Queue, commissioner: Staff) -> None:
    watched.hears("He hit me.", "danger")
    watched.is_sorted()
    watched.is_sorted(model={"watchlist": None})
    reads_first(commissioner).sees("He hit me.")


def test_nothing_is_kept_unless_it_is_said_what_was_done(watched: Queue, commissioner: Staff) -> None:
    watched.hears("He hit me.", "danger")
    watched.is_sorted()
    settles(looks_at_it(commissioner), "sing", "my note").sees("Please say what was done.", "my note")
    assert commissioner.status == 400
    looks_at_it(commissioner)
    settles(commissioner, "read", "x" * 2001).sees("This note is too long")
    assert not watched.rows(FlagReading)


def test_another_name_does_not_open_what_was_promised_to_the_one_before(
    watched: Queue, guardian: Staff
) -> None:
    watched.hears("He hit me.", "danger", reading_choice=NOBODY)
    watched.is_sorted()
    watched.publishes(safeguarding={"names": "somebody else", "hours": "never"})
    reads_first(guardian).sees("Nothing waits to be read.")
    watched.publishes(safeguarding=None)
    reads_first(guardian).sees("Nothing waits to be read.")


@pytest.mark.parametrize("mode", ["paper", "imported"])
def test_words_that_did_not_come_through_the_pages_were_promised_nothing(
    watched: Queue, guardian: Staff, mode: str
) -> None:
    watched.hears("He hit me.", "danger", reading_choice=NOBODY, mode=mode)
    watched.is_sorted()
    reads_first(guardian).sees("Nothing waits to be read.")
    assert not watched.rows(StoredFlag)


def test_words_taken_back_take_flags_and_readings_with_them(watched: Queue, commissioner: Staff) -> None:
    receipt = watched.hears("He hit me.", "danger")
    watched.is_sorted()
    settles(looks_at_it(commissioner), "read", "He hit me, she says.")
    address = f"/manage/watched/read-first/{watched.rows(StoredFlag)[0].comment_id}"
    assert removal.withdraw(watched.store, receipt, TODAY)
    assert count(watched.store, StoredFlag) == count(watched.store, FlagReading) == 0
    assert commissioner.goes_to(address).status == 404


def test_words_taken_back_while_the_analysis_ran_are_not_flagged(watched: Queue) -> None:
    receipt = watched.hears("He hit me.", "danger")
    survey_id = watched.survey.survey_id
    lease = runs.take(watched.store, runs.request(watched.store, survey_id, TODAY), now=1_000_000.0)
    to_sort = list(comments.to_sort(watched.store, survey_id))
    removal.withdraw(watched.store, receipt, TODAY)
    found = ThemeSet({"watchlist": {}}, [], [], [Flag(to_sort[0].id, "danger", 0.9, 0, 5)])
    assert lease and themes.save(watched.store, lease, found, to_sort, TODAY)
    assert not watched.rows(StoredFlag)


def test_hostile_words_and_notes_stay_words(watched: Queue, commissioner: Staff) -> None:
    words = "<script>alert(1)</script> & <mark>he hit me</mark>"
    watched.hears(words, "danger")
    watched.is_sorted()
    reads_first(commissioner).sees(words)
    settles(looks_at_it(commissioner).sees(words), "read", "<img src=x onerror=alert(2)>")
    looks_back(commissioner).sees("<img src=x onerror=alert(2)>")
    assert "<script>alert" not in commissioner.page.html and "<img" not in commissioner.page.html


def test_another_surveys_comment_opens_under_no_other_name(
    watched: Queue, commissioner: Staff, story: PublishedSurvey
) -> None:
    watched.hears("He hit me.", "danger")
    watched.is_sorted()
    comment_id = watched.rows(StoredFlag)[0].comment_id
    assert commissioner.goes_to(f"/manage/story/read-first/{comment_id}").status == 404
    assert commissioner.goes_to("/manage/nowhere/read-first").status == 404


def test_danger_comes_first(watched: Queue, commissioner: Staff) -> None:
    watched.hears("My son translated.", "interpreter", received_on=date(2026, 3, 1))
    watched.hears("He hit me.", "danger", received_on=date(2026, 3, 9))
    watched.is_sorted()
    text = reads_first(commissioner).page.text
    assert text.index("He hit me.") < text.index("My son translated.")


def test_every_topic_that_we_ship_has_a_name(app: Flask) -> None:
    from analysis.watchlist import load_watchlist
    from feedback.manage.flags import topic_name

    with app.test_request_context():
        for topic in load_watchlist().topics:
            assert topic_name(topic.id) == topic.name
    assert set(flags.DANGER) < {topic.id for topic in load_watchlist().topics}


class TestThePromise:
    """Said before people write, and as it is."""

    def test_stands_on_the_first_page_and_beside_step_one(
        self, watched: Queue, respondent: Respondent
    ) -> None:
        promise = (
            "Only if something you write sounds like danger, the safeguarding lead of Anytown reads it: "
            "Monday to Friday, 9 to 5."
        )
        respondent.opens("watched").sees(promise, "This is not an emergency service.", "020 7946 0000")
        respondent.begins().answers(happened="He hit me.").goes_to_readers().sees(
            "Nobody, unless it sounds like danger", promise, "If you leave this, it means the first one."
        )
        respondent.does_not_see("no person sees them", "it means nobody")
        respondent.chooses_readers(None).sees("Nobody, unless it sounds like danger")
        respondent.sends()
        respondent.sees(promise, "In danger, call 999")

    def test_is_not_made_where_nobody_keeps_it(self, story: PublishedSurvey, respondent: Respondent) -> None:
        respondent.opens("story").does_not_see("sounds like danger")
        respondent.begins().goes_to_readers().sees("no person sees them").does_not_see("sounds like danger")

    @pytest.mark.parametrize("missing", ["names", "hours"])
    def test_needs_names_and_hours(self, missing: str) -> None:
        document = json.loads((SURVEYS / "watched.json").read_text())
        del document["safeguarding"][missing]
        with pytest.raises(SurveyError, match=rf"safeguarding\.{missing}: is missing"):
            parse_survey(document)

    def test_does_not_go_with_nobody_is_watching(self) -> None:
        survey = load_bundle(SURVEYS / "watched.json").survey
        assert not publishing_faults(survey)
        both = survey.model_copy(update={"nobody_is_watching": "Nobody is watching this."})
        assert any(fault.startswith("nobody_is_watching:") for fault in publishing_faults(both))

    def test_a_survey_from_before_keeps_its_hash(self) -> None:
        document = load_bundle(SURVEYS / "story.json").survey.as_json()
        assert "safeguarding" not in document


def test_the_words_in_logs_are_none(
    watched: Queue, guardian: Staff, caplog: pytest.LogCaptureFixture
) -> None:
    watched.hears("I want to die.", "self_harm", reading_choice=NOBODY)
    watched.is_sorted()
    settles(opens(looks_at_it(guardian)), "read", "Rang her.")
    assert "want to die" not in caplog.text and "Rang her" not in caplog.text

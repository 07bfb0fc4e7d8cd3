"""A commissioner reads words before they are passed on; a name never slips out on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from feedback.store.comments import readable
from feedback.store.database import Store
from feedback.store.models import Comment
from feedback.store.redaction_models import CommentRead, Redaction
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import Reader, ReadingChoice
from tests.support.staff import Staff
from tests.support.telling import count, told

PAGE = "/manage/story/personal-details"
SAID = "Nurse Sarah rang from 07700 900123. The manager never came."


@pytest.fixture
def store(app: Flask) -> Store:
    found: Store = app.extensions["heard_store"]
    return found


@pytest.fixture
def story(publish: Callable[[str], PublishedSurvey]) -> PublishedSurvey:
    return publish("story")


@pytest.fixture
def told_five(store: Store, story: PublishedSurvey) -> PublishedSurvey:
    """Enough people for their language to show nobody; the first gives names away."""
    told(store, story, SAID, reading_choice=ReadingChoice.ANYONE)
    for number in range(4):
        told(store, story, f"It took {number} weeks.", reading_choice=ReadingChoice.ANYONE)
    return story


@pytest.fixture
def sarah(store: Store, told_five: PublishedSurvey) -> str:
    """The id of the comment that names her."""
    with store.read() as session:
        ids = [comment.id for comment in session.query(Comment)]
    found = readable(store, Reader.COMMISSIONER, ids)
    return next(each for each, comment in found.items() if comment.text == SAID)


def leaves_all_but(staff: Staff, comment_id: str) -> None:
    for each in staff.form.values["comment"]:
        if each != comment_id:
            staff.fills_in(**{f"later-{each}": ["1"]})


def test_what_the_computer_found_is_marked_and_goes_unless_it_is_kept(
    commissioner: Staff, store: Store, sarah: str
) -> None:
    commissioner.goes_to(PAGE).sees(
        "Sarah (a name)", "07700 900123 (a phone number)", "5 comments wait to be read"
    )
    commissioner.presses().sees("5 comments are read.", "No comment waits to be read.")
    commissioner.goes_to(f"{PAGE}/read").sees(
        "Nurse [name taken out] rang from [phone number taken out]. The manager never came."
    )
    commissioner.does_not_see("Sarah", "900123")
    assert readable(store, Reader.COMMISSIONER, [sarah])[sarah].text == SAID


def test_a_person_keeps_what_is_no_secret_and_takes_out_what_the_computer_missed(
    commissioner: Staff, sarah: str
) -> None:
    commissioner.goes_to(PAGE)
    commissioner.fills_in(**{f"tick-{sarah}": ["Sarah (a name)"], f"words-{sarah}": "never CAME\nNurse"})
    commissioner.presses().goes_to(f"{PAGE}/read")
    commissioner.sees(
        "[words taken out] Sarah rang from [phone number taken out]. The manager [words taken out]."
    )


def test_a_job_is_a_hint_that_stays_unless_it_is_ticked(commissioner: Staff, sarah: str) -> None:
    commissioner.goes_to(PAGE).fills_in(**{f"tick-{sarah}": ["manager (a job that one person has)"]})
    commissioner.presses().goes_to(f"{PAGE}/read").sees("The [job taken out] never came.")


def test_words_that_are_not_there_are_asked_for_again_and_nothing_is_lost_or_half_stored(
    commissioner: Staff, store: Store, sarah: str
) -> None:
    commissioner.goes_to(PAGE)
    commissioner.fills_in(
        **{f"tick-{sarah}": ["Sarah (a name)"], f"words-{sarah}": "never\nAhmed\nx"}
    ).presses()
    assert commissioner.status == 400
    commissioner.sees("“Ahmed” is not in the comment.", "Type at least two letters")
    assert commissioner.form.values[f"words-{sarah}"][0].split() == ["never", "Ahmed", "x"]
    assert commissioner.form.values[f"tick-{sarah}"] == ["6-11"]
    assert count(store, CommentRead) == 0


def test_what_is_left_for_later_waits(commissioner: Staff, sarah: str) -> None:
    commissioner.goes_to(PAGE)
    leaves_all_but(commissioner, sarah)
    commissioner.presses().sees("1 comment is read.", "4 comments wait to be read").does_not_see("Sarah")


def test_a_reading_can_be_taken_back(commissioner: Staff, store: Store, sarah: str) -> None:
    commissioner.goes_to(PAGE).presses().goes_to(f"{PAGE}/read")
    form = next(form for form in commissioner.page.forms if form.values.get("comment") == [sarah])
    commissioner.presses(form=form).sees("The comment waits to be read again.")
    assert count(store, Redaction) == 0
    commissioner.goes_to(PAGE).sees("1 comment waits to be read.", "Sarah (a name)")


def test_somebody_else_was_quicker(commissioner: Staff, owner: Staff, sarah: str) -> None:
    commissioner.goes_to(PAGE)
    owner.goes_to(PAGE).fills_in(**{f"tick-{sarah}": ["Sarah (a name)"]}).presses()
    commissioner.presses().sees("5 comments were not saved: somebody else had read them, or they are gone.")
    commissioner.goes_to(f"{PAGE}/read").sees("Nurse Sarah rang from [phone number taken out].")


def test_words_of_step_one_and_of_rare_languages_are_not_on_the_page(
    commissioner: Staff, store: Store, told_five: PublishedSurvey
) -> None:
    told(store, told_five, "Nobody may see this.", reading_choice=ReadingChoice.NOBODY)
    told(store, told_five, "Nazywam się Anna.", language="pl", reading_choice=ReadingChoice.ANYONE)
    commissioner.goes_to(PAGE).does_not_see("Nobody may see this", "Anna").sees("5 comments wait")


def test_forged_ids_and_ticks_store_nothing_else(commissioner: Staff, store: Store, sarah: str) -> None:
    commissioner.goes_to(PAGE)
    data = commissioner.form.data() | {
        "comment": ["nobody", sarah, "../x", ""],
        f"tick-{sarah}": ["0-999", "a-b", "6-11\n"],
        "tick-nobody": ["1-2"],
    }
    commissioner.submits(commissioner.form, data)
    assert (commissioner.status, count(store, CommentRead), count(store, Redaction)) == (200, 1, 2)


def test_only_those_who_plan_and_pay_may_read_here(worker: Staff, told_five: PublishedSurvey) -> None:
    worker.goes_to(PAGE)
    assert worker.status == 403
    worker.does_not_see("Sarah")
    assert worker.goes_to(f"{PAGE}/read").status == 403


def test_no_such_survey_comment_or_page(commissioner: Staff, told_five: PublishedSurvey) -> None:
    assert commissioner.goes_to("/manage/nothing/personal-details").status == 404
    assert commissioner.goes_to(f"{PAGE}/read?page=0").status == 404
    assert commissioner.goes_to(f"{PAGE}/read?page=9").status == 200
    commissioner.goes_to(PAGE)
    token = commissioner.form.values["csrf_token"]
    commissioner.submits(commissioner.form, {"csrf_token": token})
    assert commissioner.status == 200


@pytest.mark.parametrize(
    "naughty",
    [
        "<script>alert(1)</script> Sarah",
        "\u202eSarah\u202c",
        "'; DROP TABLE comment; --",
    ],
)
def test_naughty_words_are_shown_as_words(
    commissioner: Staff, store: Store, told_five: PublishedSurvey, naughty: str
) -> None:
    told(store, told_five, naughty, reading_choice=ReadingChoice.ANYONE)
    commissioner.goes_to(PAGE).presses().goes_to(f"{PAGE}/read").does_not_see("Sarah")
    assert "<script>alert" not in commissioner.page.html

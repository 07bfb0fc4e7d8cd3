"""Somebody checks what the computer made of a comment, corrects it, and takes it back."""

from __future__ import annotations

import pytest

from feedback.store import runs
from feedback.store.loop_models import CommentCheck
from feedback.store.staff_models import User
from feedback.survey.reading_choice import ReadingChoice
from tests.support.sorting import EXAMPLE, KIND, KIND_NAME, SURE, WAIT, WAIT_NAME, Sorting
from tests.support.staff import Staff
from tests.support.telling import count

LONG = "The bus was late. The desk was shut for hours. I went home."
FIVE = [f"We waited for an hour, {number}." for number in range(5)]


@pytest.fixture
def sorted_by_hand(rated: Sorting) -> Sorting:
    rated.tell(LONG, *FIVE)
    rated.sort(
        {LONG: WAIT} | dict.fromkeys(FIVE, WAIT),
        queue=[(LONG, "instructive"), (FIVE[0], "random"), (FIVE[1], "rare")],
        spans={LONG: (18, 46)},
    )
    return rated


def opens_queue(person: Staff) -> Staff:
    return person.goes_to("/manage/rated/check")


def form_of(person: Staff) -> Staff:
    """The form that says which themes a comment has."""
    person._form = next(form for form in person.page.forms if "seen" in form.controls)
    return person


def ticks(person: Staff, *names: str) -> Staff:
    form_of(person).form.fill("theme", list(names))
    return person


def test_a_comment_is_shown_with_what_the_computer_made_of_it_and_why(
    sorted_by_hand: Sorting, commissioner: Staff
) -> None:
    opens_queue(commissioner).sees(LONG, "asked: What happened?", "English", "The computer is in doubt here")
    commissioner.sees(WAIT_NAME, "It sounds like these examples", EXAMPLE)
    assert [mark.text for mark in commissioner.page.all("mark")] == ["The desk was shut for hours."]
    assert form_of(commissioner).form.values["theme"] == [WAIT]
    commissioner.sees(f"because of: {LONG[18:46]}")


def test_every_theme_can_be_ticked_and_says_what_it_means(
    sorted_by_hand: Sorting, commissioner: Staff
) -> None:
    boxes = form_of(opens_queue(commissioner)).form.controls["theme"]
    assert len(boxes) == len({box.get("value") for box in boxes}) >= 20
    assert len(list(commissioner.page.all("details"))) >= len(boxes)


def test_accepting_goes_on_to_the_next_and_says_why_it_is_asked(
    sorted_by_hand: Sorting, commissioner: Staff
) -> None:
    form_of(opens_queue(commissioner)).presses("Save, and the next one")
    commissioner.sees(FIVE[0], "drawn at random", "Checked 1 of 5.").does_not_see(LONG)
    form_of(commissioner).presses("It fits no theme").sees(FIVE[1], "few have spoken of", "Checked 2 of 5.")
    form_of(commissioner).presses("I can’t say").sees("Nothing is left to check for now.", "Checked 2 of 5.")


def test_what_one_person_can_not_say_another_is_asked(sorted_by_hand: Sorting, commissioner, owner) -> None:
    form_of(opens_queue(commissioner)).presses("I can’t say").does_not_see(LONG)
    opens_queue(owner).sees(LONG)


def test_correcting_keeps_the_computers_order_and_adds_what_was_ticked(
    sorted_by_hand: Sorting, commissioner: Staff
) -> None:
    ticks(opens_queue(commissioner), KIND_NAME, WAIT_NAME).presses("Save, and the next one")
    with sorted_by_hand.store.read() as session:
        assert session.query(CommentCheck).one().theme_ids == [WAIT, KIND]


def test_without_a_tick_it_says_what_to_do_and_stores_nothing(
    sorted_by_hand: Sorting, commissioner: Staff
) -> None:
    ticks(opens_queue(commissioner)).presses("Save, and the next one")
    assert commissioner.status == 400
    commissioner.sees(LONG, "Tick at least one theme")
    assert count(sorted_by_hand.store, CommentCheck) == 0


@pytest.mark.parametrize("theme", ["unsorted", "few-1", "no such theme", "<b>"])
def test_a_theme_that_is_not_offered_is_not_taken(
    sorted_by_hand: Sorting, commissioner: Staff, theme: str
) -> None:
    form = form_of(opens_queue(commissioner)).form
    commissioner.submits(form, form.data() | {"theme": [theme]})
    assert commissioner.status == 400
    assert count(sorted_by_hand.store, CommentCheck) == 0


@pytest.mark.parametrize("seen", ["", "-1", "x", "1" * 30])
def test_a_form_that_was_tampered_with_is_refused(
    sorted_by_hand: Sorting, commissioner: Staff, seen: str
) -> None:
    form = form_of(opens_queue(commissioner)).form
    commissioner.submits(form, form.data() | {"seen": [seen]})
    assert commissioner.status == 400
    assert count(sorted_by_hand.store, CommentCheck) == 0


def test_of_two_people_at_once_the_second_sees_the_first_and_loses_nothing(
    sorted_by_hand: Sorting, commissioner: Staff, owner: Staff
) -> None:
    opens_queue(owner)
    form_of(opens_queue(commissioner)).presses("It fits no theme")
    ticks(owner, KIND_NAME).presses("Save, and the next one")
    assert owner.status == 409
    owner.sees("Somebody else checked this comment", "commissioner@example.org checked this", "no theme fits")
    assert count(sorted_by_hand.store, CommentCheck) == 1
    assert form_of(owner).form.values["theme"] == [KIND]
    form_of(owner).presses("Save, and the next one").sees(FIVE[0])
    owner.goes_to("/manage/rated/history").sees("owner@example.org", "commissioner@example.org")


def test_words_for_nobody_are_never_asked_about(rated: Sorting, owner: Staff) -> None:
    rated.tell(*FIVE)
    rated.tell("ZANZIBAR wrote this.", reading_choice=ReadingChoice.NOBODY)
    rated.sort({}, queue=[("ZANZIBAR wrote this.", "random"), (FIVE[0], "random")])
    opens_queue(owner).sees(FIVE[0]).does_not_see("ZANZIBAR")
    secret = rated.ids["ZANZIBAR wrote this."]
    assert owner.goes_to(f"/manage/rated/check/{secret}").status == 404
    form = form_of(opens_queue(owner)).form
    form.action = f"/manage/rated/check/{secret}"
    assert owner.submits(form, form.data("It fits no theme")).status == 404
    assert count(rated.store, CommentCheck) == 0


def test_a_lone_voice_in_a_language_is_not_shown_here_either(rated: Sorting, owner: Staff) -> None:
    rated.tell(*FIVE)
    rated.tell("Waan ku sugay hoyga.", language="so")
    rated.sort({}, queue=[("Waan ku sugay hoyga.", "random")])
    opens_queue(owner).does_not_see("Waan ku sugay").sees("Nothing is left to check for now.")
    assert owner.goes_to(f"/manage/rated/check/{rated.ids['Waan ku sugay hoyga.']}").status == 404


def test_a_comment_of_another_survey_is_not_found_here(sorted_by_hand: Sorting, owner, story) -> None:
    other = Sorting(sorted_by_hand.store, story, dict(sorted_by_hand.ids))
    other.tell("Another survey, another story.")
    assert owner.goes_to(f"/manage/rated/check/{other.ids['Another survey, another story.']}").status == 404


def test_before_the_first_analysis_there_is_nothing_to_check(rated: Sorting, commissioner: Staff) -> None:
    opens_queue(commissioner).sees("Nothing has been sorted into themes yet", "Run the analysis now")
    assert commissioner.goes_to("/manage/nothing/check").status == 404


def test_after_ten_checks_the_words_are_sorted_again(rated: Sorting, commissioner: Staff) -> None:
    said = [f"We waited, {number}." for number in range(12)]
    rated.tell(*said)
    rated.sort(dict.fromkeys(said, WAIT), queue=[(each, "random") for each in said])
    opens_queue(commissioner)
    for _ in range(9):
        form_of(commissioner).presses("Save, and the next one")
    assert newest(rated).state == "done"
    commissioner.sees("has not learnt from 9 checks yet", "Sort again with what was checked")
    form_of(commissioner).presses("Save, and the next one").sees("being sorted again")
    assert newest(rated).state == "waiting"


def newest(rated: Sorting) -> runs.RunState:
    found = runs.newest(rated.store, rated.survey.survey_id)
    assert found is not None
    return found


def test_how_well_the_computer_does_is_said_with_its_interval(rated: Sorting, commissioner: Staff) -> None:
    rated.expected = SURE
    rated.tell(*FIVE)
    rated.sort({}, queue=[(FIVE[0], "random")])
    opens_queue(commissioner).sees("Expected agreement 0.60, between 0.56 and 0.64", "about 0.74")
    commissioner.opens_report("rated").sees("at 0.60, between 0.56 and 0.64", "No comment has been checked")


def test_until_enough_is_checked_it_says_that_it_can_not_tell(
    sorted_by_hand: Sorting, commissioner: Staff
) -> None:
    opens_queue(commissioner).sees("How well the computer does will show")
    commissioner.opens_report("rated").sees("We can’t say yet how often the computer is right")


def test_a_check_is_taken_back_and_both_lines_stay(sorted_by_hand: Sorting, commissioner: Staff) -> None:
    form_of(opens_queue(commissioner)).presses("It fits no theme")
    commissioner.goes_to("/manage/rated/history").sees("no theme fits", "commissioner@example.org")
    [undo] = [form for form in commissioner.page.forms if "comment" in form.controls]
    commissioner.presses(form=undo).sees("It was taken back.", "The check was taken back.", "no theme fits")
    assert count(sorted_by_hand.store, CommentCheck) == 2
    opens_queue(commissioner).sees(LONG, "Checked 0 of 5.")


def test_a_check_that_somebody_followed_can_not_be_taken_back_blindly(
    sorted_by_hand: Sorting, commissioner: Staff, owner: Staff
) -> None:
    form_of(opens_queue(commissioner)).presses("It fits no theme")
    [undo] = [f for f in owner.goes_to("/manage/rated/history").page.forms if "comment" in f.controls]
    commissioner.goes_to(f"/manage/rated/check/{sorted_by_hand.ids[LONG]}")
    ticks(commissioner, WAIT_NAME).presses("Save, and the next one")
    owner.presses(form=undo).sees("Somebody decided about it in the meantime")
    assert count(sorted_by_hand.store, CommentCheck) == 2


def test_withdrawing_takes_the_checks_along(sorted_by_hand: Sorting, commissioner: Staff, respondent) -> None:
    form_of(opens_queue(commissioner)).presses("It fits no theme")
    respondent.withdraws(sorted_by_hand.receipts[LONG])
    assert count(sorted_by_hand.store, CommentCheck) == 0
    commissioner.goes_to("/manage/rated/history").sees("No comment has been checked yet.").does_not_see(LONG)


def test_words_in_a_theme_lead_to_checking_them(sorted_by_hand: Sorting, commissioner, worker) -> None:
    commissioner.opens_theme("rated", WAIT).follows("Does it belong here?").sees("What the person said")
    worker.opens_theme("rated", WAIT).does_not_see("Does it belong here?")


def test_hostile_words_are_shown_and_do_nothing(rated: Sorting, commissioner: Staff) -> None:
    nasty = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)>"
    rated.tell(nasty, *FIVE[:4])
    rated.sort({nasty: WAIT}, queue=[(nasty, "random")], spans={nasty: (0, 8)})
    opens_queue(commissioner).sees(nasty)
    assert not list(commissioner.page.all("img"))
    form_of(commissioner).presses("It fits no theme")
    commissioner.goes_to("/manage/rated/history").sees(nasty)


def test_a_worker_of_the_service_checks_nothing(sorted_by_hand: Sorting, worker: Staff) -> None:
    for url in ("/manage/rated/check", "/manage/rated/history", "/manage/rated/themes"):
        assert worker.goes_to(url).status == 403
    worker.opens_report("rated").does_not_see("/manage/rated/check", "/manage/rated/themes")


def test_who_checked_may_have_left(sorted_by_hand: Sorting, commissioner: Staff, owner: Staff) -> None:
    form_of(opens_queue(commissioner)).presses("It fits no theme")
    with sorted_by_hand.store.write() as session:
        session.delete(session.query(User).filter_by(email=commissioner.email).one())
    owner.goes_to("/manage/rated/history").sees("somebody who is no longer here")
    owner.goes_to(f"/manage/rated/check/{sorted_by_hand.ids[LONG]}").sees("Somebody who is no longer here")


@pytest.mark.parametrize("page", ["check", "history", "themes", f"themes/{WAIT}"])
def test_each_page_runs_the_readers_way_and_the_words_their_own(
    sorted_by_hand: Sorting, commissioner: Staff, page: str
) -> None:
    form_of(opens_queue(commissioner)).presses("It fits no theme")
    commissioner.goes_to(f"/manage/rated/{page}?lang=ar")
    assert commissioner.page.one("html").get("dir") == "rtl"
    for quote in commissioner.page.all("blockquote"):
        assert (quote.get("lang"), quote.get("dir")) == ("en", "ltr")

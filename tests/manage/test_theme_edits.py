"""Somebody names, merges, confirms and takes out themes; readers see what was decided, never more."""

from __future__ import annotations

import pytest

from feedback.store import runs
from feedback.store.loop_models import ThemeEdit
from feedback.survey.reading_choice import ReadingChoice
from tests.support.sorting import KIND, WAIT, WAIT_NAME, Sorting
from tests.support.staff import Staff
from tests.support.telling import count

FEW, SUGGESTED = "few-1", "s-1"
BREAD = [f"The bread was gone, {number}." for number in range(3)]
SOUP = [f"The soup was warm, {number}." for number in range(8)]
WAITED = [f"We waited, {number}." for number in range(12)]
REPORT = ("/report/rated", "/report/rated/download.csv", "/report/rated/quotes.csv", "/report/rated/changes")


@pytest.fixture
def themes(rated: Sorting) -> Sorting:
    rated.tell(*BREAD, *SOUP, *WAITED, reading_choice=ReadingChoice.SERVICE)
    sort(rated)
    return rated


def sort(rated: Sorting) -> None:
    rated.sort(dict.fromkeys(BREAD, FEW) | dict.fromkeys(SOUP, SUGGESTED) | dict.fromkeys(WAITED, WAIT))


def decides(person: Staff, theme_id: str, button: str, **fields: str) -> Staff:
    return presses(person.goes_to(f"/manage/rated/themes/{theme_id}"), button, **fields)


def presses(person: Staff, button: str, **fields: str) -> Staff:
    form = next(
        form
        for form in person.page.forms
        if "seen" in form.controls and button in {"".join(each.itertext()) for each in form.buttons}
    )
    for name, value in fields.items():
        form.fill(name, value)
    return person.presses(button, form)


def test_what_a_few_people_said_waits_for_a_look_everywhere(
    themes: Sorting, commissioner: Staff, worker: Staff
) -> None:
    for person in (commissioner, worker):
        for url in REPORT:
            person.goes_to(url)
            body = person.response.get_data(as_text=True)
            assert "The bread" not in body and FEW not in body, url
        assert person.opens_theme("rated", FEW).status == 404
    commissioner.opens_report("rated").sees("1 group told by a few people waits for a person’s look.")
    commissioner.follows("Have a look").sees("Told by a few people, waiting for a look", "soup and bread")
    worker.opens_report("rated").sees("1 group told by a few people waits").does_not_see("Have a look")


def test_after_a_look_readers_see_it_and_its_number_stays_hidden(
    themes: Sorting, commissioner: Staff, worker: Staff
) -> None:
    commissioner.goes_to(f"/manage/rated/themes/{FEW}").sees(*BREAD, "Should readers see it?")
    presses(commissioner, "Yes, show it in the report").sees("Saved.", "None is waiting.")
    commissioner.opens_report("rated").sees("From a few people", "A few responses")
    commissioner.opens_theme("rated", FEW).sees("A person has looked at this.", BREAD[0])
    worker.opens_theme("rated", FEW).sees("A person has looked at this.")
    assert worker.goes_to("/report/rated/download.csv").response
    [line] = [row for row in worker.response.get_data(as_text=True).splitlines() if FEW in row]
    assert '"few","","' in line
    decides(commissioner, FEW, "Keep it from readers again")
    assert worker.opens_theme("rated", FEW).status == 404


def test_a_group_nobody_looked_at_does_not_slip_out_by_being_merged(
    themes: Sorting, commissioner: Staff, worker: Staff
) -> None:
    decides(commissioner, FEW, "Merge", into=WAIT)
    assert worker.opens_theme("rated", FEW).status == 404
    worker.opens_report("rated").does_not_see("The bread", FEW)


def test_a_name_stands_everywhere_in_the_language_of_the_survey(
    themes: Sorting, commissioner: Staff, worker: Staff
) -> None:
    decides(commissioner, WAIT, "Save the name", name="Long waits", meaning="Told of long waits.")
    for person in (commissioner, worker):
        person.opens_report("rated").sees("Long waits", "Told of long waits.").does_not_see(WAIT_NAME)
        assert person.opens_theme("rated", WAIT).page.heading == "Long waits"
    worker.goes_to(f"/report/rated/themes/{WAIT}?lang=ar")
    [heading] = worker.page.all("h1")
    assert [each.get("lang") for each in heading.iter("span")] == ["en"]
    body = worker.goes_to("/report/rated/download.csv").response.get_data(as_text=True)
    assert '"Long waits"' in body and WAIT_NAME not in body
    commissioner.goes_to(f"/manage/rated/themes/{WAIT}").sees(f"Without you it is called: {WAIT_NAME}")


def test_a_name_is_text_and_nothing_else(themes: Sorting, commissioner: Staff) -> None:
    decides(commissioner, WAIT, "Save the name", name="<b>=1+1</b>")
    commissioner.opens_report("rated").sees("<b>=1+1</b>")
    decides(commissioner, WAIT, "Save the name", name="=1+1")
    assert '"\'=1+1"' in commissioner.goes_to("/report/rated/download.csv").response.get_data(as_text=True)


def test_an_empty_name_gives_the_old_one_back(themes: Sorting, commissioner: Staff) -> None:
    decides(commissioner, WAIT, "Save the name", name="Long waits")
    decides(commissioner, WAIT, "Save the name", name="  ")
    commissioner.opens_report("rated").sees(WAIT_NAME).does_not_see("Long waits")


def test_confirming_a_suggestion_gives_it_a_name_and_it_stays(themes: Sorting, commissioner: Staff) -> None:
    commissioner.goes_to(f"/manage/rated/themes/{SUGGESTED}")
    commissioner.sees("The computer suggests: soup and bread", *SOUP)
    presses(commissioner, "Confirm, and keep it", name="Warm food").sees("being sorted again")
    commissioner.opens_theme("rated", SUGGESTED).sees("Warm food", "Confirmed by a person.")
    commissioner.opens_report("rated").does_not_see("Suggested themes, not checked")
    assert newest(themes).state == "waiting"
    sort(themes)
    commissioner.opens_theme("rated", SUGGESTED).sees("Warm food", "Confirmed by a person.")
    commissioner.goes_to(f"/manage/rated/check/{themes.ids[WAITED[0]]}").sees("Warm food")


def newest(themes: Sorting) -> runs.RunState:
    found = runs.newest(themes.store, themes.survey.survey_id)
    assert found is not None
    return found


def test_confirming_without_a_name_asks_for_one(themes: Sorting, commissioner: Staff) -> None:
    decides(commissioner, SUGGESTED, "Confirm, and keep it").sees("Give the theme a name")
    assert commissioner.status == 400
    assert count(themes.store, ThemeEdit) == 0


@pytest.mark.parametrize(("field", "length"), [("name", 81), ("meaning", 501)])
def test_too_long_is_said_and_what_was_typed_stays(
    themes: Sorting, commissioner: Staff, field: str, length: int
) -> None:
    decides(commissioner, WAIT, "Save the name", **{field: "x" * length})
    assert commissioner.status == 400
    commissioner.sees("is longer than")
    assert "x" * length in commissioner.page.html
    assert count(themes.store, ThemeEdit) == 0


def test_merging_holds_from_the_next_analysis_on(themes: Sorting, commissioner: Staff) -> None:
    decides(commissioner, SUGGESTED, "Merge", into=WAIT).sees(f"goes into: {WAIT_NAME}")
    commissioner.opens_theme("rated", SUGGESTED).sees("soup and bread")
    assert newest(themes).state == "waiting"
    commissioner.goes_to(f"/manage/rated/check/{themes.ids[SOUP[0]]}").sees(WAIT_NAME)


def test_a_codebooks_theme_that_was_merged_is_offered_no_more(themes: Sorting, commissioner: Staff) -> None:
    decides(commissioner, WAIT, "Merge", into=SUGGESTED)
    commissioner.goes_to(f"/manage/rated/check/{themes.ids[SOUP[0]]}")
    boxes = next(form for form in commissioner.page.forms if "seen" in form.controls).controls["theme"]
    assert WAIT not in {box.get("value") for box in boxes}
    assert KIND in {box.get("value") for box in boxes}


def test_what_is_no_theme_goes_from_the_report_at_once(themes: Sorting, commissioner, worker) -> None:
    decides(commissioner, SUGGESTED, "Not a theme").sees("Merged or taken out with the next analysis")
    assert worker.opens_theme("rated", SUGGESTED).status == 404
    worker.opens_report("rated").does_not_see(f"theme-{SUGGESTED}")


def test_where_to_merge_has_to_be_chosen_and_to_be_there(themes: Sorting, commissioner: Staff) -> None:
    decides(commissioner, SUGGESTED, "Merge").sees("Choose the theme that it goes into.")
    commissioner.goes_to(f"/manage/rated/themes/{SUGGESTED}")
    form = next(form for form in commissioner.page.forms if "into" in form.controls)
    for into, says in (("nothing", "There is no such theme any more."), (SUGGESTED, "can’t go into itself")):
        commissioner.submits(form, form.data("Merge") | {"into": [into]}).sees(says)
        assert commissioner.status == 400
    decides(commissioner, WAIT, "Not a theme")
    commissioner.submits(form, form.data("Merge") | {"into": [WAIT]}).sees("was merged or taken out")


def test_of_two_people_at_once_the_second_sees_the_first_and_chooses(
    themes: Sorting, commissioner: Staff, owner: Staff
) -> None:
    owner.goes_to(f"/manage/rated/themes/{WAIT}")
    decides(commissioner, WAIT, "Save the name", name="Long waits")
    presses(owner, "Save the name", name="Delays")
    assert owner.status == 409
    owner.sees("Somebody else decided about this theme", "“Long waits” commissioner@example.org")
    assert count(themes.store, ThemeEdit) == 1
    presses(owner, "Save the name")
    owner.opens_theme("rated", WAIT).sees("Delays")


def test_each_decision_stands_in_the_history_and_can_be_taken_back(
    themes: Sorting, commissioner: Staff
) -> None:
    decides(commissioner, WAIT, "Save the name", name="Long waits")
    decides(commissioner, FEW, "Yes, show it in the report")
    commissioner.goes_to("/manage/rated/history").sees("Named “Long waits”", "Shown to readers")
    commissioner.sees("commissioner@example.org")
    undo = next(form for form in commissioner.page.forms if form.values.get("theme") == [FEW])
    commissioner.presses(form=undo).sees("It was taken back.", "Taken back", "Shown to readers")
    assert commissioner.opens_theme("rated", FEW).status == 404
    assert count(themes.store, ThemeEdit) == 3
    commissioner.opens_report("rated").sees("3 decisions about themes were made by a person.")


def test_a_theme_that_is_not_there_can_not_be_edited(themes: Sorting, owner: Staff) -> None:
    for theme_id in ("nothing", "unsorted", KIND):
        assert owner.goes_to(f"/manage/rated/themes/{theme_id}").status == 404


@pytest.mark.parametrize("deed", ["", "undo", "drop table"])
def test_a_deed_that_nobody_offered_is_refused(themes: Sorting, owner: Staff, deed: str) -> None:
    owner.goes_to(f"/manage/rated/themes/{WAIT}")
    form = next(form for form in owner.page.forms if "into" in form.controls)
    owner.submits(form, form.data("Merge") | {"deed": [deed]})
    assert owner.status == 400
    assert count(themes.store, ThemeEdit) == 0


def test_no_hidden_number_gets_out_on_the_pages_for_editing(themes: Sorting, owner: Staff) -> None:
    owner.goes_to("/manage/rated/themes").sees("A few responses", "10 responses").does_not_see("3 responses")
    owner.goes_to(f"/manage/rated/themes/{FEW}").sees("A few responses").does_not_see("3 responses")


def test_words_of_a_lone_voice_are_held_back_here_too(rated: Sorting, owner: Staff) -> None:
    rated.tell(*WAITED)
    rated.tell("Waan ku sugay hoyga.", language="so")
    rated.tell("Cudud.", reading_choice=ReadingChoice.NOBODY)
    rated.sort(dict.fromkeys([*WAITED, "Waan ku sugay hoyga.", "Cudud."], WAIT))
    owner.goes_to(f"/manage/rated/themes/{WAIT}").does_not_see("Waan ku sugay", "Cudud")
    owner.sees("Some words are held back")


def test_before_the_first_analysis_there_is_nothing_to_edit(rated: Sorting, owner: Staff) -> None:
    for url in ("themes", f"themes/{WAIT}", "history"):
        assert owner.goes_to(f"/manage/rated/{url}").status == 404

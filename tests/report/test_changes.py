"""What the newest analysis moved and why, told without a hidden number or a word that may not be read."""

from __future__ import annotations

import pytest

from analysis import Change, ThemeChange
from feedback.survey.reading_choice import ReadingChoice
from tests.support.sorting import KIND, KIND_NAME, WAIT, WAIT_NAME, Sorting
from tests.support.staff import Staff

SAID = [f"We waited, {number}." for number in range(30)]
SECRET = "ZANZIBAR wrote this."
PAGE = "/report/rated/changes"


@pytest.fixture
def sorting(store, publish) -> Sorting:
    done = Sorting(store, publish("rated"))
    done.tell(*SAID)
    return done


def moved(sorting: Sorting, words: str, why: str = "others checked", to: str = KIND) -> Change:
    return Change(sorting.ids[words], (WAIT,), (to,) if to else (), why)  # type: ignore[arg-type]


def sort(sorting: Sorting, changes: list[Change], *themes: ThemeChange) -> None:
    kept = themes or (ThemeChange(WAIT, "kept", 30, 30, 30, 0),)
    into = dict.fromkeys(SAID, WAIT) | {SAID[0]: KIND, SAID[1]: "few-1"}
    sorting.sort(into, moved=changes, theme_changes=kept)


def test_the_first_analysis_has_nothing_to_compare_with(sorting: Sorting, commissioner: Staff) -> None:
    sorting.sort(dict.fromkeys(SAID, WAIT))
    commissioner.opens_report("rated").follows("What changed since the last time it was sorted")
    commissioner.sees("It was sorted for the first time")


def test_nothing_that_moved_is_said(sorting: Sorting, commissioner: Staff) -> None:
    sort(sorting, [])
    commissioner.goes_to(PAGE).sees("is still in the same themes", "No theme looks different.")


def test_each_comment_that_moved_shows_from_where_to_where_and_why(
    sorting: Sorting, commissioner: Staff
) -> None:
    sort(sorting, [moved(sorting, SAID[0], "a person checked it"), moved(sorting, SAID[2], to="")])
    commissioner.goes_to(PAGE).sees("A few comments have other themes now.", "Not shown: with so few")
    commissioner.sees(f"Before: {WAIT_NAME} Now: {KIND_NAME} A person checked it", SAID[0])
    commissioner.sees(f"Before: {WAIT_NAME} Now: Not yet sorted The computer learnt from other comments")


def test_reasons_are_counted_by_the_one_rule(sorting: Sorting, commissioner: Staff) -> None:
    sort(sorting, [moved(sorting, words) for words in SAID[:20]])
    commissioner.goes_to(PAGE).sees("20 comments have other themes now.")
    commissioner.sees("The computer learnt from other comments that people checked20")


def test_what_became_of_each_theme(sorting: Sorting, commissioner: Staff) -> None:
    sort(
        sorting,
        [moved(sorting, words) for words in SAID[:10]],
        ThemeChange(WAIT, "joined", 31, 12, 10, 0, (KIND,)),
        ThemeChange(KIND, "merged", 8, 0, 0, 0, (WAIT,)),
        ThemeChange("s-9", "gone", 3, 0, 0, 0),
    )
    commissioner.goes_to(PAGE).sees(f"{WAIT_NAME} Took in another theme: {KIND_NAME} 3010")
    commissioner.sees(f"{KIND_NAME} Merged by a person: {WAIT_NAME} 100")
    commissioner.sees("1 group that the computer had suggested, and nobody had named, was not found again.")


def test_a_group_that_waits_for_a_look_is_not_named_here(sorting: Sorting, commissioner: Staff) -> None:
    sort(
        sorting,
        [moved(sorting, SAID[1], to="few-1")],
        ThemeChange("few-1", "new", 0, 3, 0, 3),
        ThemeChange(WAIT, "kept", 30, 30, 30, 0),
    )
    commissioner.goes_to(PAGE).does_not_see("soup and bread").sees("Now: From a few people (1)")
    commissioner.sees("No theme looks different.")


def test_only_words_that_may_be_read_are_listed(sorting: Sorting, commissioner: Staff, worker: Staff) -> None:
    sorting.tell(SECRET, reading_choice=ReadingChoice.NOBODY)
    sorting.tell("Waan ku sugay hoyga.", language="so")
    sort(sorting, [moved(sorting, words) for words in (SAID[0], SECRET, "Waan ku sugay hoyga.")])
    commissioner.goes_to(PAGE).sees(SAID[0], "held back").does_not_see("ZANZIBAR", "Waan ku sugay")
    worker.goes_to(PAGE).does_not_see(SAID[0], "ZANZIBAR", "Waan ku sugay")


def test_a_long_list_is_turned_page_by_page(sorting: Sorting, commissioner: Staff) -> None:
    sort(sorting, [moved(sorting, words) for words in SAID])
    seen = set()
    for page in (1, 2):
        commissioner.goes_to(f"{PAGE}?page={page}")
        seen |= {bdi.text for bdi in commissioner.page.all("bdi") if bdi.text in SAID}
    assert seen == set(SAID)
    assert commissioner.goes_to(f"{PAGE}?page=3").status == 404


def test_without_a_report_there_is_no_such_page(sorting: Sorting, commissioner: Staff) -> None:
    assert commissioner.goes_to(PAGE).status == 404


def test_what_a_person_checked_is_marked_in_the_report(sorting: Sorting, commissioner: Staff) -> None:
    sorting.sort(dict.fromkeys(SAID, WAIT), by_person={SAID[3]})
    commissioner.opens_theme("rated", WAIT)
    marked = [
        figure
        for figure in commissioner.page.all("figure")
        if "checked by a person" in "".join(figure.itertext())
    ]
    assert ["".join(next(each.iter("bdi")).itertext()) for each in marked] == [SAID[3]]

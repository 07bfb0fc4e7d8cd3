"""Checks and decisions are added to, never changed; the newest holds; they go with what they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from feedback.store import check_queue, checks, decided, heeded, removal, runs, theme_edits
from feedback.store.checks import Checker
from feedback.store.comments import CommentToSort, to_sort
from feedback.store.database import Store
from feedback.store.loop_models import CommentCheck, EditedComment, Moved, ThemeEdit, ToCheck
from feedback.store.surveys import PublishedSurvey
from feedback.store.theme_edits import Decider, Outcome, Refused
from feedback.survey.reading_choice import Reader, ReadingChoice
from tests.support.sorting import KIND, WAIT, Sorting
from tests.support.telling import DAY, count

SAID = [f"We waited, {number}." for number in range(4)]
SECRET = "For nobody's eyes."
FEW = "few-1"


@pytest.fixture
def sorting(store: Store, story: PublishedSurvey) -> Sorting:
    done = Sorting(store, story)
    done.tell(*SAID)
    done.tell(SECRET, reading_choice=ReadingChoice.NOBODY)
    done.sort(
        {SAID[0]: WAIT, SAID[1]: KIND, SAID[2]: FEW, SAID[3]: FEW, SECRET: WAIT},
        queue=[(SAID[0], "random"), (SECRET, "random"), (SAID[1], "instructive")],
    )
    return done


def checker(sorting: Sorting, words: str = SAID[0], seen: int = 0) -> Checker:
    return Checker(sorting.survey.survey_id, sorting.ids[words], seen, None, DAY)


def decider(sorting: Sorting, theme_id: str = FEW, seen: int | None = None) -> Decider:
    now = decided.decided(sorting.store, sorting.survey.survey_id).get(theme_id)
    newest = seen if seen is not None else now.seen if now else 0
    return Decider(sorting.survey.survey_id, theme_id, newest, None, DAY)


def newest_run(sorting: Sorting) -> int:
    run = runs.newest_done(sorting.store, sorting.survey.survey_id)
    assert run
    return run.id


def asked(sorting: Sorting) -> list[tuple[str, str]]:
    words = {comment_id: said for said, comment_id in sorting.ids.items()}
    left = check_queue.queue(
        sorting.store, Reader.COMMISSIONER, sorting.survey.survey_id, newest_run(sorting), None
    )
    return [(words[each.span.comment_id], each.why) for each in left]


def holds(sorting: Sorting, words: str = SAID[0]) -> checks.Check:
    found = checks.current(sorting.store, sorting.ids[words])
    assert found
    return found


def test_the_queue_holds_only_what_may_be_read_and_is_not_checked(sorting: Sorting) -> None:
    assert asked(sorting) == [(SAID[0], "random"), (SAID[1], "instructive")]
    assert checks.save(sorting.store, checker(sorting), [KIND]) == checks.Outcome()
    assert asked(sorting) == [(SAID[1], "instructive")]


def test_words_for_nobody_can_not_be_checked_by_their_id(sorting: Sorting) -> None:
    assert checks.save(sorting.store, checker(sorting, SECRET), [KIND]) is None
    assert checks.skip(sorting.store, checker(sorting, SECRET)) is None
    assert checks.undo(sorting.store, checker(sorting, SECRET)) is None
    assert count(sorting.store, CommentCheck) == 0


def test_one_drawn_at_random_tells_how_well_the_machine_does_also_when_corrected(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), [KIND])
    assert holds(sorting).random
    checks.save(sorting.store, checker(sorting, seen=holds(sorting).id), [WAIT])
    assert (holds(sorting).random, holds(sorting).theme_ids) == (True, (WAIT,))
    checks.save(sorting.store, checker(sorting, SAID[1]), [])
    assert not holds(sorting, SAID[1]).random


def test_whoever_had_not_seen_the_newest_check_is_told_and_nothing_is_stored(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), [KIND])
    assert checks.save(sorting.store, checker(sorting), [WAIT]) == checks.Outcome(overtaken=True)
    assert checks.undo(sorting.store, checker(sorting)) == checks.Outcome(overtaken=True)
    assert count(sorting.store, CommentCheck) == 1


def test_taking_back_brings_back_what_held_before_and_can_be_taken_back_too(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), [KIND])
    checks.save(sorting.store, checker(sorting, seen=holds(sorting).id), [WAIT])
    checks.undo(sorting.store, checker(sorting, seen=holds(sorting).id))
    assert holds(sorting).theme_ids == (KIND,)
    checks.undo(sorting.store, checker(sorting, seen=holds(sorting).id))
    assert holds(sorting).theme_ids == (WAIT,)
    assert count(sorting.store, CommentCheck) == 4


def test_a_first_check_taken_back_leaves_the_word_to_the_machine(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), [KIND])
    checks.undo(sorting.store, checker(sorting, seen=holds(sorting).id))
    assert not holds(sorting).holds
    assert checks.number(sorting.store, sorting.survey.survey_id) == 0
    assert heeded.read(sorting.store, sorting.survey.survey_id).checked == []


def test_not_being_able_to_say_changes_nothing_that_holds(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), [KIND])
    checks.skip(sorting.store, checker(sorting))
    assert holds(sorting).theme_ids == (KIND,)


def test_what_people_said_is_handed_to_the_next_analysis(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), [KIND, WAIT])
    theme_edits.name(sorting.store, decider(sorting), "Bread", "About bread.")
    said = heeded.read(sorting.store, sorting.survey.survey_id)
    [check] = said.checked
    assert (check.comment_id, check.theme_ids, check.random) == (sorting.ids[SAID[0]], (KIND, WAIT), True)
    assert said.earlier
    few = said.earlier.themes[FEW]
    assert few.comment_ids == {sorting.ids[SAID[2]], sorting.ids[SAID[3]]} == few.edits.words.keys()
    assert (few.kind, few.edits.name, few.edits.meaning) == ("few", "Bread", "About bread.")
    assert said.earlier.comment_ids == set(sorting.ids.values())


def test_a_check_that_an_analysis_can_not_take_is_left_out(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), ["gone with an old codebook"])
    checks.save(sorting.store, checker(sorting, SAID[1]), ["gone", KIND])
    said = heeded.read(sorting.store, sorting.survey.survey_id)
    here = heeded_comments(sorting)
    assert [check.theme_ids for check in said.known({KIND}, here)] == [(KIND,)]
    assert said.known({KIND}, []) == []
    blank = [replace(comment, text=" ") for comment in here]
    assert said.known({KIND}, blank) == []


def heeded_comments(sorting: Sorting) -> list[CommentToSort]:
    return list(to_sort(sorting.store, sorting.survey.survey_id))


def test_a_decision_holds_until_it_is_taken_back(sorting: Sorting) -> None:
    theme_edits.name(sorting.store, decider(sorting), "Bread", "")
    theme_edits.show(sorting.store, decider(sorting), True)
    now = decided.decided(sorting.store, sorting.survey.survey_id)[FEW]
    assert (now.name, now.shown, now.confirmed) == ("Bread", True, False)
    theme_edits.undo(sorting.store, decider(sorting))
    theme_edits.undo(sorting.store, decider(sorting, seen=1))
    now = decided.decided(sorting.store, sorting.survey.survey_id)[FEW]
    assert (now.name, now.shown) == ("Bread", False)
    assert [edit.deed for edit in decided.history(sorting.store, sorting.survey.survey_id)] == [
        "undo", "show", "name",
    ]  # fmt: skip


def test_only_what_changes_the_sorting_asks_for_an_analysis(sorting: Sorting) -> None:
    assert theme_edits.name(sorting.store, decider(sorting), "Bread", "").run_id is None
    assert theme_edits.show(sorting.store, decider(sorting), True).run_id is None
    waits = theme_edits.merge(sorting.store, decider(sorting), WAIT).run_id
    assert waits is not None
    assert theme_edits.undo(sorting.store, decider(sorting)).run_id == waits


def test_whoever_had_not_seen_the_newest_decision_is_told_and_nothing_is_stored(sorting: Sorting) -> None:
    theme_edits.name(sorting.store, decider(sorting), "Bread", "")
    for late in (
        theme_edits.name(sorting.store, decider(sorting, seen=0), "Soup", ""),
        theme_edits.reject(sorting.store, decider(sorting, seen=0)),
        theme_edits.undo(sorting.store, decider(sorting, seen=0)),
    ):
        assert late == Outcome(overtaken=True)
    assert count(sorting.store, ThemeEdit) == 1


def test_a_theme_goes_only_into_one_that_is_there_and_stays(sorting: Sorting) -> None:
    for into in (FEW, "nothing"):
        with pytest.raises(Refused):
            theme_edits.merge(sorting.store, decider(sorting), into)
    theme_edits.merge(sorting.store, decider(sorting), WAIT)
    with pytest.raises(Refused):
        theme_edits.merge(sorting.store, decider(sorting, WAIT), FEW)
    with pytest.raises(Refused):
        theme_edits.merge(sorting.store, decider(sorting, KIND), FEW)
    with pytest.raises(Refused):
        theme_edits.name(sorting.store, decider(sorting, "nothing"), "A name", "")


def test_no_circle_comes_about_by_taking_back(sorting: Sorting) -> None:
    theme_edits.merge(sorting.store, decider(sorting, WAIT), KIND)
    theme_edits.undo(sorting.store, decider(sorting, WAIT))
    theme_edits.merge(sorting.store, decider(sorting, KIND), WAIT)
    with pytest.raises(Refused):
        theme_edits.undo(sorting.store, decider(sorting, WAIT))


def test_what_a_decision_was_about_is_kept_when_the_theme_grows(sorting: Sorting) -> None:
    theme_edits.confirm(sorting.store, decider(sorting), "Bread", "")
    sorting.tell("More bread.")
    sorting.sort({SAID[2]: FEW, SAID[3]: FEW, "More bread.": FEW})
    theme_edits.name(sorting.store, decider(sorting), "Bread and soup", "")
    with sorting.store.read() as session:
        assert set(session.scalars(select(EditedComment.comment_id))) == {
            sorting.ids[SAID[2]], sorting.ids[SAID[3]],
        }  # fmt: skip


def test_names_are_sealed(sorting: Sorting) -> None:
    theme_edits.name(sorting.store, decider(sorting), "Zebrafish", "About zebrafish.")
    with sorting.store.read() as session:
        sealed = session.scalars(select(ThemeEdit.words_sealed)).one()
    assert sealed and b"ebrafish" not in sealed


def test_withdrawing_takes_everything_that_leaned_on_the_words(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), [KIND])
    checks.save(sorting.store, checker(sorting, SAID[2]), [KIND])
    theme_edits.confirm(sorting.store, decider(sorting), "Bread", "")
    removal.withdraw(sorting.store, sorting.receipts[SAID[0]], DAY)
    removal.withdraw(sorting.store, sorting.receipts[SAID[2]], DAY)
    assert count(sorting.store, CommentCheck) == 0
    assert count(sorting.store, ToCheck) == 1
    with sorting.store.read() as session:
        assert list(session.scalars(select(EditedComment.comment_id))) == [sorting.ids[SAID[3]]]
    assert decided.decided(sorting.store, sorting.survey.survey_id)[FEW].name == "Bread"


def test_a_number_is_never_given_twice(sorting: Sorting) -> None:
    """What the last analysis had read is known by its number."""
    checks.save(sorting.store, checker(sorting), [KIND])
    last = holds(sorting).id
    removal.withdraw(sorting.store, sorting.receipts[SAID[0]], DAY)
    checks.save(sorting.store, checker(sorting, SAID[1]), [KIND])
    assert holds(sorting, SAID[1]).id > last


def test_a_new_analysis_forgets_the_queue_and_the_moves_of_the_last(sorting: Sorting) -> None:
    sorting.sort({SAID[0]: WAIT}, queue=[(SAID[1], "rare")])
    assert asked(sorting) == [(SAID[1], "rare")]
    assert (count(sorting.store, ToCheck), count(sorting.store, Moved)) == (1, 0)


def test_the_day_is_kept_and_never_the_hour(sorting: Sorting) -> None:
    checks.save(sorting.store, checker(sorting), [KIND])
    with sorting.store.read() as session:
        assert type(session.scalars(select(CommentCheck.made_on)).one()) is date

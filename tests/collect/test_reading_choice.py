"""Who may read your words? Silence is never permission."""

from __future__ import annotations

import pytest

from feedback.store.comments import readable, to_sort
from feedback.survey.reading_choice import Reader, ReadingChoice
from tests.support.respondent import Respondent

from .conftest import Kept

STEPS = ["nobody", "plan_and_pay", "service", "anyone"]


def test_four_steps_and_none_chosen(respondent: Respondent, story) -> None:
    respondent.opens("story").begins().goes_to_readers()
    [radios] = [controls for name, controls in respondent.form.controls.items() if name != "token"]
    assert [radio.get("value") for radio in radios] == STEPS
    assert not any("checked" in radio.attrib for radio in radios)
    respondent.sees("If you leave this, it means nobody.")


@pytest.mark.parametrize("choice", [*STEPS, None])
def test_what_was_chosen_is_what_the_store_enforces(
    respondent: Respondent, story, store, kept: Kept, choice: str | None
) -> None:
    respondent.tells("story", readers=choice, happened="for some")
    chosen = kept.under(respondent.receipt).reading_choice
    assert chosen == (ReadingChoice[choice.upper()] if choice else ReadingChoice.NOBODY)
    ids = [comment.id for comment in to_sort(store, story.survey_id)]
    for reader in Reader:
        assert bool(readable(store, reader, ids)) == (chosen >= int(reader))


def test_a_choice_alone_is_no_answer(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().goes_to_readers().chooses_readers("anyone")
    assert respondent.sends() is None
    respondent.sees("You have not answered anything yet, so there is nothing to send.")
    assert respondent.status == 422 and kept.responses == 0


def test_a_choice_that_was_never_offered_is_refused(respondent: Respondent, story) -> None:
    respondent.opens("story").begins().goes_to_readers()
    respondent.submits(respondent.form, respondent.form.data() | {"readers": ["everyone"]})
    assert respondent.status == 422
    respondent.sees("Please choose one of the answers below")


def test_a_choice_can_be_changed_before_sending(respondent: Respondent, story, kept: Kept) -> None:
    respondent.opens("story").begins().answers(happened="mine").goes_to_readers().chooses_readers("anyone")
    respondent.follows("/s/story/who").chooses_readers("nobody")
    assert kept.under(respondent.sends()).reading_choice == ReadingChoice.NOBODY

"""What the report's readers get of words before and after a person has read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from feedback.store import redactions
from feedback.store.comments import open_text
from feedback.store.models import Comment
from tests.report.conftest import ANYONE, Told, many, says
from tests.support.staff import Staff

SAID = "Nurse Sarah was late, ring 07700 900123."


@pytest.fixture
def unread(heard: Callable[..., Told]) -> Told:
    """Eleven people told; the reading of what the first said was taken back."""
    told = heard(says(SAID, quoted=True, reading_choice=ANYONE), many(10))
    assert redactions.undo(told.store, told.survey.survey_id, comment_of(told))
    return told


def comment_of(told: Told) -> str:
    with told.store.read() as session:
        return next(
            comment.id for comment in session.query(Comment) if open_text(told.store, comment) == SAID
        )


def table(staff: Staff) -> list[dict[str, str]]:
    response = staff.client.get("/report/rated/quotes.csv", base_url=staff.base_url)
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))


def test_who_may_check_sees_unread_words_with_what_the_computer_found_taken_out(
    unread: Told, commissioner: Staff
) -> None:
    for page in ("/report/rated", "/report/rated/themes/waiting"):
        commissioner.goes_to(page).does_not_see("Sarah", "900123")
        commissioner.sees("Nurse [name taken out] was late, ring [phone number taken out].")
        commissioner.sees("not yet read for personal details")
    commissioner.goes_to("/report/rated").sees(
        "1 comment waits to be read for personal details.", "Read them"
    )


def test_the_service_gets_nothing_of_unread_words_and_is_told_so(unread: Told, worker: Staff) -> None:
    for page in ("/report/rated", "/report/rated/themes/waiting"):
        worker.goes_to(page).does_not_see("Sarah", "900123", "was late", "Read them")
    worker.goes_to("/report/rated").sees("Some words are held back until a person has read them")


def test_a_table_has_read_words_only_and_says_so(unread: Told, commissioner: Staff) -> None:
    assert table(commissioner) == []
    outs = [redactions.Out(6, 11, "name")]
    redactions.confirm(
        unread.store, unread.survey.survey_id, {comment_of(unread): outs}, None, date(2026, 4, 2)
    )
    [row] = table(commissioner)
    assert row["quote"] == "Nurse [name taken out] was late, ring 07700 900123."
    assert "a person has read" in row["rule"]


def test_read_words_are_the_same_for_everyone(unread: Told, commissioner: Staff, worker: Staff) -> None:
    outs = [redactions.Out(6, 11, "name")]
    redactions.confirm(
        unread.store, unread.survey.survey_id, {comment_of(unread): outs}, None, date(2026, 4, 2)
    )
    for reader in (commissioner, worker):
        reader.opens_theme("rated", "waiting").does_not_see("Sarah", "not yet read")
        reader.sees("Nurse [name taken out] was late, ring 07700 900123.")


def test_the_mark_is_in_the_readers_language_and_direction(unread: Told, commissioner: Staff) -> None:
    commissioner.goes_to("/report/rated/themes/waiting?lang=ar")
    [mark, *_] = [each for each in commissioner.page.all("span") if each.get("class") == "taken-out"]
    assert (mark.get("lang"), mark.get("dir")) == ("ar", "rtl")

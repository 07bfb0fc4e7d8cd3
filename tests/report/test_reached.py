"""Open and invited answers stand apart, and what came all at once is said."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from feedback.store.models import Run
from tests.support.staff import Staff

from .conftest import many, says
from .test_few_people import table

APART = "Invited and open answers"
SAME = "The lift was broken for three weeks and nobody came to look at it although we rang, {}."


def day(number: int) -> date:
    return date(2026, 3, number)


def test_invited_and_open_answers_stand_apart(heard, commissioner: Staff) -> None:
    heard(many(40), many(20, "Invited", came_by="invited"))
    rows = table(commissioner.opens_report("rated"), APART)
    assert rows["By the open link"] == ["40", "67%"]
    assert rows["By invitation, with a code for one answer"] == ["20", "33%"]
    rows = table(commissioner.opens_theme("rated", "waiting"), APART)
    assert rows["By invitation, with a code for one answer"] == ["20", "100%"]


def test_a_few_invited_are_hidden(heard, commissioner: Staff) -> None:
    heard(many(40), many(3, "Invited", came_by="invited"))
    rows = table(commissioner.opens_report("rated"), APART)
    assert rows["By invitation, with a code for one answer"][0] == "hidden"


def test_where_nobody_was_invited_nothing_is_set_apart(heard, commissioner: Staff) -> None:
    heard(many(40))
    commissioner.opens_report("rated").does_not_see(APART)
    commissioner.opens_theme("rated", "waiting").does_not_see(APART)


def test_many_on_one_day_are_said_and_kept(heard, commissioner: Staff) -> None:
    usual = [says(f"Slow on day {each}.", received_on=day(each)) for each in range(1, 19)]
    heard(usual, many(21, received_on=day(20)), many(21, "Slow", received_on=day(20), service="advice"))
    commissioner.opens_report("rated").sees(
        "40 of 60 open answers came on one day, 20 March 2026.", "They are counted and kept."
    )
    commissioner.sees("60 responses")


def test_many_about_one_service_name_it(heard, commissioner: Staff) -> None:
    usual = [says(f"Slow on day {each}.", received_on=day(each)) for each in range(1, 19)]
    heard(usual, many(42, received_on=day(20)))
    commissioner.opens_report("rated").sees(
        "40 of 60 open answers about \u2068Night hostel\u2069 came on one day"
    )
    commissioner.does_not_see("40 of 60 open answers came on one day")


def test_a_busy_shared_screen_and_invited_answers_are_no_burst(heard, commissioner: Staff) -> None:
    usual = [says(f"Slow on day {each}.", received_on=day(each)) for each in range(1, 19)]
    here = many(42, "Here", received_on=day(20), mode="kiosk")
    heard(usual, here, many(42, "Invited", received_on=day(20), came_by="invited"))
    commissioner.opens_report("rated").does_not_see("Many at once.")


def test_the_same_words_again_and_again_are_said(heard, commissioner: Staff) -> None:
    heard(many(30), [says(SAME.format(each)) for each in range(12)])
    commissioner.opens_report("rated").sees("10 of 40 open answers say nearly the same, word for word.")


def test_a_run_from_before_invitations_still_opens(heard, commissioner: Staff) -> None:
    survey = heard(many(30))
    with survey.store.write() as session:
        run = session.scalars(select(Run)).one()
        figures = {name: value for name, value in (run.figures or {}).items() if name != "bursts"}
        figures["all"] = {name: value for name, value in figures["all"].items() if name != "came_by"}
        session.execute(update(Run).values(figures=figures))
    commissioner.opens_report("rated").sees("30 responses").does_not_see("Many at once.")
    commissioner.opens_theme("rated", "waiting").sees("30 responses")

"""What people said of themselves and of their own stories: counted so that no one stands out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from feedback.store.database import Store
from tests.support.staff import Staff

from .conftest import Telling, Told, many, says
from .test_figures import figures

YES = {"about_you_ask": "yes"}


@pytest.fixture
def asking(store: Store, publish: Any) -> Any:
    """asking(...) has these people answer a survey that asks about them and for the meaning, and sorts it."""
    survey = Told(store, publish("asking"))

    def hear(*groups: Telling | list[Telling]) -> Told:
        tellings = [each for group in groups for each in (group if isinstance(group, list) else [group])]
        survey.hear(tellings)
        survey.sort(tellings)
        return survey

    return hear


def people(number: int, words: str, theme: str = "waiting", **answers: Any) -> list[Telling]:
    return many(number, words, theme, answers=answers, service=None)


def row(staff: Staff, table: str, name: str) -> str:
    """A line of the table under this heading, as it reads."""
    [found] = [each for each in staff.page.all("table") if table in "".join(each.itertext())]
    lines = [
        " ".join(" ".join("".join(cell.itertext()) for cell in line).split()) for line in found.iter("tr")
    ]
    [line] = [line for line in lines if line.startswith(name)]
    return line.removeprefix(name).strip()


def test_not_asked_not_said_and_left_out_are_three_things(asking) -> None:
    survey = asking(
        people(3, "No", about_you_ask="no"),
        people(2, "Went past it"),
        people(4, "Older", **YES, about_you_age="from_75"),
        people(2, "Would rather not", **YES, about_you_age="not_say"),
        people(1, "Went past the age", **YES),
    )
    numbers = figures(survey)["about_you"]["uk-2026-1"]
    assert (numbers["asked"], numbers["yes"]) == (12, 7)
    assert numbers["questions"]["about_you_age"] == {"from_75": 4, "not_say": 2, "left_out": 1}
    assert "about_you_ethnic_white" not in numbers["questions"], "nobody came to the second step"


def test_what_was_brought_in_was_never_asked(rated: Told) -> None:
    rated.hear(many(3))
    rated.sort(many(3))
    assert figures(rated)["about_you"] == {}


def test_the_second_step_counts_only_those_who_came_to_it(asking) -> None:
    survey = asking(
        people(2, "Asian", **YES, about_you_ethnic_group="asian", about_you_ethnic_asian="indian"),
        people(3, "White", **YES, about_you_ethnic_group="white"),
        # Not on their path: they changed their mind about the first step.
        people(1, "Changed", **YES, about_you_ethnic_group="other", about_you_ethnic_asian="chinese"),
    )
    questions = figures(survey)["about_you"]["uk-2026-1"]["questions"]
    assert questions["about_you_ethnic_asian"] == {"indian": 2}
    assert questions["about_you_ethnic_white"] == {"left_out": 3}
    assert questions["about_you_ethnic_other"] == {"left_out": 1}


def test_the_report_shows_each_question_by_itself(asking, commissioner: Staff) -> None:
    asking(
        people(20, "Younger", **YES, about_you_age="from_16"),
        people(10, "Older", **YES, about_you_age="from_75"),
        people(12, "Rather not", **YES, about_you_age="not_say"),
        people(8, "Past it", **YES),
        people(10, "Said no", about_you_ask="no"),
    )
    commissioner.opens_report("asking").sees(
        "What people said about themselves", "Asked if we may ask60 responses", "Said yes50 responses"
    )
    assert row(commissioner, "How old are you?", "16 to 24") == "20 40%"
    assert row(commissioner, "How old are you?", "75 to 84") == "10 20%"
    assert row(commissioner, "How old are you?", "25 to 34").startswith("0")
    assert row(commissioner, "How old are you?", "Prefer not to say") == "10 20%"
    assert row(commissioner, "How old are you?", "Left out") == "10 20%"


def test_a_few_are_hidden_and_too_few_are_not_divided(asking, commissioner: Staff) -> None:
    asking(
        people(30, "Many", **YES, about_you_age="from_25", about_you_ethnic_group="white"),
        people(6, "Some", **YES, about_you_age="from_35"),
        people(2, "One or two", **YES, about_you_age="from_85"),
        people(2, "Also few", **YES, about_you_age="from_16", about_you_ethnic_group="other"),
    )
    commissioner.opens_report("asking")
    assert row(commissioner, "How old are you?", "85 or over").startswith("hidden")
    assert row(commissioner, "How old are you?", "16 to 24").startswith("hidden")
    assert re.search(r"Another ethnic group: Which of these.{,20}\?\s?Not shown", commissioner.page.text)


def test_no_theme_and_no_download_says_anything_about_its_tellers(asking, commissioner: Staff) -> None:
    survey = asking(people(30, "Many", **YES, about_you_age="from_25"), people(20, "More", theme="kind"))
    assert "about_you" not in str(figures(survey)["themes"])
    for url in ("/report/asking/themes/waiting", "/report/asking/themes/kind"):
        commissioner.goes_to(url).does_not_see("How old are you?", "25 to 34")
    for url in ("/report/asking/download.csv", "/report/asking/quotes.csv"):
        assert "from_25" not in commissioner.goes_to(url).response.get_data(as_text=True)


def test_the_theme_says_what_it_means_to_its_tellers(asking, commissioner: Staff) -> None:
    asking(
        people(
            20,
            "Weeks",
            meaning_mattered="very_much",
            meaning_hear=["plan", "everyone"],
            meaning_about=["waiting"],
        ),
        people(10, "Days", meaning_mattered="a_little", meaning_hear=["plan"]),
    )
    commissioner.opens_theme("asking", "waiting")
    commissioner.sees("What it means to those who told it", "Chose this theme themselves20 responses")
    assert row(commissioner, "How much it mattered to them", "Very much") == "20 67%"
    assert row(commissioner, "Who should hear it, they say", "Everyone") == "20 67%"
    assert row(commissioner, "Who should hear it, they say", "The people who plan").endswith("30 100%")


def test_words_say_that_their_teller_agrees_where_many_do(asking, commissioner: Staff) -> None:
    asking(
        says("It took a year", quoted=True, answers={"meaning_about": ["waiting", "safety"]}, service=None),
        says("Nobody came", quoted=True, answers={"meaning_about": ["safety"]}, service=None),
        people(12, "Weeks", meaning_about=["waiting"]),
    )
    commissioner.opens_theme("asking", "waiting")
    captions = {
        "".join(quote.find("blockquote").itertext()).strip(): "".join(quote.find("figcaption").itertext())
        for quote in commissioner.page.all("figure")
        if quote.find("blockquote") is not None
    }
    assert "its teller says it is about this, too" in captions["It took a year"]
    assert "its teller" not in captions["Nobody came"]


def test_where_few_say_so_no_words_say_it(asking, commissioner: Staff) -> None:
    asking(
        says("It took a year", quoted=True, answers={"meaning_about": ["waiting"]}, service=None),
        people(20, "Weeks"),
    )
    commissioner.opens_theme("asking", "waiting").sees("It took a year").does_not_see("its teller says")


def test_tellers_and_the_machine_are_compared_where_we_are_unsure(asking, commissioner: Staff) -> None:
    survey = asking(
        people(30, "Weeks", meaning_about=["waiting", "safety"]),
        people(10, "Found elsewhere", theme="kind", meaning_about=["waiting"]),
        people(9, "Said nothing of it"),
    )
    numbers = figures(survey)["meaning"]
    assert (numbers["agree"], numbers["compared"]) == (30, 40)
    commissioner.opens_report("asking").sees("the computer found it there in 30 of 40 responses")


def test_their_own_words_of_what_it_is_about_do_not_help_the_machine_to_agree(asking) -> None:
    own = {"happened": "She smiled", "meaning_words": "waiting"}
    of_both = {"words": own, "answers": {"meaning_about": ["waiting"]}}
    survey = asking(
        Telling("She smiled", "kind", details=of_both),
        Telling("waiting", "waiting", details={"words": {}}),  # how the machine sorts it
    )
    numbers = figures(survey)["meaning"]
    assert (numbers["agree"], numbers["compared"]) == (0, 1)


def test_few_comparisons_and_a_few_who_differ_are_not_told(asking, commissioner: Staff) -> None:
    asking(
        people(30, "Weeks", meaning_about=["waiting"]),
        people(2, "Else", theme="kind", meaning_about=["waiting"]),
    )
    commissioner.opens_report("asking").sees("too few have said it, or nearly all agree")


def test_a_report_made_before_there_were_such_questions_still_opens(
    asking, store, commissioner: Staff
) -> None:
    from sqlalchemy import select, update

    from feedback.store.models import Run

    survey = asking(people(12, "Weeks"))
    old = {name: value for name, value in figures(survey).items() if name not in {"about_you", "meaning"}}
    with store.write() as session:
        session.execute(update(Run).values(figures=old))
        assert session.scalars(select(Run)).all()
    commissioner.opens_report("asking").sees("Who we heard").does_not_see("What people said about themselves")
    commissioner.opens_theme("asking", "waiting").does_not_see("What it means to those who told it")

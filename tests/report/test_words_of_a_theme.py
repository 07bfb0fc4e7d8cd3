"""What a theme is called, its most typical words, and another view: each by the rules for words."""

from __future__ import annotations

from tests.support.page import text_of
from tests.support.staff import Staff

from .conftest import NOBODY, PLAN, SERVICE, many, says


def test_the_most_typical_words_stand_under_the_heading_and_only_there(heard, commissioner: Staff) -> None:
    heard(says("We all wait so long.", quoted=True), says("Always late.", quoted=True), many(9))
    commissioner.opens_theme("rated", "waiting")
    text = commissioner.page.text
    assert text.index("Most typical of what people said: We all wait so long.") < text.index("Always late.")
    assert text.count("We all wait so long.") == 1
    commissioner.opens_report("rated").sees("We all wait so long.").does_not_see("Always late.")


def test_where_those_may_not_be_read_the_next_ones_stand_there(heard, worker: Staff) -> None:
    heard(
        says("For those who pay.", quoted=True, reading_choice=PLAN),
        says("For nobody.", reading_choice=NOBODY),
        says("For all.", quoted=True, reading_choice=SERVICE),
        many(9, reading_choice=SERVICE),
    )
    worker.opens_theme("rated", "waiting").does_not_see("For those who pay", "For nobody")
    worker.sees("Most typical of what people said: For all.")


def test_typical_words_of_a_rare_language_are_held_back(heard, commissioner: Staff) -> None:
    heard(says("Waan sugnay.", quoted=True, language="so"), many(9))
    commissioner.opens_theme("rated", "waiting").does_not_see("Waan sugnay", "Most typical").sees("held back")


def test_a_found_theme_is_named_in_the_readers_language(heard, commissioner: Staff) -> None:
    heard(many(20), many(6, "Soup", theme="s-1"), many(6, "Zupa", theme="s-1", language="pl"))
    commissioner.opens_theme("rated", "s-1")
    assert commissioner.page.heading == "soup and bread"
    commissioner.goes_to("/report/rated/themes/s-1?lang=pl")
    assert commissioner.page.heading == "zupa i chleb"


def test_without_a_name_in_the_readers_language_it_has_that_of_most_and_says_which(
    heard, commissioner: Staff
) -> None:
    heard(many(20), many(6, "Zupa", theme="s-1", language="pl"))
    commissioner.opens_theme("rated", "s-1")
    heading = commissioner.page.one("h1")
    assert text_of(heading) == "zupa i chleb"
    assert [span.get("lang") for span in heading.iter("span")] == ["pl"]


def test_keywords_stand_by_language_and_those_of_a_rare_one_do_not(heard, commissioner: Staff) -> None:
    heard(many(20), many(6, "Czekamy", language="pl"), many(4, "Sugnay", language="so"))
    commissioner.opens_theme("rated", "waiting").does_not_see("toddobaad")
    commissioner.sees("Words that come up often English weeks Polish tygodnie")


def test_a_worker_sees_no_keywords(heard, worker: Staff) -> None:
    heard(many(20))
    worker.opens_theme("rated", "waiting").does_not_see("weeks.", "Words that come up often")


def test_what_the_machine_picked_as_another_view_comes_first(heard, commissioner: Staff) -> None:
    heard(
        many(20, feeling="worse"),
        says("Quick enough for me.", tone="positive", quoted=True),
        says("They came at once!", tone="positive", against=True),
    )
    commissioner.opens_theme("rated", "waiting")
    text = commissioner.page.text
    assert text.index("Another view") < text.index("They came at once!") < text.index("Quick enough")
    assert text.count("They came at once!") == 1


def test_peoples_own_rating_stands_above_the_machines_other_view(heard, commissioner: Staff) -> None:
    heard(many(20, feeling="worse"), says("It was hard.", tone="negative", against=True))
    commissioner.opens_theme("rated", "waiting").sees("found nobody you may read who says otherwise")
    assert commissioner.page.text.count("It was hard.") == 1


def test_with_too_few_ratings_the_machines_other_view_stands_alone(heard, commissioner: Staff) -> None:
    heard(many(20), says("They came at once!", tone="positive", against=True))
    text = commissioner.opens_theme("rated", "waiting").page.text
    assert text.index("Another view") < text.index("They came at once!")


def test_another_view_in_a_rare_language_is_held_back(heard, commissioner: Staff) -> None:
    heard(many(20), says("Degdeg bay ahayd.", tone="positive", against=True, language="so"))
    commissioner.opens_theme("rated", "waiting").does_not_see("Degdeg").sees("held back")

"""Each kind of question: what it takes, what it kindly refuses, what it gives back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback.store import surveys
from feedback.survey.loading import Bundle, load_bundle
from feedback.survey.parts import Service
from tests.support.respondent import Respondent
from tests.support.surveys import FOLDER

from .conftest import Kept, Publish


@pytest.fixture
def at(respondent: Respondent, publish: Publish) -> Any:
    """at("one"): a person on that page of the survey with every type."""
    publish("every_type")

    def go(page: str) -> Respondent:
        respondent.opens("every-type").begins()
        return respondent.goes_to(f"/s/every-type/{page}")

    return go


def sent(person: Respondent, kept: Kept) -> dict[str, Any]:
    person.goes_to_readers().chooses_readers(None)
    own = kept.under(person.sends())
    return own.words | own.answers


@pytest.mark.parametrize(
    ("page", "given", "stored"),
    [
        ("long", {"long_words": "one\ntwo"}, {"long_words": "one\ntwo"}),
        ("short", {"short_words": "in short", "how_many": "12"}, {"short_words": "in short", "how_many": 12}),
        ("short", {"how_many": "٠"}, {"how_many": 0}),
        ("short", {"how_many": " ۵۰\u200f"}, {"how_many": 50}),
        ("one", {"colour": "The blue door"}, {"colour": "blue"}),
        ("several", {"helped": ["place", "people"]}, {"helped": ["people", "place"]}),
        ("several", {"helped": ["None of these"]}, {"helped": ["nothing"]}),
        ("scale", {"felt": "Better"}, {"felt": "better"}),
        ("when", {"visited": ("March", "2025")}, {"visited": "2025-03"}),
        ("when", {"visited": ("3", "٢٠٢٥")}, {"visited": "2025-03"}),
        ("where", {"place": "hostel"}, {"place": "hostel"}),
    ],
)
def test_an_answer_is_kept_in_one_form(at, kept: Kept, page: str, given: Any, stored: Any) -> None:
    assert sent(at(page).answers(**given).goes_on(), kept) == stored


def test_a_long_list_is_folded_until_something_in_it_is_chosen(
    respondent: Respondent, publish: Publish
) -> None:
    publish("asking")
    respondent.opens("asking").begins().goes_to("/s/asking/meaning").sees("Choose from a list")
    assert not is_unfolded(respondent)
    respondent.answers(meaning_about=["Waiting and delays"]).goes_on().goes_to("/s/asking/meaning")
    assert is_unfolded(respondent)
    four = ["Waiting and delays", "Feeling safe", "Privacy and dignity", "Reaching the service"]
    respondent.answers(meaning_about=four).goes_on().sees("Please keep 3 of them at most.")
    assert is_unfolded(respondent)


def is_unfolded(person: Respondent) -> bool:
    [folds] = [each for each in person.page.all("details") if each.findall(".//input")]
    return "open" in folds.attrib


@pytest.mark.parametrize(
    ("page", "given", "told"),
    [
        ("short", {"how_many": "51"}, "Please write a whole number from 0 to 50"),
        ("short", {"how_many": "-1"}, "Please write a whole number from 0 to 50"),
        ("short", {"how_many": "lots"}, "Please write a whole number from 0 to 50"),
        ("short", {"short_words": "x" * 501}, "This is 1 letter too long: we can keep 500."),
        ("long", {"long_words": "x" * 20_002}, "This is 2 letters too long: we can keep 20,000."),
        ("several", {"helped": ["people", "nothing"]}, "Please keep one of them."),
        ("when", {"visited": ("March", "")}, "Please give a month and a year, or leave both empty."),
        ("when", {"visited": ("", "2025")}, "Please give a month and a year, or leave both empty."),
        ("when", {"visited": ("March", "19")}, "with all four digits of the year"),
        ("when", {"visited": ("March", "2999")}, "Please give a month that has been"),
    ],
)
def test_what_cannot_be_kept_is_said_kindly_beside_it(
    at, kept: Kept, page: str, given: Any, told: str
) -> None:
    person = at(page).answers(**given).goes_on()
    assert person.status == 422
    person.sees(told)
    assert person.page.title.startswith("Problem:")
    assert kept.drafts == 0
    [answer] = given.values()
    shown = [value for values in person.form.values.values() for value in values]
    typed = [answer] if isinstance(answer, str) else ["3" if each == "March" else each for each in answer]
    assert set(typed) <= {*shown, ""}, "what was typed is gone"


def test_the_error_summary_takes_focus_and_leads_to_the_field(at) -> None:
    person = at("short").answers(how_many="lots").goes_on()
    [summary] = [each for each in person.page.root.iter() if each.get("role") == "alert"]
    assert "autofocus" in summary.attrib and summary.get("tabindex") == "-1"
    [link] = list(summary.iter("a"))
    field = person.page.by_id(link.get("href", "")[1:])
    assert field is not None and field.get("name") == "how_many"
    assert field.get("aria-invalid") == "true" and "how_many-error" in field.get("aria-describedby", "")


def test_nothing_is_chosen_for_anyone(at) -> None:
    for page in ("one", "several", "scale", "where"):
        form = at(page).form
        assert all(values == [] for name, values in form.values.items() if name != "token"), page


@pytest.mark.parametrize(("page", "field"), [("one", "colour"), ("several", "helped"), ("where", "place")])
def test_an_option_that_was_never_offered_is_refused(at, kept: Kept, page: str, field: str) -> None:
    person = at(page)
    person.submits(person.form, person.form.data() | {field: ["made_up"]})
    assert person.status == 422
    person.sees("Please choose")
    assert kept.drafts == 0


def test_many_services_are_a_list_to_pick_from(app, respondent: Respondent, store, kept: Kept) -> None:
    survey = load_bundle(FOLDER / "every_type.json").survey
    many = tuple(Service(id=f"place-{number}", name=f"Place {number}") for number in range(12))
    surveys.publish(store, Bundle(survey.model_copy(update={"services": many}), {}), date(2026, 3, 1))
    respondent.tells("every-type", place="Place 7")
    assert kept.under(respondent.receipt).answers == {"place": "place-7"}


def test_months_are_named_in_the_language_of_the_page(respondent: Respondent, publish: Publish) -> None:
    publish("every_type")
    respondent.goes_to("/s/every-type").begins().goes_to("/s/every-type/when").sees("January", "December")

"""You said, we did: those who commission say what becomes of a theme, and whoever told sees it."""

from __future__ import annotations

import pytest
from flask import Flask

from feedback.store.database import Store
from feedback.survey.reading_choice import ReadingChoice
from tests.support.respondent import Respondent
from tests.support.sorting import WAIT, Sorting
from tests.support.staff import Staff

WAITED = [f"We waited, {number}." for number in range(12)]
FEW = [f"The bread was gone, {number}." for number in range(3)]
GROUP = "few-1"


@pytest.fixture
def sorted_words(rated: Sorting) -> Sorting:
    rated.tell(*WAITED, *FEW, reading_choice=ReadingChoice.SERVICE)
    rated.sort(dict.fromkeys(WAITED, WAIT) | dict.fromkeys(FEW, GROUP))
    return rated


def says(person: Staff, theme_id: str, status: str, **words: str) -> Staff:
    return says_in("rated", person, theme_id, status, **words)


def says_in(slug: str, person: Staff, theme_id: str, status: str, **words: str) -> Staff:
    form = person.goes_to(f"/manage/{slug}/what-changed/{theme_id}").form
    form.fill("status", status)
    for tag, text in words.items():
        form.fill(f"words-{tag}", text)
    return person.presses(form=form)


def looks(app: Flask, sorted_words: Sorting, words: str, lang: str = "en") -> Respondent:
    person = Respondent(app)
    person.goes_to(f"/receipt?lang={lang}")
    person.form.fill("code", sorted_words.receipts[words])
    person.presses()
    return person


def test_who_told_sees_what_became_of_it(sorted_words: Sorting, commissioner: Staff, app: Flask) -> None:
    looks(app, sorted_words, WAITED[0]).sees("What came of it", "Waiting", "Nothing said yet")
    says(commissioner, WAIT, "trying", en="A second worker since May.").sees("Saved.")
    looks(app, sorted_words, WAITED[0]).sees("We are trying something", "A second worker since May.")
    commissioner.opens_report("rated").sees("We are trying something", "A second worker since May.")
    commissioner.opens_theme("rated", WAIT).sees("What becomes of it", "A second worker since May.")


def test_it_is_told_in_ones_own_language_where_it_was_written(
    store: Store, publish, commissioner: Staff, app: Flask
) -> None:
    sorted_words = Sorting(store, publish("story"))
    sorted_words.tell(*WAITED)
    sorted_words.sort(dict.fromkeys(WAITED, WAIT))
    says_in("story", commissioner, WAIT, "changed", en="Doors open at 8.", cy="Mae’r drysau’n agor am 8.")
    welsh = looks(app, sorted_words, WAITED[0], lang="cy")
    welsh.sees("Mae’r drysau’n agor am 8.").does_not_see("Doors open at 8.")
    arabic = looks(app, sorted_words, WAITED[0], lang="ar")
    [words] = [each for each in arabic.page.all("span") if "Doors open" in "".join(each.itertext())]
    assert (words.get("lang"), words.get("dir")) == ("en", "ltr")


def test_a_group_of_a_few_people_is_never_told_of(
    sorted_words: Sorting, commissioner: Staff, app: Flask
) -> None:
    looks(app, sorted_words, FEW[0]).sees("Nothing has been said yet about what you told.")
    assert commissioner.goes_to(f"/manage/rated/what-changed/{GROUP}").status == 404, (
        "nobody has looked at it"
    )


def test_a_no_has_a_reason_and_nothing_typed_is_lost(sorted_words: Sorting, commissioner: Staff) -> None:
    says(commissioner, WAIT, "cannot").sees("Say why.")
    assert commissioner.status == 400
    says(commissioner, WAIT, "none", en="We looked at it.").sees("Choose what fits", "We looked at it.")
    says(commissioner, WAIT, "cannot", en="x" * 601).sees("longer than 600 letters", "x" * 601)
    commissioner.goes_to(f"/manage/rated/what-changed/{WAIT}").sees("Nothing said yet").does_not_see("xxx")


def test_two_people_at_once_and_the_second_is_told(
    sorted_words: Sorting, commissioner: Staff, owner: Staff
) -> None:
    form = owner.goes_to(f"/manage/rated/what-changed/{WAIT}").form
    says(commissioner, WAIT, "listening", en="We read every word.")
    form.fill("status", "changed")
    form.fill("words-en", "Two more rooms.")
    owner.presses(form=form).sees("Somebody else said something meanwhile.", "We read every word.")
    assert owner.status == 409
    owner.sees("Two more rooms.").presses().sees("Saved.", "Two more rooms.")


def test_it_can_be_taken_back(sorted_words: Sorting, commissioner: Staff, app: Flask) -> None:
    says(commissioner, WAIT, "changed", en="Doors open at 8.")
    says(commissioner, WAIT, "none", en="")
    looks(app, sorted_words, WAITED[0]).sees("Nothing said yet").does_not_see("Doors open at 8.")
    commissioner.opens_theme("rated", WAIT).does_not_see("What becomes of it")


def test_a_worker_reads_it_and_says_nothing(
    sorted_words: Sorting, commissioner: Staff, worker: Staff
) -> None:
    says(commissioner, WAIT, "changed", en="Doors open at 8.")
    worker.opens_report("rated").sees("Doors open at 8.")
    assert worker.goes_to(f"/manage/rated/what-changed/{WAIT}").status == 403
    assert worker.goes_to("/manage/rated/what-changed").status == 403


def test_words_not_sorted_yet_say_so(rated: Sorting, app: Flask) -> None:
    rated.tell(WAITED[0])
    looks(app, rated, WAITED[0]).sees("Your words have not been sorted yet.")
    rated.tell(WAITED[1])
    rated.sort({WAITED[1]: "unsorted"})
    looks(app, rated, WAITED[1]).sees("Nothing has been said yet")

"""A number, a language or a service must not point at one of a few people."""

from __future__ import annotations

from tests.support.page import text_of
from tests.support.staff import Staff

from .conftest import many, says


def table(person: Staff, caption: str) -> dict[str, list[str]]:
    """A table by its caption: its first column, with the cells of each row."""
    [found] = [each for each in person.page.all("table") if text_of(each).startswith(caption)]
    rows = ([text_of(cell) for cell in row if cell.tag in {"th", "td"}] for row in found.iter("tr"))
    return {name: cells for name, *cells in rows}


def test_one_to_four_is_called_hidden_and_never_zero(heard, commissioner: Staff) -> None:
    heard(many(24), many(21, "Czekamy", language="pl"), many(3, "Sugnay", language="so"))
    commissioner.opens_report("rated")
    languages = table(commissioner, "Languages people wrote in")
    assert languages["English"] == ["25", "50%"]
    assert languages["Somali"] == ["hidden", "–hidden"]
    assert "0" not in languages["Somali"]


def test_the_order_of_hidden_rows_tells_nothing(heard, commissioner: Staff) -> None:
    heard(many(26), many(26, "C", language="pl"), many(1, "W", language="ar"), many(4, "S", language="so"))
    commissioner.opens_report("rated")
    assert list(table(commissioner, "Languages people wrote in"))[-2:] == ["Arabic", "Somali"]


def test_with_few_responses_nothing_is_divided(heard, commissioner: Staff) -> None:
    heard(many(6, feeling="worse"), says("Sugnay", language="so", feeling="better"))
    commissioner.opens_report("rated").sees("5 responses", "Not shown: with so few responses")
    commissioner.does_not_see("Somali", "left them worse")
    commissioner.opens_theme("rated", "waiting").does_not_see("Somali")


def test_a_lone_voice_in_a_language_is_counted_but_not_quoted(heard, commissioner: Staff) -> None:
    heard(many(30, quoted=True), says("Waan ku sugay hoyga.", language="so", quoted=True))
    for url in ("/report/rated", "/report/rated/themes/waiting", "/report/rated/quotes.csv"):
        commissioner.goes_to(url)
        assert "Waan ku sugay" not in commissioner.response.get_data(as_text=True)
    commissioner.opens_theme("rated", "waiting").sees("Some words are held back")


def test_five_voices_in_a_language_are_quoted_without_their_service(heard, commissioner: Staff) -> None:
    heard(many(30, quoted=True), many(5, "Waan sugay", language="so", quoted=True))
    commissioner.opens_theme("rated", "waiting").sees("Waan sugay, 3.")
    captions = {
        text_of(figure.find("blockquote")): text_of(figure.find("figcaption"))
        for figure in commissioner.page.all("figure")
        if figure.get("class") == "quote"
    }
    assert "Night hostel" not in captions["Waan sugay, 3."]
    assert "Night hostel" in captions["It took weeks, 3."]


def test_a_quote_never_shows_how_or_when_it_was_told(heard, commissioner: Staff) -> None:
    heard(many(30, quoted=True, mode="assisted"))
    commissioner.opens_theme("rated", "waiting")
    for figure in commissioner.page.all("figure"):
        if figure.get("class") == "quote":
            assert "worker" not in text_of(figure)
            assert "March" not in text_of(figure)


def test_a_group_that_became_small_is_quoted_no_more(heard, respondent, commissioner: Staff) -> None:
    told = heard(many(30), many(5, "Waan sugay", language="so", quoted=True))
    commissioner.opens_theme("rated", "waiting").sees("Waan sugay, 1.")
    respondent.withdraws(told.receipts["Waan sugay, 0."])
    commissioner.opens_theme("rated", "waiting").does_not_see("Waan sugay").sees("held back")


def test_words_that_the_machine_took_from_a_rare_language_are_not_a_heading(
    heard, commissioner: Staff
) -> None:
    told = heard(many(30), many(4, "Maraq", theme="few-1", language="so", quoted=True))
    told.looks_at("few-1")
    commissioner.opens_report("rated").does_not_see("soup and bread").sees("From a few people (1)")
    commissioner.opens_theme("rated", "few-1").does_not_see("soup", "Maraq").sees("From a few people (1)")


def test_the_machine_does_not_turn_one_persons_sentence_into_a_meaning(heard, worker: Staff) -> None:
    heard(many(10), many(10, "My own sentence", theme="s-1", quoted=True))
    worker.opens_theme("rated", "s-1").does_not_see("My own sentence")


def test_groups_are_compared_with_themselves(heard, commissioner: Staff) -> None:
    heard(
        many(30),
        many(30, "She smiled", theme="kind"),
        many(20, "Czekamy", language="pl"),
        many(20, "Pani", theme="kind", language="pl"),
    )
    commissioner.opens_theme("rated", "waiting")
    assert table(commissioner, "Languages") == {
        "Language": ["Responses", "Of the group"],
        "English": ["30", "50%"],
        "Polish": ["20", "50%"],
    }


def test_who_we_did_not_hear_is_named(heard, commissioner: Staff) -> None:
    heard(many(12))
    commissioner.opens_report("rated").sees(
        "Who we did not hear", "Nobody has named: Advice centre and Town library."
    )

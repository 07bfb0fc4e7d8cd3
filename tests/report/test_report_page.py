"""What a commissioner reads: themes by their numbers, words by their tellers' choice."""

from __future__ import annotations

from tests.support.staff import Staff

from .conftest import NOBODY, PLAN, SERVICE, many, says


def test_the_list_of_reports_leads_to_each(heard, commissioner: Staff) -> None:
    heard(many(6))
    commissioner.goes_to("/report").sees("How it left you", "Sorted on 1 April 2026")
    commissioner.follows("How it left you").sees("What we heard")
    assert commissioner.page.url == "/report/rated"


def test_no_report_yet_is_said_kindly_with_the_button(rated, commissioner: Staff) -> None:
    commissioner.opens_report("rated").sees("There is no report yet.")
    assert commissioner.presses("Run the analysis now").page.url == "/manage"
    commissioner.opens_report("rated").sees("There is no report yet.", "A new analysis waits for its turn.")


def test_no_survey_yet_is_said_kindly(commissioner: Staff) -> None:
    commissioner.goes_to("/report").sees("No survey has been published yet.")


def test_a_report_that_is_not_there(rated, commissioner: Staff) -> None:
    assert commissioner.opens_report("nothing").status == 404
    assert commissioner.opens_theme("rated", "waiting").status == 404
    assert commissioner.goes_to("/report/rated/download.csv").status == 404


def test_themes_come_by_responses_with_their_strength_and_share(heard, commissioner: Staff) -> None:
    heard(many(38, theme="waiting"), many(12, "She smiled", theme="kind"))
    commissioner.opens_report("rated")
    commissioner.sees(
        "50 responses", "March 2026", "Waiting and delays 40 responses · 80%", "10 responses · 20%"
    )
    order = [name for name, _ in commissioner.page.links if name in {"Waiting and delays", "Kindness"}]
    assert order[:2] == ["Waiting and delays", "Kindness"]
    commissioner.sees("Heard strongly", "Heard from some", "About waiting.")


def test_it_speaks_of_responses_because_the_link_is_open(heard, commissioner: Staff) -> None:
    heard(many(6))
    commissioner.opens_report("rated").sees("We say responses, not people")


def test_invented_answers_say_so_on_every_page(heard, commissioner: Staff) -> None:
    heard(many(6))
    for url in ("/report/rated", "/report/rated/themes/waiting", "/report/rated/themes/unsorted"):
        commissioner.goes_to(url).sees("Demonstration. Every answer here is invented")


def test_the_words_stand_as_written_in_their_own_language_and_direction(heard, commissioner: Staff) -> None:
    words = "انتظرنا ثلاث ساعات <b>ولم</b> يأت أحد."
    heard(says(words, quoted=True, language="ar"), many(5, "انتظرت", language="ar"), many(10))
    for url in ("/report/rated", "/report/rated/themes/waiting"):
        commissioner.goes_to(url).sees(words)
        [quote] = [q for q in commissioner.page.all("blockquote") if words in "".join(q.itertext())]
        assert (quote.get("lang"), quote.get("dir")) == ("ar", "rtl")
        assert next(quote.iter("bdi")).text == words


def test_a_page_in_arabic_keeps_an_english_quote_left_to_right(heard, commissioner: Staff) -> None:
    heard(says("We waited all day.", quoted=True), many(9))
    commissioner.goes_to("/report/rated/themes/waiting?lang=ar")
    assert commissioner.page.one("html").get("dir") == "rtl"
    quote = next(commissioner.page.all("blockquote"))
    assert (quote.get("lang"), quote.get("dir")) == ("en", "ltr")


def test_our_themes_are_named_in_the_readers_language_where_we_have_it(heard, commissioner: Staff) -> None:
    heard(many(10))
    commissioner.opens_theme("rated", "waiting").sees("Waiting and delays", "Not the waiting room.")
    commissioner.goes_to("/report/rated/themes/waiting?lang=ar").sees("الانتظار", "About waiting.")
    assert commissioner.page.heading == "الانتظار"


def test_an_excerpt_opens_its_whole_comment(heard, commissioner: Staff) -> None:
    words = "The bus was late. The desk was shut. I went home."
    heard(says(words, quoted=True, span=(18, 36)), many(9))
    commissioner.opens_theme("rated", "waiting").sees("Read the whole comment", words)
    assert [mark.text for mark in commissioner.page.all("mark")] == ["The desk was shut."]


def test_no_comment_is_quoted_twice_on_a_page(heard, commissioner: Staff) -> None:
    heard(says("Only once, please.", quoted=True, tone="positive"), many(9, feeling="worse"))
    commissioner.opens_theme("rated", "waiting")
    assert sum("Only once" in (bdi.text or "") for bdi in commissioner.page.all("bdi")) == 1


def test_every_word_that_may_be_read_is_there_page_by_page(heard, commissioner: Staff) -> None:
    heard(many(60, "Told"))
    seen = set()
    commissioner.opens_theme("rated", "waiting")
    while True:
        seen |= {bdi.text for bdi in commissioner.page.all("bdi") if (bdi.text or "").startswith("Told")}
        if "More" not in dict(commissioner.page.links):
            break
        commissioner.follows("More")
    assert len(seen) == 60
    assert commissioner.goes_to("/report/rated/themes/waiting?page=4").status == 404
    assert commissioner.goes_to("/report/rated/themes/waiting?page=-1").status == 404


def test_own_rating_comes_first_and_the_guess_is_called_one(heard, commissioner: Staff) -> None:
    heard(
        many(20, "Weeks", feeling="worse", tone="negative"),
        many(10, "Days", feeling="better", tone="positive"),
    )
    commissioner.opens_report("rated").sees("10 left them better 33%", "20 left them worse 67%")
    text = commissioner.page.text
    assert text.index("left them better") < text.index("The computer’s guess at tone")
    commissioner.sees("It is often wrong.")


def test_another_view_is_looked_for_and_never_empty_by_accident(heard, commissioner: Staff) -> None:
    heard(many(20, feeling="worse"), says("They were quick!", tone="positive", feeling="better"))
    commissioner.opens_theme("rated", "waiting").sees("Another view", "They were quick!")


def test_nobody_saying_otherwise_is_said(heard, commissioner: Staff) -> None:
    heard(many(20, feeling="worse"))
    commissioner.opens_theme("rated", "waiting").sees(
        "The computer found nobody you may read who says otherwise"
    )


def test_what_fits_nowhere_is_counted_and_open_to_read(heard, commissioner: Staff) -> None:
    heard(many(10), many(6, "Hm", theme="unsorted"))
    commissioner.opens_report("rated").sees("Not yet sorted", "5 responses")
    commissioner.follows("Not yet sorted").sees("Hm, 3.")


def test_suggestions_and_what_a_few_people_said_are_labelled(heard, commissioner: Staff) -> None:
    told = heard(many(10), many(6, "Soup", theme="s-1"), many(2, "Bread", theme="few-1"))
    told.looks_at("few-1")
    commissioner.opens_report("rated")
    commissioner.sees("Suggested themes, not checked", "From a few people", "soup and bread")
    commissioner.opens_theme("rated", "s-1").sees("Suggested by the computer.")
    commissioner.opens_theme("rated", "few-1").sees("From a few people.", "A few responses")


def test_how_it_was_made_is_told_with_its_limits(heard, commissioner: Staff) -> None:
    heard(many(10))
    commissioner.opens_report("rated")
    commissioner.sees("How this was made", "by hand", "TextBlob", "Survey version 1", "1 to 4 are hidden")


def test_a_worker_reads_only_what_people_let_the_service_read(heard, worker: Staff) -> None:
    heard(
        many(6, "For all", reading_choice=SERVICE, quoted=True),
        many(6, "For payers", reading_choice=PLAN, quoted=True),
        many(6, "For payers too", theme="s-1", reading_choice=PLAN, quoted=True),
    )
    for url in ("/report/rated", "/report/rated/themes/waiting", "/report/rated/themes/s-1"):
        worker.goes_to(url).does_not_see("For payers", "soup")
    worker.opens_theme("rated", "waiting").sees("For all, 3.")
    worker.opens_report("rated").sees("the service: only words that people let the service read")


def test_words_for_nobody_are_counted_and_appear_nowhere(heard, owner: Staff) -> None:
    secret = "They wrote my name on the board: ZANZIBAR"
    heard(says(secret, quoted=True, reading_choice=NOBODY), many(9))
    for url in (
        "/report", "/report/rated", "/report/rated/themes/waiting", "/report/rated/download.csv",
        "/report/rated/quotes.csv",
    ):  # fmt: skip
        owner.goes_to(url)
        assert "ZANZIBAR" not in owner.response.get_data(as_text=True)
    owner.opens_report("rated").sees("Waiting and delays 10 responses")


def test_withdrawn_words_go_and_the_numbers_stay(heard, respondent, commissioner: Staff) -> None:
    told = heard(says("I take this back, I am afraid.", quoted=True), many(9))
    commissioner.opens_report("rated").sees("I take this back", "Waiting and delays 10 responses")
    respondent.withdraws(told.receipts["I take this back, I am afraid."])
    for url in ("/report/rated", "/report/rated/themes/waiting"):
        commissioner.goes_to(url).does_not_see("I take this back")
    commissioner.opens_report("rated").sees("Waiting and delays 10 responses", "a few; their words are gone")
    commissioner.does_not_see("Taken back since none")


def test_hostile_words_are_shown_and_do_nothing(heard, commissioner: Staff) -> None:
    nasty = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> \u202eevil\u202c"
    heard(says(nasty, quoted=True), many(9))
    for url in ("/report/rated", "/report/rated/themes/waiting"):
        commissioner.goes_to(url).sees(nasty)
        assert not list(commissioner.page.all("img"))
        assert all("alert" not in "".join(each.itertext()) for each in commissioner.page.all("script"))


def test_someone_without_a_role_reads_nothing(heard, new_staff, app) -> None:
    heard(many(10))
    stranger = new_staff().signs_in()
    for url in ("/report", "/report/rated", "/report/rated/themes/waiting", "/report/rated/quotes.csv"):
        assert stranger.goes_to(url).status == 403

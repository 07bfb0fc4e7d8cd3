"""On every page one can go on in another language, and loses nothing by it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from feedback.store import surveys
from feedback.store.surveys import PublishedSurvey
from feedback.survey.loading import Bundle, parse_edition
from tests.support.respondent import Respondent


def asks_for(person: Respondent, tag: str) -> Respondent:
    """Presses a language in the picker that stands with the page's form."""
    form = next(form for form in person.page.forms if any(b.get("name") == "speak" for b in form.buttons))
    button = next(each for each in form.buttons if each.get("value") == tag)
    form.values |= person.form.values if form.element is person.form.element else {}
    form.action = button.get("formaction", "")
    return person.presses(tag, form=form)


def test_words_stay_when_the_language_changes_in_the_middle_of_a_page(respondent: Respondent, story) -> None:
    respondent.opens("story").begins().answers(happened="Nobody rang back.")
    asks_for(respondent, "ar")
    assert (respondent.status, respondent.page.language) == (200, "ar")
    assert respondent.form.values["happened"] == ["Nobody rang back."]
    respondent.goes_on()
    assert respondent.page.language == "ar"
    respondent.goes_back()
    assert respondent.form.values["happened"] == ["Nobody rang back."]


def test_the_words_are_kept_at_once(app: Flask, respondent: Respondent, story) -> None:
    respondent.opens("story").begins().answers(happened="Nobody rang back.")
    here = respondent.page.url
    asks_for(respondent, "cy")
    respondent.goes_to(f"{here}?lang=cy")
    assert respondent.form.values["happened"] == ["Nobody rang back."]


def test_a_phone_without_cookies_keeps_them_too(respondent: Respondent, story) -> None:
    respondent.opens("story").begins().answers(happened="Nobody rang back.")
    respondent.client.delete_cookie("draft-story")
    asks_for(respondent, "ar")
    respondent.client.delete_cookie("draft-story")
    assert respondent.form.values["happened"] == ["Nobody rang back."]
    respondent.goes_on().goes_to_readers()
    assert respondent.page.language == "ar"


def test_what_can_not_be_taken_yet_is_shown_again_without_a_word_about_it(
    app: Flask, respondent: Respondent, publish
) -> None:
    speaks_arabic(app, publish("every_type"))
    respondent.opens("every-type").begins()
    while not (numbers := [each for each in respondent.page.all("input") if each.get("inputmode")]):
        respondent.goes_on()
    name, here = numbers[0].get("name", ""), respondent.page.url
    respondent.form.values[name] = ["twelve or so"]
    asks_for(respondent, "ar")
    assert (respondent.page.url, respondent.status) == (here, 200)
    assert respondent.form.values[name] == ["twelve or so"]
    assert not [each for each in respondent.page.all("div") if each.get("role") == "alert"]
    respondent.goes_on()
    assert [each for each in respondent.page.all("div") if each.get("role") == "alert"]


def speaks_arabic(app: Flask, survey: PublishedSurvey) -> None:
    texts = {"title": "كلّ الأسئلة"}
    document = {"language": "ar", "reviewed_by": "Amal Example", "texts": texts}
    edition = parse_edition(document, survey.definition, "ar")
    surveys.publish(
        app.extensions["heard_store"], Bundle(survey.definition, {"ar": edition}), date(2026, 3, 2)
    )


@pytest.mark.parametrize("step", ["who", "check"])
def test_who_may_read_and_the_last_look_can_change_language(respondent: Respondent, story, step: str) -> None:
    respondent.opens("story").begins().answers(happened="Nobody rang back.").goes_on().goes_to_readers()
    respondent.form.fill("readers", "service")
    if step == "check":
        respondent.goes_on()
    asks_for(respondent, "ar")
    assert respondent.page.url.endswith(f"/{step}") and respondent.page.language == "ar"
    if step == "who":
        assert respondent.form.values["readers"] == ["service"]
        respondent.goes_on()
    respondent.sees("Nobody rang back.")
    assert respondent.sends()


def test_enter_goes_on_and_never_changes_the_language(respondent: Respondent, story) -> None:
    """A browser presses the first button that belongs to the form, wherever that stands."""
    respondent.opens("story").begins()
    first = next(each for each in respondent.page.all("button") if each.get("form") == "answers")
    assert first.get("name") is None and "unseen" in first.get("class", "")
    assert (first.get("tabindex"), first.get("aria-hidden")) == ("-1", "true")


def test_the_pages_before_and_after_offer_their_languages_as_links(respondent: Respondent, story) -> None:
    respondent.opens("story")
    assert "/s/story?lang=ar" in [href for _text, href in respondent.page.links]
    respondent.begins().answers(happened="Hm.").goes_on().goes_to_readers().chooses_readers(None)
    code = respondent.sends()
    respondent.follows("العربية").sees(" ".join(code[i : i + 4] for i in range(0, 16, 4)) if code else "-")
    assert respondent.page.language == "ar"


def test_with_a_code_the_language_changes_and_the_code_stays_out_of_the_address(
    respondent: Respondent, story
) -> None:
    respondent.tells("story", happened="Nobody rang back.")
    respondent.reads_back(str(respondent.receipt)).sees("Nobody rang back.")
    asks_for(respondent, "ar").sees("Nobody rang back.")
    assert respondent.page.language == "ar" and respondent.page.url == "/receipt"


def test_in_a_sensitive_survey_words_come_back_but_are_kept_only_when_one_goes_on(
    app: Flask, respondent: Respondent, publish
) -> None:
    speaks_arabic(app, publish("quiet"))
    respondent.opens("quiet").begins()
    [name] = [each.get("name", "") for each in respondent.page.all("textarea")]
    respondent.fills_in(**{name: "He took the"})
    here = respondent.page.url
    asks_for(respondent, "ar")
    assert respondent.form.values[name] == ["He took the"]
    respondent.goes_to(f"{here}?lang=ar").does_not_see("He took the")
    assert "forget-page" not in respondent.form.controls


def test_no_page_leads_to_another_site_by_its_own_address(respondent: Respondent) -> None:
    page = respondent.client.page("/evil.example/a", base_url="http://localhost//")
    ours = [href for _text, href in page.links if "evil" in href]
    assert ours and all(href.startswith("/evil.example/a?lang=") for href in ours)


def test_nothing_else_of_an_address_is_repeated(respondent: Respondent) -> None:
    respondent.goes_to("/receipt?code=9113728300183769&page=2").does_not_see("9113728300183769")
    assert "/receipt?page=2&lang=ar" in [href for _text, href in respondent.page.links]

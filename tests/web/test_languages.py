"""A language once chosen stays chosen, with nothing kept on the phone for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po
from flask import Flask
from sqlalchemy import select

from feedback.demo.load import LIBRARY
from feedback.settings import SettingError, Settings
from feedback.store import surveys
from feedback.store.models import Response, TextEdition
from feedback.store.responses import find_by_receipt
from feedback.survey.loading import Bundle, load_bundle, parse_edition
from feedback.web.languages import LANGUAGES, languages_of_the_site, match, whole_languages
from tests.support.respondent import CODE, Respondent
from tests.support.visitor import Visitor


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ur", "ur"),
        ("UR", "ur"),
        ("ur-PK", "ur"),
        ("en-GB", "en"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-hans", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("tlh", None),
        ("u", None),
    ],
)
def test_the_nearest_language_is_found(asked: str, found: str | None) -> None:
    assert match(asked, LANGUAGES) == found


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_is_one_that_babel_knows(tag: str) -> None:
    language = LANGUAGES[tag]
    locale = Locale.parse(language.babel)
    assert locale.language == tag.split("-")[0]
    assert language.direction == locale.text_direction
    assert language.autonym


def test_every_whole_language_is_offered_by_its_own_name(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        offered = languages_of_the_site()
    assert len(offered) > 1
    visitor.goes_to("/receipt").sees(*(LANGUAGES[tag].autonym for tag in offered))
    visitor.sees("English", "Cymraeg", "Polski", "اردو", "العربية", "Soomaali")


@pytest.fixture
def half_welsh(tmp_path: Path) -> Path:
    """Welsh has what people meet who answer, but not what staff do; Polish lacks what everybody meets."""
    shared, staff = ("templates/collect/who.html", "Back", "Yn ôl"), ("templates/manage/x.html", "Runs", "")
    for tag, texts in {"cy": [shared, staff], "pl": [("x.html", "Back", "")]}.items():
        folder = tmp_path / tag / "LC_MESSAGES"
        folder.mkdir(parents=True)
        made = catalogue_of(texts)
        made.locale = tag
        made.mime_headers = [("Plural-Forms", LANGUAGES[tag].plurals)]
        with (folder / "messages.mo").open("wb") as file:
            write_mo(file, made)
    with (tmp_path / "messages.pot").open("wb") as file:
        write_po(file, catalogue_of([shared, staff]))
    return tmp_path


def catalogue_of(texts: list[tuple[str, str, str]]) -> Catalog:
    made = Catalog(fuzzy=False)
    for place, source, words in texts:
        made.add(source, words, locations=[(place, 1)])
    return made


def test_a_language_is_offered_once_all_is_there_that_people_who_answer_can_meet(half_welsh: Path) -> None:
    settings = Settings.load({})
    assert whole_languages(settings, half_welsh) == ("en", "cy")
    (half_welsh / "cy/LC_MESSAGES/messages.mo").write_bytes(b"cut short")
    assert whole_languages(settings, half_welsh) == ("en",)


def test_whoever_runs_the_site_can_offer_fewer(half_welsh: Path) -> None:
    assert whole_languages(Settings.load({"HEARD_LANGUAGES": "en, pl"}), half_welsh) == ("en",)
    with pytest.raises(SettingError, match="HEARD_LANGUAGES: tlh"):
        whole_languages(Settings.load({"HEARD_LANGUAGES": "cy tlh"}), half_welsh)


@pytest.mark.parametrize(("lang", "direction"), [("ur", "rtl"), ("ar", "rtl"), ("cy", "ltr"), ("en", "ltr")])
def test_the_page_says_its_language_and_which_way_it_runs(
    visitor: Visitor, lang: str, direction: str
) -> None:
    page = visitor.goes_to(f"/receipt?lang={lang}").page
    assert (page.language, page.one("html").get("dir")) == (lang, direction)


def test_a_language_stays_chosen_all_the_way(respondent: Respondent, story) -> None:
    languages = set()
    respondent.opens("story", lang="ar")
    while not respondent.page.url.endswith("/sent"):
        languages.add(respondent.page.language)
        if respondent.asks("happened"):
            respondent.answers(happened="شكراً")
        respondent.goes_on()
    assert languages | {respondent.page.language} == {"ar"}
    respondent.follows("/receipt")
    assert respondent.page.language == "ar"
    assert [cookie.key for cookie in respondent.client._cookies.values()] == ["draft-story"]


def test_the_stored_response_says_in_which_language_it_was_asked(
    app: Flask, respondent: Respondent, story
) -> None:
    respondent.opens("story", lang="cy").begins().answers(happened="Diolch").goes_on().goes_to_readers()
    receipt = respondent.chooses_readers(None).sends()
    own = find_by_receipt(app.extensions["heard_store"], str(receipt))
    assert own is not None and own.language == "cy"


def test_that_words_are_taken_back_can_be_read_in_another_language(respondent: Respondent, story) -> None:
    respondent.tells("story", happened="Something").withdraws(str(respondent.receipt))
    assert respondent.page.language == "en" and respondent.page.url == "/receipt/withdrawn"
    [arabic] = [href for text, href in respondent.page.links if text == "العربية"]
    assert respondent.goes_to(arabic).page.language == "ar" and respondent.page.url == "/receipt/withdrawn"


def test_the_phone_says_what_it_wants_until_a_person_does(visitor: Visitor, story) -> None:
    wish = {"Accept-Language": "xx;q=0.9, ar-EG, en;q=0.5"}
    assert visitor.goes_to("/s/story", headers=wish).page.language == "ar"
    assert visitor.goes_to("/s/story?lang=cy", headers=wish).page.language == "cy"


def test_a_language_the_survey_does_not_speak_gets_the_surveys_own(visitor: Visitor, story) -> None:
    assert visitor.goes_to("/s/story?lang=zh-Hans").page.language == "en"
    assert visitor.status == 200


def test_what_is_not_translated_says_which_language_it_is_in(visitor: Visitor, story) -> None:
    page = visitor.goes_to("/s/story?lang=ar").page
    marked = [each for each in page.all("span", "p") if each.get("lang") == "en"]
    assert "Anytown Council" in {"".join(each.itertext()) for each in marked}
    assert {each.get("dir") for each in marked} == {"ltr"}


def test_a_survey_may_speak_a_language_that_the_site_does_not_yet(
    app: Flask, story, visitor: Visitor
) -> None:
    """The survey's words are in that language and say so; the site's own words stay in English."""
    texts = {"title": "La Sua visita", "questions.happened.label": "Che cosa è successo?"}
    edition = parse_edition({"language": "it", "texts": texts}, story.definition, "it")
    bundle = Bundle(story.definition, {"it": edition})
    surveys.publish(app.extensions["heard_store"], bundle, date(2026, 3, 2))
    page = visitor.goes_to("/s/story?lang=it").sees("La Sua visita", "Before you start").page
    assert page.language == "en"
    [title] = list(page.one("h1").iter("span"))
    assert (title.get("lang"), title.get("dir")) == ("it", "ltr")
    begun = Respondent(app).opens("story", lang="it").begins()
    begun.sees("Che cosa è successo?")


def test_an_unreviewed_translation_of_a_sensitive_survey_is_not_offered(
    app, publish, visitor: Visitor
) -> None:
    quiet = publish("quiet")
    draft = parse_edition({"language": "ar", "texts": {"title": "رأيكم"}}, quiet.definition, "ar")
    surveys.publish(app.extensions["heard_store"], Bundle(quiet.definition, {"ar": draft}), date(2026, 3, 2))
    page = visitor.goes_to("/s/quiet?lang=ar").page
    assert page.language == "en" and "العربية" not in page.text


def test_errors_are_in_the_persons_language(visitor: Visitor) -> None:
    page = visitor.goes_to("/nowhere?lang=ur").page
    assert visitor.status == 404 and page.language == "ur"
    assert page.heading != "There is no page here"


def test_easy_read_stays_chosen_through_the_page_for_codes(app: Flask, respondent: Respondent) -> None:
    surveys.publish(app.extensions["heard_store"], load_bundle(LIBRARY / "experience.json"), date(2026, 3, 1))
    respondent.opens("experience", "en-x-easy").begins().answers(what_happened="They helped me.")
    shown = CODE.search(respondent.presses("later").page.text)
    later = Respondent(app).goes_to("/receipt?lang=en-x-easy").answers(code=shown and shown.group())
    later.presses().sees("You have not sent this yet")
    later.presses(form=next(form for form in later.page.forms if "go-on" in form.action))
    assert later.page.language == "en-x-easy"


def test_easy_read_is_english_in_easier_words(app: Flask, respondent: Respondent) -> None:
    store = app.extensions["heard_store"]
    surveys.publish(store, load_bundle(LIBRARY / "experience.json"), date(2026, 3, 1))
    respondent.opens("experience").sees("English: easy read")
    page = respondent.opens("experience", "en-x-easy").page
    assert (page.language, page.one("html").get("dir")) == ("en-x-easy", "ltr")
    respondent.sees("A service is a place or a person that helps you.", "Begin")
    respondent.tells("experience", "en-x-easy", what_happened="They helped me.")
    with store.read() as session:
        row = session.scalars(select(Response)).one()
        assert row.language == "en"
        assert session.get_one(TextEdition, row.text_edition_id).language == "en-x-easy"

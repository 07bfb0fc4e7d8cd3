"""The whole path on a small phone: a story goes in, its receipt comes out, and brings it back."""

from __future__ import annotations

import pytest

from feedback.store import responses

from .conftest import NewPhone, Site
from .phone import GO_ON

STORY = {
    "en": "They listened. 🙂 <b>Not bold</b>",
    "ar": "استمعوا إليّ، وشكراً. 🙂 <b>ليس غامقاً</b>",
}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_from_start_to_receipt_and_back(site: Site, new_phone: NewPhone, lang: str, scripts: bool) -> None:
    with new_phone(scripts=scripts, lang=lang) as phone:
        phone.opens(f"/s/story?lang={lang}").is_fit_for_use()
        assert phone.page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
        phone.begins().is_fit_for_use()
        phone.answers(happened=STORY[lang]).goes_on().is_fit_for_use()
        phone.answers(which_service="hostel").goes_on().is_fit_for_use()
        assert phone.path.endswith("/who")
        assert phone.page.locator("main input:checked").count() == 0, "nothing is chosen for anybody"
        choice = phone.page.locator("main input[type=radio][value=service]").get_attribute("name")
        phone.choose(str(choice), "service")
        phone.goes_on().is_fit_for_use()
        phone.sees(STORY[lang])
        phone.goes_on().is_fit_for_use()
        receipt = phone.receipt
        phone.page.reload()
        assert phone.receipt == receipt
        kept = responses.find_by_receipt(site.store, receipt)
        assert kept is not None and kept.words == {"happened": STORY[lang]}
        assert (kept.language, kept.answers["which_service"]) == (lang, "hostel")

        phone.opens(f"/receipt?lang={lang}").is_fit_for_use()
        phone.page.locator("main input:not([type=hidden])").first.fill(receipt)
        phone.goes_on().is_fit_for_use().sees(STORY[lang])
        withdraw = "main form[action*=withdraw] button"
        while phone.page.locator(withdraw).count():
            phone.presses(withdraw).is_fit_for_use()
        assert responses.find_by_receipt(site.store, receipt) is None


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_every_kind_of_question_can_be_answered(site: Site, new_phone: NewPhone, scripts: bool) -> None:
    with new_phone(scripts=scripts) as phone:
        phone.opens("/s/every-type").begins()
        steps = (
            {"long_words": "A long story."},
            {"short_words": "Short.", "how_many": "٣"},
            {"colour": "blue"},
            {"helped": ["people", "place"]},
            {"felt": "better"},
            {"visited": (3, 2026)},
            {"place": "library"},
        )
        for step in steps:
            phone.is_fit_for_use().answers(**step).goes_on()
        phone.goes_on()
        phone.is_fit_for_use().sees("A long story.", "Short.", "The blue door", "The people", "Better")
        kept = responses.find_by_receipt(site.store, phone.goes_on().receipt)
        assert kept is not None
        assert kept.words == {"long_words": "A long story.", "short_words": "Short."}
        assert kept.answers["helped"] == ["people", "place"]
        assert str(kept.answers["how_many"]) == "3"
        assert kept.answers["place"] == "library"


def test_going_back_keeps_what_was_written(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins().answers(happened="First words.").goes_on()
        phone.presses("main form button[name=back]")
        assert phone.field("happened").input_value() == "First words."
        phone.answers(happened="Better words.").goes_on().goes_on().goes_on().sees("Better words.")


def test_pressing_send_twice_stores_one_story(site: Site, new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins().answers(happened="Only once.").goes_on().goes_on().goes_on()
        phone.page.locator(GO_ON).first.dblclick(no_wait_after=True)
        phone.page.wait_for_url("**/sent*")
        receipt = phone.receipt
        phone.page.go_back()
        if phone.path.endswith("/check"):
            phone.goes_on()
            assert phone.receipt == receipt
        assert [words for words in stories(site) if words == "Only once."] == ["Only once."]


def stories(site: Site) -> list[str]:
    from feedback.store import comments, surveys

    found = surveys.find(site.store, "story")
    assert found is not None
    return [comment.text for comment in comments.to_sort(site.store, found.survey_id)]

"""Without a network each question is still read, by the phone's own voice, and falls silent with its page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.support.wire import Wire

from .offline import NewTraveller, Traveller
from .shared_tablet import shared_tablet
from .test_aloud import WHO
from .voices import come, has_voices, listens, said, stopped

VOICES = ("en-GB", "ar-SA")
STORY = {
    "en": ["en-GB: What happened?", "en-GB: As much or as little as you like."],
    "ar": ["ar-SA: ماذا حدث؟", "ar-SA: اكتب ما تشاء، قليلاً أو كثيراً."],
}
SERVICE = {  # what is not translated is read by a voice of its own
    "en": ["en-GB: Which service was it?", "en-GB: What could have been better?"],
    "ar": ["en-GB: Which service was it?", "ar-SA: ما الذي كان يمكن أن يكون أفضل؟"],
}


def is_read_on_every_page(person: Traveller, lang: str) -> None:
    """From the story, in the shell, to the question who may read it."""
    assert "offline-shell" in person.page.url
    listens(person).click()
    assert said(person) == STORY[lang]
    before = stopped(person)
    person.is_fit_for_use().goes_on_to("service")
    assert stopped(person) == before + 1, "it goes on reading a page that is gone"
    assert listens(person).count() == 2
    listens(person).first.click()
    listens(person).last.click()
    heard = said(person)
    assert (heard[0], heard[-1]) == tuple(SERVICE[lang])
    listens(person).last.click()
    before = stopped(person)
    person.is_fit_for_use().goes_on_to("who")
    assert stopped(person) == before, "what was stopped is not stopped again"
    listens(person).click()
    assert len(said(person)) == len(WHO)
    person.is_fit_for_use().page.go_back()
    person.is_at("service")
    assert stopped(person) == before + 1
    assert listens(person).count() == 2
    person.page.go_forward()
    person.is_at("who").goes_on_to("check")
    assert listens(person).count() == 0


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_on_a_phone_of_ones_own(new_traveller: NewTraveller, lang: str) -> None:
    with new_traveller(lang=lang) as person:
        has_voices(person, *VOICES)
        person.visits(lang=lang).loses_the_network().opens(f"/s/story?lang={lang}")
        assert listens(person).count() == 0
        person.goes_on_to("story")
        is_read_on_every_page(person, lang)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_on_a_shared_tablet(browser: Browser, wire: Wire, lang: str) -> None:
    with shared_tablet(browser, wire) as tablet:
        has_voices(tablet, *VOICES)
        tablet.is_started().loses_the_network().chooses(lang).goes_on_to("story")
        is_read_on_every_page(tablet, lang)
        tablet.is_left()


def test_where_the_phone_has_no_voice_for_it_nothing_is_offered(new_traveller: NewTraveller) -> None:
    with new_traveller(lang="ar") as person:
        has_voices(person, "en-GB")
        person.visits(lang="ar").loses_the_network().opens("/s/story?lang=ar").goes_on_to("story")
        assert listens(person).count() == 0
        come(person, *VOICES)
        assert listens(person).count() == 1

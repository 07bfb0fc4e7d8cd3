"""A browser with a pretended microphone says an answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Playwright
from sqlalchemy import select

from feedback.store import recordings
from feedback.store.voice_models import Recording
from feedback.web.audio import measure
from tests.support import surveys

from .conftest import Site
from .phone import Phone, launch, phone

MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture(scope="module", autouse=True)
def spoken(site: Site) -> None:
    surveys.publish(site.store, "spoken")


@pytest.fixture(scope="module")
def with_microphone(driver: Playwright) -> Iterator[Browser]:
    browser = launch(driver, *MICROPHONE)
    yield browser
    browser.close()


def button(held: Phone, name: str) -> Locator:
    return held.page.get_by_role("button", name=name, exact=True)


def sent(site: Site) -> set[str]:
    with site.store.read() as session:
        return set(session.scalars(select(Recording.id).where(Recording.response_id.is_not(None))))


def records(held: Phone, milliseconds: int = 1500) -> None:
    button(held, "Say it instead").click()
    held.page.get_by_text("Recording. Speak now.").wait_for()
    held.page.wait_for_timeout(milliseconds)
    button(held, "Stop").click()
    held.page.get_by_text("Listen to it first.").wait_for()


def test_say_pause_hear_and_send(with_microphone: Browser, site: Site) -> None:
    others = sent(site)
    with phone(with_microphone, site.url) as held:
        held.opens("/s/spoken").begins().is_fit_for_use()
        button(held, "Say it instead").click()
        held.page.get_by_text("Recording. Speak now.").wait_for()
        button(held, "Pause").click()
        held.sees("Paused")
        button(held, "Go on speaking").click()
        held.page.wait_for_timeout(1200)
        held.is_fit_for_use()
        button(held, "Stop").click()
        held.page.get_by_text("Listen to it first.").wait_for()
        assert held.page.evaluate("document.activeElement === document.querySelector('.voice audio')")
        assert not button(held, "Say it instead").is_visible()  # it would take this recording's place
        played = held.page.evaluate(
            """async () => {
                const player = document.querySelector(".voice audio");
                player.muted = true;
                await player.play();
                await new Promise((done) => player.ontimeupdate = () => player.currentTime > 0.1 && done());
                return true;
            }"""
        )
        assert played
        held.is_fit_for_use().answers(happened="And this I write.").goes_on()
        held.opens("/s/spoken/check").sees("And this I write.").is_fit_for_use()
        held.goes_on()
        code = held.receipt
    (mine,) = sent(site) - others
    sound = recordings.open_sound(site.store, mine)
    measured = measure(sound.audio) if sound else None
    assert sound and measured and measured.media == sound.media
    assert 1 < measured.seconds < 60
    with phone(with_microphone, site.url, scripts=False) as other:
        other.opens("/receipt").answers(code=code).goes_on()
        assert other.page.locator("main audio").count() == 1


def test_the_phone_stops_after_five_minutes_by_its_clock(with_microphone: Browser, site: Site) -> None:
    with phone(with_microphone, site.url) as held:
        held.page.clock.install()
        held.opens("/s/spoken").begins()
        button(held, "Say it instead").click()
        held.page.get_by_text("Recording. Speak now.").wait_for()
        held.page.wait_for_timeout(1200)
        held.page.clock.fast_forward(280_000)
        held.page.get_by_text("4:4").wait_for()
        held.sees("Recording. Speak now.")
        held.page.clock.fast_forward(20_000)
        held.page.get_by_text("That was 5 minutes, so it stopped.").wait_for()
        with held.page.expect_response("**/voice/*") as sent:
            held.goes_on()
        assert sent.value.status == 200


def test_deleted_before_it_is_sent_it_never_leaves_the_phone(with_microphone: Browser, site: Site) -> None:
    with phone(with_microphone, site.url) as held:
        asked: list[str] = []
        held.page.on("request", lambda request: asked.append(request.url))
        held.opens("/s/spoken").begins()
        records(held)
        button(held, "Delete the recording").click()
        held.sees("The recording is deleted.")
        assert held.page.evaluate("document.activeElement.dataset.do") == "record"
        held.answers(happened="I write after all.").goes_on()
        assert not [url for url in asked if "/voice/" in url]


def test_what_does_not_get_through_stays_with_the_words(with_microphone: Browser, site: Site) -> None:
    with phone(with_microphone, site.url) as held:
        held.opens("/s/spoken").begins()
        records(held)
        held.answers(happened="My words.")
        held.loses_network = True
        held.page.route("**/voice/*", lambda route: route.abort())
        button(held, "Continue").click()
        held.page.get_by_text("Your recording did not get through.").wait_for()
        assert held.field("happened").input_value() == "My words."
        held.page.unroute("**/voice/*")
        held.goes_on()
        held.opens("/s/spoken/check").sees("My words.")
        assert held.page.locator("main audio").count() == 1


def test_without_a_microphone_people_write(browser: Browser, site: Site) -> None:
    with phone(browser, site.url, scripts=False) as held:
        held.opens("/s/spoken").begins()
        assert not button(held, "Say it instead").is_visible()
    with phone(browser, site.url) as held:
        held.opens("/s/spoken").begins()
        button(held, "Say it instead").click()  # this browser has none, or asks and hears no
        held.page.get_by_text("The microphone can’t be used here.").wait_for()
        held.answers(happened="I write.").goes_on()

"""What can go wrong with words that wait on a shared tablet: none are lost, none are shown."""

from __future__ import annotations

from threading import Event

from tests.support.wire import Wire

from .test_kiosk_offline import AR, CY, EN, NewTablet, Rows
from .test_kiosk_offline import new_tablet as new_tablet
from .test_kiosk_offline import rows as rows
from .test_offline_faults import NO_ROOM


def test_an_answer_that_comes_late_forgets_nobody_new(new_tablet: NewTablet, wire: Wire) -> None:
    """The first screen took too long, so it came from the tablet: what our server said of it is overtaken."""
    with new_tablet() as tablet:
        tablet.is_started().chooses("en").begins().answers(happened=EN).goes_on()
        late, comes = iter([True]), Event()

        def loses(_method: str, path: str) -> None:
            if path.startswith("/kiosk/story") and next(late, False):
                comes.wait(30)

        wire.loses = loses
        tablet.is_left().chooses("ar").begins().answers(happened=AR)
        comes.set()
        tablet.goes_on().shows_nothing_of(EN)
        assert tablet.path == "/s/story/service"
        tablet.page.locator("main button[name=back]").click()
        tablet.page.wait_for_url("**/s/story/story*")
        assert tablet.field("happened").input_value() == AR


def test_what_was_sent_waits_whatever_is_pressed(new_tablet: NewTablet, rows: Rows) -> None:
    with new_tablet() as tablet:
        tablet.is_started().loses_the_network().tells("cy", CY).waits()
        for _ in range(3):
            tablet.page.keyboard.press("Escape")
        tablet.is_at_the_languages().chooses("en").is_left()
        assert tablet.languages_that_wait == ["cy"]
        tablet.wire.up()
        tablet.signs_in().opens("/manage/story/reach").presses("form[action*='kiosk-off'] button")
        tablet.says("Answers sent from this tablet: 1")
        assert rows() == [("kiosk", "cy")]
        tablet.page.wait_for_function("async () => !(await caches.has('heard-kiosk'))")
        tablet.opens("/kiosk/story").sees("This screen is not set up")


def test_words_wait_through_the_end_of_a_shared_screen_and_through_signing_out(
    new_tablet: NewTablet, wire: Wire, rows: Rows
) -> None:
    with new_tablet() as tablet:
        tablet.is_started().loses_the_network().tells("en", EN).waits()
        wire.loses = lambda _method, path: 503 if "outbox-send" in path else None
        wire.up()
        tablet.signs_in().opens("/manage/story/reach").presses("form[action*='kiosk-off'] button")
        tablet.says("Answers that wait on this tablet to be sent: 1")
        tablet.presses("form[action*='sign-out'] button")
        assert tablet.path == "/sign-in"
        wire.loses = lambda _method, _path: None
        tablet.opens("/kiosk/story").sees("This screen is not set up")
        tablet.says("Answers sent from this tablet: 1")
        assert rows() == [("kiosk", "en")]


def test_what_can_not_be_taken_stays_unseen_and_is_counted_for_the_worker(
    new_tablet: NewTablet, rows: Rows
) -> None:
    with new_tablet() as tablet:
        tablet.is_started().loses_the_network().tells("en", EN).waits()
        [record] = tablet.shelf("outbox")
        faulty = record | {"pages": {"story": [["happened", EN], ["colour", "red"]]}}
        tablet.put("outbox", faulty)
        tablet.is_left().finds_a_network()
        tablet.says("Answers that could not be taken: 1. They stay on this tablet.").shows_nothing_of(EN)
        tablet.page.get_by_text("For staff").click()
        tablet.is_fit_for_use().sees("Nobody can see these answers here, not even you.")
        [kept] = tablet.shelf("outbox")
        assert kept["state"] == "fault" and rows() == []
        tablet.put("outbox", kept | {"pages": record["pages"]})
        tablet.page.get_by_role("button", name="Send now").click()
        tablet.says("Answers sent from this tablet: 1")
        assert rows() == [("kiosk", "en")] and tablet.shelf("outbox") == []


def test_a_page_that_alone_holds_what_was_sent_does_not_clear_itself(
    new_tablet: NewTablet, rows: Rows
) -> None:
    """The tablet stopped keeping things: full, or told to."""
    with new_tablet() as tablet:
        tablet.page.clock.install()
        tablet.is_started().loses_the_network()
        tablet.page.add_init_script(NO_ROOM)
        tablet.tells("en", EN).waits().sees("This tablet can’t keep anything for us.").shows_nothing_of(EN)
        tablet.page.clock.run_for(600_000)
        assert "at=sent" in tablet.page.url
        tablet.finds_a_network().reads("Thank you")
        assert rows() == [("kiosk", "en")]
        tablet.page.clock.run_for(50_000)
        assert tablet.page.get_by_role("heading", name="Thank you").is_visible(), "there is time to read it"
        tablet.page.clock.run_for(75_000)
        tablet.is_at_the_languages()

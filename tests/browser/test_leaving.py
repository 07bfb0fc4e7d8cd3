"""Quick exit: always in view, at once, and the words are gone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route

from feedback.store.models import Draft
from tests.support.telling import count

from .conftest import NewPhone, Site
from .phone import EXIT, Phone

PLANT = """async () => {
  await new Promise((done) => {
    const opening = indexedDB.open("heard-outbox");
    opening.onsuccess = () => { opening.result.close(); done(); };
  });
  await caches.open("heard-shell");
}"""
LEFT = "async () => [(await indexedDB.databases()).length, (await caches.keys()).length]"
EXIT_SEEN = """() => {
  const box = document.querySelector("a.exit").getBoundingClientRect(), view = visualViewport;
  return [box.left - view.offsetLeft, box.top - view.offsetTop,
          view.offsetLeft + view.width - box.right, view.offsetTop + view.height - box.bottom];
}"""


@pytest.mark.parametrize("slug", ["story", "quiet"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_leaving_goes_straight_to_another_site(new_phone: NewPhone, slug: str, scripts: bool) -> None:
    with new_phone(scripts=scripts) as phone:
        phone.opens(f"/s/{slug}").begins()
        address = str(phone.page.locator(EXIT).get_attribute("href"))
        assert address.startswith("https://"), "a plain link, not through our server"
        asked: list[str] = []
        phone.page.on(
            "request", lambda request: asked.append(request.url) if request.is_navigation_request() else None
        )
        phone.leaves()
        assert phone.left_for == [address]
        assert not [each for each in asked if each.startswith(phone.url)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_leaving_drops_what_was_written(site: Site, new_phone: NewPhone, scripts: bool) -> None:
    with new_phone(scripts=scripts) as phone:
        before = count(site.store, Draft)
        phone.opens("/s/quiet").begins()
        phone.field("support_words").fill("He reads over my shoulder.")
        phone.goes_on()
        assert count(site.store, Draft) == before + 1
        phone.leaves()
        for _ in range(50):  # the farewell to our server travels behind the person's back
            if count(site.store, Draft) == before:
                break
            phone.page.wait_for_timeout(100)
        assert count(site.store, Draft) == before
        phone.opens("/s/quiet").begins()
        assert phone.field("support_words").input_value() == ""


def test_pressing_back_after_leaving_shows_no_words(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/quiet").begins()
        phone.field("support_words").fill("He reads over my shoulder.")
        phone.goes_on()
        phone.leaves()
        for _ in range(6):
            phone.page.go_back()
            if phone.page.url == "about:blank":
                return
            assert "over my shoulder" not in phone.page.content()
            assert "did not let us keep your place" not in phone.page.content()
            for field in phone.page.locator("main textarea").all():
                assert field.input_value() == ""
        raise AssertionError(f"no end of it: {phone.path}")


def test_the_exit_stays_in_view_while_scrolling(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/every-type").begins()
        phone.page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
        box = phone.page.locator(EXIT).bounding_box()
        assert box is not None and 0 <= box["y"] <= 740 - box["height"]


def test_nothing_is_kept_on_the_phone(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/quiet").begins()
        phone.field("support_words").fill("Mine.")
        phone.goes_on()
        kept = phone.page.evaluate(
            "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
            " (await caches.keys()).length]"
        )
        assert kept == [0, 0, 0, 0]
        cookies = phone.context.cookies()
        assert all(cookie["httpOnly"] and cookie["expires"] == -1 for cookie in cookies), cookies


@pytest.mark.parametrize("server", ["answers", "is away"])
def test_leaving_clears_what_the_site_keeps_on_the_phone(new_phone: NewPhone, server: str) -> None:
    def away(route: Route) -> None:
        route.abort("aborted")

    with new_phone() as phone:
        phone.opens("/s/story").begins()
        phone.page.evaluate(PLANT)
        assert min(phone.page.evaluate(LEFT)) > 0
        phone.context.add_cookies([{"name": "council", "value": "stays", "url": phone.url}])
        if server == "is away":
            phone.context.route("**/leave*", away)
        phone.leaves()
        phone.opens("/receipt")
        for _ in range(30):
            if phone.page.evaluate(LEFT) == [0, 0]:
                break
            phone.page.wait_for_timeout(100)
        assert phone.page.evaluate(LEFT) == [0, 0]
        assert "council" in {cookie["name"] for cookie in phone.context.cookies()}


def test_what_the_page_could_not_clear_the_server_asks_the_phone_to(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        phone.page.evaluate("() => localStorage.setItem('left', 'behind')")
        phone.leaves()
        phone.opens("/receipt")
        for _ in range(30):
            if phone.page.evaluate("() => localStorage.length") == 0:
                return
            phone.page.wait_for_timeout(100)
        raise AssertionError("something is left in localStorage")


def test_escape_three_times_leaves(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        phone.field("happened").focus()
        for _ in range(3):
            phone.page.keyboard.press("Escape")
        phone.page.wait_for_timeout(500)
        assert phone.left_for == ["https://www.bbc.co.uk/weather"]


def test_escape_pressed_now_and_then_does_not_leave(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.opens("/s/story").begins()
        for _ in range(3):
            phone.page.keyboard.press("Escape")
            phone.page.wait_for_timeout(1100)
        assert phone.left_for == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_exit_stays_in_view_on_a_zoomed_page_and_behind_a_keyboard(
    new_phone: NewPhone, lang: str
) -> None:
    """Both move the seen part of the page over a layout that stays: `position: sticky` knows of neither."""
    with new_phone(lang=lang) as phone:
        phone.opens(f"/s/story?lang={lang}").begins()
        assert in_view(phone), "before"
        chromium = phone.context.new_cdp_session(phone.page)
        chromium.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1.5})
        for x, y in ((300, 400), (300, -400), (-300, 200)):
            chromium.send(
                "Input.synthesizeScrollGesture",
                {"x": 100, "y": 300, "xDistance": x, "yDistance": y, "gestureSourceType": "touch"},
            )
            phone.page.wait_for_timeout(200)
            assert in_view(phone), phone.page.evaluate(EXIT_SEEN)
        assert phone.page.evaluate("() => visualViewport.scale") == 1.5


def in_view(phone: Phone) -> bool:
    return all(edge >= -1 for edge in phone.page.evaluate(EXIT_SEEN))

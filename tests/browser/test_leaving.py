"""Quick exit: always in view, at once, and the words are gone."""

from __future__ import annotations

import pytest

from feedback.store.models import Draft
from tests.support.telling import count

from .conftest import NewPhone, Site
from .phone import EXIT


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


def test_leaving_drops_what_was_written(site: Site, new_phone: NewPhone) -> None:
    with new_phone() as phone:
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
        phone.page.go_back()
        assert "over my shoulder" not in phone.page.content()
        for field in phone.page.locator("main textarea").all():
            assert field.input_value() == ""


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

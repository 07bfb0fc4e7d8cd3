"""A shared screen in a real browser: one person after another, with Back and with a clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from feedback.store.models import Draft, Response
from tests.support.telling import count

from .conftest import NewPhone, Site
from .phone import Phone

WORDS = "The first person's own words."


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def screen(request: pytest.FixtureRequest, new_phone: NewPhone) -> Iterator[Phone]:
    with new_phone(scripts=request.param) as phone:
        yield shared(phone)


@pytest.fixture
def ticking(new_phone: NewPhone) -> Iterator[Phone]:
    """Its clock stands still unless a test moves it."""
    with new_phone() as phone:
        shared(phone).page.clock.install()
        phone.opens("/kiosk/story")
        yield phone


def shared(phone: Phone) -> Phone:
    phone.signs_in().opens("/manage/story/reach").presses("form[action*='/reach/kiosk'] button")
    assert phone.path == "/kiosk/story"
    return phone


def begins(phone: Phone) -> Phone:
    phone.presses("main a[hreflang=en]").presses("main form button")
    phone.page.wait_for_url("**/s/story/*")
    return phone


def starts_again(phone: Phone) -> Phone:
    phone.page.click("a[data-kiosk]")
    phone.page.wait_for_url("**/kiosk/story")
    return phone


def goes_all_the_way_back(phone: Phone) -> None:
    """Through everything that the browser remembers: no page of it shows a word."""
    for _ in range(12):
        if phone.page.go_back() is None and phone.page.url == "about:blank":
            return
        holds_nothing(phone)


def holds_nothing(phone: Phone) -> None:
    assert WORDS not in phone.page.content()
    fields = phone.page.locator("textarea, input:not([type=hidden])").all()
    assert all(WORDS not in field.input_value() for field in fields)


def test_back_shows_nothing_of_the_last_person(site: Site, screen: Phone) -> None:
    begins(screen).answers(happened=WORDS).goes_on()
    starts_again(screen)
    goes_all_the_way_back(screen)
    screen.opens("/kiosk/story")
    begins(screen)
    holds_nothing(screen)
    goes_all_the_way_back(screen)


def test_what_was_typed_and_not_sent_is_not_filled_in_again(site: Site, screen: Phone) -> None:
    begins(screen).answers(happened=WORDS)
    starts_again(screen)
    begins(screen)
    holds_nothing(screen)
    goes_all_the_way_back(screen)


def test_the_receipt_goes_with_the_person(site: Site, screen: Phone) -> None:
    begins(screen).answers(happened="Said on a shared screen.").goes_on()
    while not screen.path.endswith("/sent"):
        screen.goes_on()
    code = screen.receipt
    starts_again(screen)
    for _ in range(6):
        screen.page.go_back()
        assert code not in "".join(screen.text.split())
    with site.store.read() as session:
        assert "kiosk" in set(session.scalars(select(Response.mode)))


def test_it_warns_and_clears_when_nobody_is_there(site: Site, ticking: Phone) -> None:
    begins(ticking).answers(happened=WORDS).goes_on()
    drafts = count(site.store, Draft)
    dialog = ticking.page.locator("#idle")
    ticking.page.clock.run_for(119_000)
    assert not dialog.is_visible()
    ticking.page.clock.run_for(3_000)
    assert dialog.is_visible()
    ticking.sees("Are you still here?", "Seconds left:").is_fit_for_use()
    assert ticking.page.locator("#idle-said").inner_text().isdigit(), "a screen reader is told too"
    ticking.page.clock.run_for(60_000)
    ticking.page.wait_for_url("**/kiosk/story")
    assert count(site.store, Draft) == drafts - 1
    goes_all_the_way_back(ticking)


def test_whoever_is_still_there_goes_on(ticking: Phone) -> None:
    begins(ticking).answers(happened=WORDS)
    for _ in range(12):  # WCAG 2.2.1 asks for ten times at least
        ticking.page.clock.run_for(150_000)
        ticking.page.get_by_role("button", name="I’m still here").click()
    assert ticking.field("happened").input_value() == WORDS
    ticking.goes_on()
    assert ticking.path != "/kiosk/story"


def test_its_pages_are_fit_for_use(screen: Phone) -> None:
    screen.is_fit_for_use()
    begins(screen).is_fit_for_use()

"""A sensitive survey forgets soon. Whoever sits still is asked before; whoever writes is not."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import ViewportSize
from sqlalchemy import delete, select, update

from feedback.store.models import Draft
from tests.support.telling import count

from .conftest import NewPhone, Site
from .looks import sideways
from .phone import PHONE, Phone

MINUTE = 60_000  # milliseconds
HERE = "I’m still here"
WORDS = "He read my messages."


@pytest.fixture
def ticking(site: Site, new_phone: NewPhone) -> Iterator[Phone]:
    """On the second page, with words kept. Its clock stands still unless a test moves it."""
    with site.store.write() as session:
        session.execute(delete(Draft))
    with new_phone() as phone:
        phone.page.clock.install()
        phone.opens("/s/quiet").begins().answers(support_words=WORDS).goes_on()
        yield phone


def nearly_over(site: Site) -> None:
    """The server's clock goes its own way: there too a few minutes are left."""
    with site.store.write() as session:
        session.execute(update(Draft).values(expires_at=int(time.time()) + 200))


def lives_until(site: Site) -> float:
    """Seconds from now, of the draft that goes last."""
    with site.store.read() as session:
        return max(session.scalars(select(Draft.expires_at))) - time.time()


def is_asked(phone: Phone) -> bool:
    return phone.page.locator("#still-here").is_visible()


def says_so(phone: Phone) -> None:
    phone.page.get_by_role("button", name=HERE).click()
    phone.page.locator("#still-here").wait_for(state="hidden")


def test_who_sits_still_is_asked_and_one_press_keeps_it(site: Site, ticking: Phone) -> None:
    ticking.page.clock.run_for(24 * MINUTE)
    assert not is_asked(ticking)
    nearly_over(site)
    ticking.page.clock.run_for(2 * MINUTE)
    assert is_asked(ticking)
    ticking.sees("Are you still here?", "Soon your earlier answers are cleared").is_fit_for_use()
    assert ticking.page.evaluate("() => document.activeElement.textContent") == HERE
    says_so(ticking)
    assert lives_until(site) > 29 * 60
    for _ in range(10):  # as WCAG 2.2.1 asks
        ticking.page.clock.run_for(24 * MINUTE)
        assert not is_asked(ticking)
        ticking.page.clock.run_for(2 * MINUTE)
        says_so(ticking)
    ticking.goes_on()
    assert ticking.path.endswith("/who")


def test_whatever_they_do_next_is_an_answer_and_what_was_typed_stays(site: Site, ticking: Phone) -> None:
    ticking.answers(more_words="Listen.")
    nearly_over(site)
    for does in (
        lambda: ticking.page.keyboard.press("Tab"),
        lambda: ticking.page.keyboard.press("Escape"),
        lambda: ticking.page.locator("h1").tap(),
    ):
        ticking.page.clock.run_for(26 * MINUTE)
        assert is_asked(ticking)
        does()
        ticking.page.locator("#still-here").wait_for(state="hidden")
    assert ticking.field("more_words").input_value() == "Listen."
    assert lives_until(site) > 29 * 60


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 256}], ids=["phone", "400 %"])
def test_the_way_out_stays_free_and_is_no_answer(site: Site, ticking: Phone, size: ViewportSize) -> None:
    ticking.page.set_viewport_size(size)
    nearly_over(site)
    ticking.page.clock.run_for(26 * MINUTE)
    assert is_asked(ticking) and sideways(ticking.page) <= 0
    ticking.leaves()
    assert count(site.store, Draft) == 0


def test_who_writes_is_never_asked(site: Site, ticking: Phone) -> None:
    nearly_over(site)
    for _ in range(20):
        ticking.field("more_words").press_sequentially("slow ")
        ticking.page.clock.run_for(3 * MINUTE)
        assert not is_asked(ticking)
    assert lives_until(site) > 29 * 60


def test_without_a_network_it_asks_on(site: Site, ticking: Phone) -> None:
    ticking.page.clock.run_for(26 * MINUTE)
    ticking.loses_network = True
    ticking.context.set_offline(True)
    ticking.page.get_by_role("button", name=HERE).click()
    ticking.page.wait_for_timeout(200)
    assert is_asked(ticking)
    ticking.context.set_offline(False)
    ticking.page.clock.run_for(MINUTE)
    ticking.page.locator("#still-here").wait_for(state="hidden")
    assert lives_until(site) > 29 * 60


def test_nobody_is_asked_where_there_is_nothing_to_keep(new_phone: NewPhone) -> None:
    with new_phone() as phone:
        phone.page.clock.install()
        phone.opens("/s/quiet").begins()
        phone.page.clock.run_for(29 * MINUTE)
        assert not is_asked(phone)
        phone.opens("/s/story").begins().answers(happened=WORDS).goes_on()
        phone.page.clock.run_for(29 * MINUTE)
        assert not is_asked(phone)

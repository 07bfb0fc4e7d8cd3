"""A worker goes round with one tablet and no network: all words arrive once, and nobody sees another's."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from feedback.store.models import Draft, Response
from tests.support.telling import count
from tests.support.wire import Wire

from .conftest import Site
from .phone import PHONE
from .shared_tablet import NEXT, SharedTablet, shared_tablet
from .test_accessible import faults

EN, AR, CY = "They turned me away.", "لم يساعدني أحد هناك.", "Roedd y drws ar glo."


class NewTablet(Protocol):
    def __call__(self, **kinds: Any) -> AbstractContextManager[SharedTablet]: ...


@pytest.fixture
def new_tablet(browser: Browser, wire: Wire) -> NewTablet:
    return lambda **kinds: shared_tablet(browser, wire, **kinds)


class Rows:
    """What came in since."""

    def __init__(self, site: Site) -> None:
        self.store = site.store
        self.before = set(self.ids())

    def ids(self) -> list[str]:
        with self.store.read() as session:
            return list(session.scalars(select(Response.id)))

    def __call__(self) -> list[tuple[str, str]]:
        with self.store.read() as session:
            rows = session.execute(select(Response.id, Response.mode, Response.language))
            return sorted((mode, language) for id_, mode, language in rows if id_ not in self.before)


@pytest.fixture
def rows(site: Site) -> Rows:
    return Rows(site)


def test_one_person_after_another_in_their_own_languages(
    site: Site, new_tablet: NewTablet, rows: Rows
) -> None:
    with new_tablet() as tablet:
        tablet.is_started().is_fit_for_use().loses_the_network()
        tablet.opens("/kiosk/story").is_ready().tells("en", EN).waits()
        tablet.sees("Your answers wait on this tablet").is_fit_for_use().is_left(by=NEXT)
        tablet.shows_nothing_of(EN).tells("ar", AR).waits()
        assert tablet.page.locator("html").get_attribute("dir") == "rtl"
        tablet.is_fit_for_use().is_left()
        tablet.shows_nothing_of(EN, AR).tells("cy", CY).waits().is_left()
        tablet.says("Answers that wait on this tablet to be sent: 3").is_fit_for_use()
        assert tablet.languages_that_wait == ["ar", "cy", "en"]
        assert rows() == []
        tablet.finds_a_network().says("Answers sent from this tablet: 3")
        assert rows() == [("kiosk", "ar"), ("kiosk", "cy"), ("kiosk", "en")]
        assert tablet.shelf("outbox") == tablet.shelf("walks") == []
        assert all(set(each) == {"key", "slug", "kiosk", "at"} for each in tablet.shelf("sent"))
        tablet.page.reload()
        tablet.is_ready()
        assert len(rows()) == 3


def test_the_network_goes_in_the_middle_of_somebodys_way(
    site: Site, new_tablet: NewTablet, rows: Rows
) -> None:
    before = count(site.store, Draft)  # other people's
    with new_tablet() as tablet:
        tablet.visits().is_started().chooses("ar").begins().answers(happened=AR).goes_on()
        tablet.answers(which_service="hostel").loses_the_network()
        tablet.goes_on_to("who").goes_on_to("check").sees(AR).goes_on_to("sent").waits().is_left()
        tablet.finds_a_network().says("Answers sent from this tablet: 1")
        assert rows() == [("kiosk", "ar")]
        tablet.opens("/kiosk/story").is_ready()
        assert len(rows()) == 1 and count(site.store, Draft) == before


def test_the_network_comes_back_in_the_middle_and_the_code_is_seen_once(
    new_tablet: NewTablet, rows: Rows
) -> None:
    with new_tablet() as tablet:
        tablet.is_started().loses_the_network().chooses("en").goes_on_to("story")
        tablet.answers(happened=EN).goes_on_to("service").wire.up()
        tablet.goes_on_to("who").goes_on_to("check").goes_on_to("sent").reads("Thank you")
        code = tablet.receipt
        assert rows() == [("kiosk", "en")]
        assert all("code" not in each for each in tablet.shelf("sent"))
        tablet.is_fit_for_use().is_left().goes_all_the_way_back(code)


def test_a_code_that_comes_late_is_shown_to_nobody(new_tablet: NewTablet, rows: Rows) -> None:
    with new_tablet() as tablet:
        tablet.is_started().loses_the_network().tells("en", EN).waits().finds_a_network()
        tablet.reads("Thank you")
        assert tablet.page.locator("main .code").count() == 0
        assert rows() == [("kiosk", "en")]


def test_back_and_reload_and_another_tab_show_nothing_of_the_last_person(
    site: Site, new_tablet: NewTablet
) -> None:
    """Begun with a network, so that our server still takes this browser for theirs."""
    drafts = count(site.store, Draft)
    with new_tablet() as tablet:
        tablet.is_started().chooses("en").begins().answers(happened=EN).goes_on()
        online = tablet.page.url
        tablet.loses_the_network().goes_on_to("who").is_left().shows_nothing_of(EN)
        assert tablet.shelf("walks") == []
        tablet.goes_all_the_way_back(EN).opens("/kiosk/story").is_ready().wire.up()
        tablet.page.goto(online)
        tablet.is_at_the_languages().shows_nothing_of(EN)
        assert count(site.store, Draft) == drafts, "what was not sent is gone at our server too"
        other = tablet.another_tab()
        other.goto(online)
        assert EN not in other.content()


def test_a_tab_left_open_clears_when_the_next_person_begins_elsewhere(new_tablet: NewTablet) -> None:
    with new_tablet() as tablet:
        tablet.is_started().loses_the_network().chooses("en").goes_on_to("story").answers(happened=EN)
        tablet.another_tab().goto(f"{tablet.url}/kiosk/story")
        tablet.is_at_the_languages().shows_nothing_of(EN)


def test_it_warns_and_clears_without_a_network_too(new_tablet: NewTablet, rows: Rows) -> None:
    with new_tablet() as tablet:
        tablet.page.clock.install()
        tablet.is_started().loses_the_network().chooses("en").goes_on_to("story")
        tablet.answers(happened=EN).goes_on_to("service")
        dialog = tablet.page.locator("#idle")
        tablet.page.clock.run_for(119_000)
        assert not dialog.is_visible()
        tablet.page.clock.run_for(3_000)
        assert dialog.is_visible()
        tablet.is_fit_for_use().page.clock.run_for(60_000)
        tablet.is_at_the_languages().shows_nothing_of(EN)
        tablet.page.wait_for_function("() => heardStore.all('walks').then(all => !all.length)")
        tablet.tells("ar", AR).waits().page.clock.run_for(121_000)
        tablet.is_at_the_languages().says("Answers that wait on this tablet to be sent: 1")
        tablet.finds_a_network().says("Answers sent from this tablet: 1")
        assert rows() == [("kiosk", "ar")]


def test_a_phone_of_ones_own_still_forgets_everything(new_tablet: NewTablet) -> None:
    with new_tablet() as tablet:
        tablet.visits().leaves().opens("/receipt")
        left = "async () => [(await indexedDB.databases()).length, (await caches.keys()).length]"
        assert tablet.page.evaluate(left) == [0, 0]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_page_of_it_is_there_for_everybody(new_tablet: NewTablet, lang: str) -> None:
    """In light, dark and people's own colours, on a screen as small as a phone's."""
    with new_tablet(size=PHONE, lang=lang) as tablet:
        found = faults(tablet.is_started(), "the first screen")
        tablet.loses_the_network().chooses(lang)
        found += faults(tablet, "the start")
        for step in ("story", "service", "who", "check", "sent"):
            tablet.goes_on_to(step)
            if step == "story":
                tablet.answers(happened=EN)
            if step == "sent":
                tablet.waits()
            found += faults(tablet, step)
        [record] = tablet.shelf("outbox")
        tablet.put("outbox", record | {"pages": {"story": [["colour", "red"]]}})
        tablet.is_left().finds_a_network().page.locator("[data-count=stuck]").wait_for()
        found += faults(tablet, "the first screen with what was not taken")
    assert not found, "\n".join(found)

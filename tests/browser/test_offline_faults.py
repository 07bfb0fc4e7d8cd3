"""What can go wrong with words that wait on a phone. Whatever it is: not lost, and nobody is blamed."""

from __future__ import annotations

import pytest
import time_machine

from feedback import create_app
from feedback.collect.outbox_token import LIFETIME, make
from feedback.store.models import Response
from tests.support.telling import count
from tests.support.wire import Wire

from .conftest import Site
from .offline import NewTraveller
from .test_offline import THANKS, stored, tells_offline


def token_made(site: Site, when: str) -> str:
    instance = site.server.instance
    app = create_app(
        instance=instance, key_file=instance / "heard.key",
        database_url=f"sqlite:///{instance / 'heard.db'}", demo=True,
    )  # fmt: skip
    with time_machine.travel(when), app.app_context():
        return make("story")


def test_a_token_that_expired_is_exchanged_unseen(
    site: Site, new_traveller: NewTraveller, wire: Wire
) -> None:
    answers: list[tuple[str, int]] = []
    with new_traveller() as person:
        person.visits()
        tells_offline(person, "Waited a month.")
        [record] = person.shelf("outbox")
        assert LIFETIME < 30 * 24 * 3600
        person.put("outbox", record | {"token": token_made(site, "2026-01-01 12:00")})
        person.page.on("response", lambda each: answers.append((each.url.rpartition("/")[2], each.status)))
        person.finds_a_network().reads(THANKS)
        assert stored(site, person).words == {"happened": "Waited a month."}
        said = [(address.partition("?")[0], status) for address, status in answers if "outbox" in address]
        assert said == [("outbox-send", 403), ("outbox-token", 200), ("outbox-send", 200)]


def test_what_can_not_be_taken_comes_back_with_the_words_to_be_put_right(
    site: Site, new_traveller: NewTraveller
) -> None:
    """4xx: a fault that the phone itself could not see."""
    with new_traveller() as person:
        before = count(site.store, Response)
        person.visits("every-type").loses_the_network().opens("/s/every-type").goes_on_to("long")
        person.answers(long_words="My words.").goes_on_to("short").answers(short_words="Few.")
        for step in ("one", "several", "scale", "when", "where", "who", "check", "sent"):
            person.goes_on_to(step)
        [record] = person.shelf("outbox")
        pages = record["pages"] | {"short": [["short_words", "Few."], ["how_many", "a few"]]}
        person.put("outbox", record | {"pages": pages})
        person.finds_a_network().is_at("short")
        person.sees("Please look at this first", "Please write a whole number from 0 to 50").is_fit_for_use()
        assert person.page.locator("main [role=alert]:focus").count() == 1
        assert person.field("how_many").input_value() == "a few"
        assert person.field("short_words").input_value() == "Few."
        assert len(person.shelf("outbox")) == 1, "nothing was let go of"
        assert count(site.store, Response) == before
        person.answers(how_many="3")
        for step in ("one", "several", "scale", "when", "where", "who", "check"):
            person.goes_on_to(step)
        person.goes_on_to("sent").reads(THANKS)
        kept = stored(site, person)
        assert kept.words == {"long_words": "My words.", "short_words": "Few."}
        assert kept.answers["how_many"] == 3


@pytest.mark.parametrize("status", [500, 503, 504, 429])
def test_a_server_in_trouble_is_asked_again_until_it_answers(
    site: Site, new_traveller: NewTraveller, wire: Wire, status: int
) -> None:
    tries: list[str] = []

    def loses(_method: str, path: str) -> int | None:
        if "outbox-send" not in path or len(tries) >= 3:
            return None
        tries.append(path)
        return status

    with new_traveller() as person:
        before = count(site.store, Response)
        person.visits()
        tells_offline(person, "Patient words.")
        wire.loses = loses
        person.finds_a_network()
        while person.shelf("outbox"):
            person.page.evaluate("() => heardOffline.flush(true)")
        person.reads(THANKS)
        assert len(tries) == 3 and count(site.store, Response) == before + 1


def test_a_page_of_somebody_elses_network_is_no_answer(
    site: Site, new_traveller: NewTraveller, wire: Wire
) -> None:
    """A hotel says 200 to everything until one has signed in."""
    with new_traveller() as person:
        person.visits()
        tells_offline(person, "From a hotel.")
        wire.loses = lambda _method, path: 200 if "outbox" in path else None
        person.finds_a_network()
        person.waits_until(lambda all_of_it: all_of_it[0]["tries"] > 1)
        assert [record["state"] for record in person.shelf("outbox")] == ["waiting"]
        wire.loses = lambda _method, _path: None
        person.page.evaluate("() => heardOffline.flush(true)")
        person.reads(THANKS)


def test_a_survey_that_was_closed_meanwhile_gives_the_words_back(new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits()
        tells_offline(person, "Too late, but mine.")
        [record] = person.shelf("outbox")
        person.put("outbox", record | {"slug": "gone"})
        person.finds_a_network().reads("We could not take this yet").is_fit_for_use()
        person.sees("This survey takes no more answers")
        assert person.page.get_by_label("What you wrote").input_value() == "Too late, but mine."
        assert len(person.shelf("outbox")) == 1
        person.page.get_by_role("button", name="Delete these answers").click()
        person.is_at("start")
        assert person.shelf("outbox") == []


def test_a_phone_that_cleared_what_waited_says_so(new_traveller: NewTraveller) -> None:
    """Eviction: the browser took its room back before there was a network."""
    with new_traveller() as person:
        person.visits()
        tells_offline(person, "Evicted.")
        person.page.evaluate(
            "async () => { await heardStore.forget(); await caches.delete('heard-offline'); }"
        )
        person.wire.up()
        person.opens("/s/story")
        person.page.get_by_text("This phone cleared what was waiting before it could be sent.").wait_for()
        person.is_fit_for_use()


def test_a_phone_that_cleared_what_was_begun_says_so(new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits().loses_the_network().opens("/s/story").goes_on_to("story")
        person.answers(happened="Half a story.").goes_on_to("service")
        person.page.evaluate("() => heardStore.forget()")
        person.page.reload()
        person.page.get_by_text("This phone did not keep what you had begun.").wait_for()
        person.is_fit_for_use().goes_on_to("story")


NO_CHANNEL = "self.BroadcastChannel = class { constructor() { throw new Error('refused'); } };"
NO_ROOM = """
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...given) {
  if (given[0] !== 'heard') return open.apply(this, given);
  throw new DOMException('The user denied permission to access the database.', 'SecurityError');
};
"""


def test_a_phone_that_keeps_nothing_still_sends_from_the_open_page(
    site: Site, new_traveller: NewTraveller
) -> None:
    """Storage refused, as in some private windows: the page itself holds the words, and says so."""
    with new_traveller() as person:
        before = count(site.store, Response)
        person.context.add_init_script(NO_ROOM)
        person.visits()
        tells_offline(person, "Held in the hand.")
        person.sees("This phone can't keep anything for us. Leave this page open").is_fit_for_use()
        person.finds_a_network().reads(THANKS)
        assert stored(site, person).words == {"happened": "Held in the hand."}
        assert count(site.store, Response) == before + 1


def test_tabs_that_may_not_speak_to_each_other_still_send(site: Site, new_traveller: NewTraveller) -> None:
    """Firefox where every site's data is blocked throws at the first word between tabs."""
    with new_traveller() as person:
        before = count(site.store, Response)
        person.context.add_init_script(NO_CHANNEL)
        person.visits()
        tells_offline(person, "Said without a channel.")
        person.finds_a_network().reads(THANKS).is_fit_for_use()
        assert stored(site, person).words == {"happened": "Said without a channel."}
        assert count(site.store, Response) == before + 1

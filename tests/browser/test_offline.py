"""No network, once the survey was opened: it goes on, the words wait on the phone, and arrive once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback.store import responses
from feedback.store.models import Response
from feedback.store.responses import OwnResponse
from feedback.store.surveys import publish
from feedback.survey.loading import Bundle, load_bundle, parse_survey
from tests.support import surveys
from tests.support.telling import count
from tests.support.wire import Wire

from .by_keyboard import tab_to
from .conftest import Site
from .offline import NewTraveller, Traveller

STORY = {
    "en": "They listened. 🙂 <b>Not bold</b>",
    "ar": "استمعوا إليّ، وشكراً. 🙂 <b>ليس غامقاً</b>",
}
WAITING, THANKS = "Your answers wait on this phone", "Thank you"


def stored(site: Site, person: Traveller) -> OwnResponse:
    found = responses.find_by_receipt(site.store, person.receipt)
    assert found is not None
    return found


def tells_offline(person: Traveller, words: str) -> Traveller:
    """From the start page to the end of the way, without any network."""
    person.loses_the_network().opens("/s/story")
    person.goes_on_to("story").answers(happened=words).goes_on_to("service").goes_on_to("who")
    return person.goes_on_to("check").goes_on_to("sent").reads(WAITING)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_whole_way_without_a_network(site: Site, new_traveller: NewTraveller, lang: str) -> None:
    with new_traveller(lang=lang) as person:
        person.visits(lang=lang).loses_the_network().opens(f"/s/story?lang={lang}").is_fit_for_use()
        assert person.page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
        person.goes_on_to("story").is_fit_for_use().answers(happened=STORY[lang])
        person.goes_on_to("service").is_fit_for_use().answers(which_service="hostel")
        person.goes_on_to("who").is_fit_for_use()
        assert person.page.locator("main input:checked").count() == 0, "nothing is chosen for anybody"
        person.choose("readers", "service")
        person.goes_on_to("check").is_fit_for_use().sees(STORY[lang])
        person.goes_on_to("sent")
        person.page.locator("main [name=own-phone]").wait_for()
        person.is_fit_for_use()
        before = count(site.store, Response)
        person.finds_a_network()
        person.page.locator("main #offline-page .code").wait_for()
        person.is_fit_for_use()
        kept = stored(site, person)
        assert kept.words == {"happened": STORY[lang]}
        assert (kept.language, kept.answers["which_service"]) == (lang, "hostel")
        assert kept.reading_choice.answer == "service"
        assert count(site.store, Response) == before + 1
        assert person.shelf("outbox") == person.shelf("walks") == []


def test_every_kind_of_question(site: Site, new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits("every-type").loses_the_network().opens("/s/every-type").goes_on_to("long")
        steps: list[tuple[str, dict[str, Any]]] = [
            ("short", {"long_words": "A long story."}),
            ("one", {"short_words": "Short.", "how_many": "٣"}),
            ("several", {"colour": "blue"}),
            ("scale", {"helped": ["people", "place"]}),
            ("when", {"felt": "better"}),
            ("where", {"visited": (3, 2026)}),
            ("who", {"place": "library"}),
        ]
        for following, answers in steps:
            person.is_fit_for_use().answers(**answers).goes_on_to(following)
        person.goes_on_to("check").is_fit_for_use()
        person.sees("A long story.", "Short.", "The blue door", "The people", "The place", "Better")
        person.sees("March 2026", "Town library")
        person.goes_on_to("sent").reads(WAITING).finds_a_network().reads(THANKS)
        kept = stored(site, person)
        assert kept.words == {"long_words": "A long story.", "short_words": "Short."}
        assert kept.answers == {
            "how_many": 3, "colour": "blue", "helped": ["people", "place"], "felt": "better",
            "visited": "2026-03", "place": "library",
        }  # fmt: skip


def test_begun_with_a_network_and_cut_off_midway(site: Site, new_traveller: NewTraveller) -> None:
    """The page that was being sent when the network went is not lost, nor what came before it."""
    with new_traveller() as person:
        before = count(site.store, Response)
        person.visits().begins().answers(happened="Begun on the bus.").goes_on()
        person.answers(which_service="hostel", better="A chair.").loses_the_network()
        person.goes_on_to("who").goes_on_to("check").sees("Begun on the bus.", "A chair.")
        person.goes_on_to("sent").reads(WAITING).finds_a_network().reads(THANKS)
        kept = stored(site, person)
        assert kept.words == {"happened": "Begun on the bus.", "better": "A chair."}
        assert count(site.store, Response) == before + 1
        person.opens("/s/story/who").sees(THANKS)  # its cookie knows that it is sent


def test_cut_off_just_when_send_was_pressed(site: Site, new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        before = count(site.store, Response)
        person.visits().begins().answers(happened="Almost sent.").goes_on().goes_on().goes_on()
        person.loses_the_network().goes_on_to("sent").reads(WAITING)
        person.finds_a_network().reads(THANKS)
        assert stored(site, person).words == {"happened": "Almost sent."}
        assert count(site.store, Response) == before + 1


def test_an_answer_that_got_lost_after_it_was_kept(
    site: Site, new_traveller: NewTraveller, wire: Wire
) -> None:
    """504 from a proxy after the commit, twice: the same receipt in the end, and one row."""
    with new_traveller() as person:
        before = count(site.store, Response)
        person.visits()
        tells_offline(person, "Once only.")
        lost: list[int] = []

        def loses(_method: str, path: str) -> int | None:
            if "outbox-send" in path and len(lost) < 2:
                lost.append(count(site.store, Response))
                return 504
            return None

        wire.loses = loses
        person.finds_a_network()
        person.waits_until(lambda all_of_it: all_of_it[0]["tries"] > 0)
        person.page.evaluate("() => heardOffline.flush(true)")
        person.waits_until(lambda all_of_it: not all_of_it or all_of_it[0]["tries"] != 1)
        person.page.evaluate("() => heardOffline.flush(true)")
        person.reads(THANKS)
        assert lost == [before + 1, before + 1], "it was stored, and the phone could not know"
        assert count(site.store, Response) == before + 1
        assert stored(site, person).words == {"happened": "Once only."}


def test_what_waits_outlives_its_tab_and_shows_nobody_else_a_word(
    site: Site, new_traveller: NewTraveller
) -> None:
    with new_traveller() as person:
        person.visits()
        before = count(site.store, Response)
        tells_offline(person, "Mine alone.")
        next_one = person.another_tab()
        person.page.close()
        person.page = next_one
        person.opens("/s/story").page.get_by_text("Answers that wait on this phone to be sent: 1").wait_for()
        assert "Mine alone." not in person.page.content()
        person.finds_a_network().opens("/s/story")
        person.page.get_by_text("Answers sent from this phone: 1. Thank you.").wait_for()
        assert count(site.store, Response) == before + 1
        assert person.page.locator("main .code").count() == 0, "a code opens somebody's words"
        person.is_fit_for_use()
        person.page.get_by_role("button", name="Take this away").click()
        person.page.wait_for_function("() => document.querySelector('[data-outbox]').hidden")
        assert person.shelf("sent") == []


def test_who_says_it_is_their_own_phone_finds_the_code_there(site: Site, new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits()
        tells_offline(person, "On my own phone.")
        person.page.locator("main [name=own-phone]").check()
        person.waits_until(lambda all_of_it: bool(all_of_it[0].get("own")))
        later = person.another_tab()
        person.page.close()
        person.page = later
        person.wire.up()
        person.opens("/s/story").page.locator("main [data-outbox] .code").wait_for()
        person.is_fit_for_use()
        assert stored(site, person).words == {"happened": "On my own phone."}


def test_the_next_person_begins_with_nothing(new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits().loses_the_network().opens("/s/story").goes_on_to("story")
        person.answers(happened="Not for you.").goes_on_to("service")
        person.opens("/s/story").goes_on_to("story")
        assert person.field("happened").input_value() == ""
        assert [walk["pages"] for walk in person.shelf("walks")] == [{}]


def test_a_reload_stays_where_it_was_with_a_network_and_without(new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits().loses_the_network().opens("/s/story").goes_on_to("story")
        person.answers(happened="Still here.").goes_on_to("service")
        person.page.reload()
        person.is_at("service").page.locator("main button[name=back]").click()
        assert person.is_at("story").field("happened").input_value() == "Still here."
        person.wire.up()
        person.page.reload()
        assert person.is_at("story").field("happened").input_value() == "Still here."
        person.page.go_back()
        person.is_at("service")


def test_by_keyboard_alone_and_with_the_focus_where_it_belongs(new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits("every-type").loses_the_network().opens("/s/every-type")
        tab_to(person, "[data-step=begin] button")
        person.page.keyboard.press("Enter")
        assert person.is_at("long").page.locator("h1:focus").count() == 1
        assert person.page.title() == "Tell us more"
        tab_to(person, "[name=long_words]")
        person.page.keyboard.type("Typed.")
        tab_to(person, "main form button:not([name])")
        person.page.keyboard.press("Enter")
        person.is_at("short")
        tab_to(person, "[name=how_many]")
        person.page.keyboard.type("a few")
        person.page.keyboard.press("Enter")
        summary = person.page.locator("main [role=alert]:focus")
        summary.wait_for()
        assert person.page.title().startswith("Problem: ")
        person.is_fit_for_use().sees("Please write a whole number from 0 to 50")
        assert person.field("how_many").get_attribute("aria-invalid") == "true"
        assert person.field("how_many").input_value() == "a few"
        summary.locator("a").press("Enter")
        assert person.page.locator("*:focus").get_attribute("name") == "how_many"
        person.answers(how_many="4").goes_on_to("one")


def test_leaving_takes_everything_with_it_but_what_was_sent_gets_a_last_chance(
    site: Site, new_traveller: NewTraveller
) -> None:
    with new_traveller() as person:
        person.visits()
        before = count(site.store, Response)
        tells_offline(person, "Sent, then away.")
        person.wire.up()
        person.leaves()
        for _ in range(50):
            if count(site.store, Response) == before + 1:
                break
            person.page.wait_for_timeout(100)
        assert count(site.store, Response) == before + 1
        person.opens("/receipt")
        left = "async () => [(await indexedDB.databases()).length, sessionStorage.length]"
        assert person.page.evaluate(left) == [0, 0]


def test_an_address_that_names_the_service_does_so_offline_too(new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits().loses_the_network().opens("/s/story?service=hostel")
        person.goes_on_to("story").goes_on_to("service")
        assert person.page.locator("main input:checked").get_attribute("value") == "hostel"


def test_a_sensitive_survey_that_may_hides_the_words_offline_too(
    site: Site, new_traveller: NewTraveller
) -> None:
    quiet = load_bundle(surveys.FOLDER / "quiet.json").survey
    allowed = parse_survey(quiet.as_json() | {"slug": "quiet-offline", "offline": True})
    publish(site.store, Bundle(allowed, {}), date(2026, 3, 1))
    with new_traveller() as person:
        person.visits("quiet-offline").loses_the_network().opens("/s/quiet-offline")
        person.goes_on_to("support").answers(support_words="He reads along.").goes_on_to("more")
        assert person.page.title() == "A few questions"
        person.page.locator("main button[name=back]").click()
        person.is_at("support").sees("You have answered here before").is_fit_for_use()
        assert person.field("support_words").input_value() == ""
        person.goes_on_to("more").goes_on_to("who").goes_on_to("check").sees("Answered").is_fit_for_use()
        assert "He reads along." not in person.page.content()
        person.goes_on_to("sent").reads(WAITING)
        assert person.page.locator("main [name=own-phone]").count() == 0
        person.finds_a_network().reads(THANKS).is_fit_for_use()
        assert person.page.locator("main .code").count() == 0
        person.page.get_by_role("button", name="Show me a code to withdraw my words").click()
        person.page.wait_for_url("**/quiet-offline/sent*")
        assert stored(site, person).words == {"support_words": "He reads along."}


NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });"


def test_two_tabs_without_locks_between_them_still_send_once(
    site: Site, new_traveller: NewTraveller, wire: Wire
) -> None:
    with new_traveller() as person:
        person.context.add_init_script(NO_LOCKS)
        person.visits()
        other = person.another_tab()
        other.goto(f"{wire.url}/s/story")
        before = count(site.store, Response)
        tells_offline(person, "From one of two tabs.")
        wire.up()
        for tab in (person.page, other):
            tab.evaluate("() => { dispatchEvent(new Event('online')); }")
        person.reads(THANKS)
        assert count(site.store, Response) == before + 1
        assert person.shelf("leases") == []


def test_what_may_show_who_somebody_is_is_spotted_without_a_network_too(new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits(lang="ar").visits().loses_the_network().opens("/s/story?lang=en").goes_on_to("story")
        person.field("happened").press_sequentially("Write to jo@example.org please.")
        panel = person.page.locator("main .guard.note")
        panel.get_by_text("jo@example.org").wait_for()
        panel.get_by_role("button", name="Take it out").click()
        assert "jo@example.org" not in person.field("happened").input_value()
        person.opens("/s/story?lang=ar").goes_on_to("story")
        person.field("happened").press_sequentially("jo@example.org")
        panel.get_by_text("jo@example.org").wait_for()


def test_what_was_not_answered_stands_behind_what_was(new_traveller: NewTraveller) -> None:
    with new_traveller() as person:
        person.visits().loses_the_network().opens("/s/story").goes_on_to("story")
        person.answers(happened="They listened.").goes_on_to("service").goes_on_to("who").goes_on_to("check")
        left_out = person.page.locator("main details")
        assert left_out.locator("summary").inner_text() == "Not answered (2)"
        assert not left_out.locator("dl").is_visible()
        left_out.locator("summary").click()
        left_out.get_by_role("link").last.click()
        person.is_at("service").answers(which_service="hostel").goes_on_to("check")
        assert left_out.locator("summary").inner_text() == "Not answered (1)"

"""A shared screen: one person after another, and none finds anything of the last."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.store.database import Store
from feedback.store.models import Draft, Response
from feedback.store.staff_models import StaffSession
from feedback.store.surveys import PublishedSurvey
from tests.support import surveys
from tests.support.respondent import Respondent
from tests.support.staff import Staff
from tests.support.telling import count

from .test_coming_back import code_shown, goes_on_with


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


def starts_kiosk(staff: Staff, slug: str = "story") -> Staff:
    staff.goes_to(f"/manage/{slug}/reach")
    return staff.presses(form=next(form for form in staff.page.forms if form.action.endswith("/kiosk")))


def on_the_screen(staff: Staff) -> Respondent:
    """Whoever walks up to it."""
    person = Respondent(staff.client.application)
    person.client = staff.client
    return person


@pytest.fixture
def screen(worker: Staff, story: PublishedSurvey) -> Respondent:
    return on_the_screen(starts_kiosk(worker))


def begins_at(screen: Respondent, lang: str = "en") -> Respondent:
    return screen.goes_to("/kiosk/story").goes_to(f"/kiosk/story/start?lang={lang}").begins()


def test_it_begins_with_the_languages_and_nobody_signed_in(
    worker: Staff, story: PublishedSurvey, store: Store
) -> None:
    starts_kiosk(worker)
    assert worker.page.url == "/kiosk/story"
    worker.sees("English", "العربية")
    assert count(store, StaffSession) == 0
    assert worker.goes_to("/manage").page.url == "/sign-in"
    assert worker.goes_to("/report/story").page.url == "/sign-in"


def test_an_answer_from_it_says_so(screen: Respondent, store: Store) -> None:
    begins_at(screen).answers(happened="In the waiting room.").goes_on().goes_to_readers().goes_on()
    screen.sends()
    with store.read() as session:
        assert list(session.execute(select(Response.mode, Response.came_by))) == [("kiosk", "open")]


def test_the_next_person_finds_nothing_of_the_last(screen: Respondent, store: Store) -> None:
    begins_at(screen).answers(happened="My own words.").goes_on()
    left_behind = [screen.page.url, "/s/story/check", "/s/story/who", "/s/story/sent", "/s/story/come-back"]
    screen.goes_to("/kiosk/story")
    assert count(store, Draft) == 0
    for address in left_behind:
        assert screen.goes_to(address).does_not_see("My own words.").page.url == "/kiosk/story"
    begins_at(screen).does_not_see("My own words.")


def test_a_form_of_the_last_person_sent_again_opens_nothing(screen: Respondent, store: Store) -> None:
    begins_at(screen).answers(happened="My own words.")
    form = screen.form
    screen.presses()
    for between in ("/kiosk/story", "/kiosk/story/start?lang=en"):
        screen.goes_to(between)
        screen.presses(form=form).does_not_see("My own words.")
        assert screen.page.url == "/kiosk/story"
    begins_at(screen)
    screen.presses(form=form).does_not_see("My own words.")
    assert screen.page.url == "/kiosk/story" and count(store, Response) == 0


def test_the_receipt_goes_with_the_person(screen: Respondent) -> None:
    begins_at(screen).answers(happened="My own words.").goes_on().goes_to_readers().goes_on()
    code = screen.sends()
    assert code
    screen.goes_to("/kiosk/story")
    assert screen.goes_to("/s/story/sent").page.url == "/kiosk/story"


def test_its_pages_offer_no_way_out_of_it(screen: Respondent) -> None:
    begins_at(screen).does_not_see("Leave this site now", "Stop, and come back later")
    screen.sees("Clear and start again")
    assert '<meta http-equiv="refresh"' in screen.page.html
    assert screen.goes_to("/s/story").page.url == "/kiosk/story"


def test_what_was_opened_with_a_code_is_still_to_be_had(
    screen: Respondent, new_respondent: Callable[[], Respondent], store: Store
) -> None:
    code = code_shown(
        new_respondent().opens("story").begins().answers(happened="Begun at home.").presses("later")
    )
    goes_on_with(screen, code).goes_to("/s/story/check").sees("Begun at home.")
    screen.goes_to("/kiosk/story").goes_to("/s/story/check").does_not_see("Begun at home.")
    assert count(store, Draft) == 1
    goes_on_with(new_respondent(), code)


def test_answers_to_another_survey_opened_with_their_code_are_shown_to_nobody_else(
    screen: Respondent, publish: Callable[[str], PublishedSurvey], new_respondent: Callable[[], Respondent]
) -> None:
    publish("every_type")
    code = new_respondent().tells("every-type", long_words="Written at home.").receipt
    screen.reads_back(str(code)).sees("Written at home.")
    change = next(form for form in screen.page.forms if "change" in form.action)
    again = screen.presses(form=change).goes_to("/s/every-type/long").sees("Written at home.").form
    left_behind = ["/s/every-type/long", "/s/every-type/check", "/s/every-type/who", "/s/every-type"]
    screen.goes_to("/kiosk/story")
    assert screen.client.get_cookie("draft-every-type") is None
    for address in left_behind:
        assert screen.goes_to(address).does_not_see("Written at home.").page.url == "/kiosk/story"
    screen.presses(form=again).does_not_see("Written at home.")
    assert screen.page.url == "/kiosk/story"


def test_a_code_that_the_browser_sends_once_more_opens_nothing(
    screen: Respondent, new_respondent: Callable[[], Respondent]
) -> None:
    code = new_respondent().tells("story", happened="Written at home.").receipt
    typed = screen.goes_to("/receipt").answers(code=str(code)).form
    found = screen.presses(form=typed).sees("Written at home.").page.forms
    screen.goes_to("/kiosk/story")
    for form in [typed, *found]:
        screen.presses(form=form).does_not_see("Written at home.")
        assert screen.page.url == "/kiosk/story", form.action
    screen.goes_to("/receipt").answers(code=str(code)).presses().sees("Written at home.")


@pytest.mark.parametrize("slug", ["every-type", "quiet"])
def test_no_other_survey_begins_on_it(
    screen: Respondent, publish: Callable[[str], PublishedSurvey], store: Store, slug: str
) -> None:
    publish(slug.replace("-", "_"))
    for address in (f"/s/{slug}", f"/s/{slug}/notice"):
        assert screen.goes_to(address).page.url == "/kiosk/story"
    begun = screen.client.post(f"/s/{slug}/begin")
    assert begun.status_code == 303 and begun.location == "/kiosk/story"
    assert f"draft-{slug}" not in str(begun.headers)


def test_without_being_started_there_is_none(story: PublishedSurvey, respondent: Respondent) -> None:
    respondent.goes_to("/kiosk/story").sees("This screen is not set up")
    assert respondent.status == 403
    assert respondent.goes_to("/kiosk/story/start").page.url == "/kiosk/story"
    respondent.client.set_cookie("kiosk", "story")
    assert respondent.goes_to("/kiosk/story").status == 403


def test_never_for_a_sensitive_survey(worker: Staff, publish: Callable[[str], PublishedSurvey]) -> None:
    publish("quiet")
    worker.goes_to("/manage/quiet/reach").sees("Not for this survey")
    token = worker.page.forms[0].values["csrf_token"]
    assert worker.client.post("/manage/quiet/reach/kiosk", data={"csrf_token": token}).status_code == 404


def test_a_worker_signs_in_again_to_stop_it(screen: Respondent, worker: Staff) -> None:
    worker.signs_in().goes_to("/manage/story/reach").sees("This screen is one now.")
    worker.presses(form=next(form for form in worker.page.forms if "kiosk-off" in form.action))
    worker.sees("This screen is no kiosk any more.")
    assert worker.goes_to("/kiosk/story").status == 403


def test_its_cookie_is_a_host_cookie_in_production(
    production_app: Flask, new_staff: Callable[..., Staff]
) -> None:
    surveys.publish(production_app.extensions["heard_store"], "story")
    staff = new_staff("worker", site=production_app).signs_in()
    starts_kiosk(staff)
    assert staff.page.url == "/kiosk/story" and staff.client.get_cookie("__Host-kiosk") is not None

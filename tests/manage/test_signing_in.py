"""Staff sign in, and can be signed out by the server at any moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from feedback.store import staff_sessions
from feedback.store.staff_models import StaffSession, User
from tests.conftest import PASSWORD
from tests.support.staff import Staff
from tests.support.telling import count
from tests.support.visitor import Visitor

WRONG = "This e-mail and password don't go together."


def sessions(app: Flask) -> int:
    return count(app.extensions["heard_store"], StaffSession)


def cookie_of(person: Staff, name: str = "staff") -> str:
    cookie = person.client.get_cookie(name)
    return cookie.value if cookie else ""


def test_an_owner_signs_in_and_sees_the_surveys(owner: Staff) -> None:
    owner.sees("Surveys", "Sign out")
    assert owner.page.url == "/manage"


def test_someone_sent_away_comes_back_to_the_page_they_wanted(new_staff, story) -> None:
    person = new_staff("owner").goes_to("/manage?from=mail")
    person.form.fill("email", person.email)
    person.form.fill("password", PASSWORD)
    assert person.presses().response.request.full_path == "/manage?from=mail"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_signing_in_never_leads_to_another_site(new_staff, elsewhere: str) -> None:
    person = new_staff("owner").goes_to(f"/sign-in?next={elsewhere}")
    person.form.fill("email", person.email)
    person.form.fill("password", PASSWORD)
    assert person.presses().page.url == "/manage"


def test_a_wrong_password_and_an_unknown_name_get_one_answer(new_staff) -> None:
    wrong = new_staff("owner").signs_in("not the password")
    assert wrong.sees(WRONG).status == 400
    stranger = Staff(wrong.app, "stranger@example.org", PASSWORD).signs_in()
    assert stranger.sees(WRONG).status == 400


def test_an_empty_form_says_what_is_missing_and_where(new_staff) -> None:
    person = new_staff("owner").goes_to("/sign-in").presses()
    assert person.status == 400
    assert person.page.link("Type your e-mail.") == "#email"
    assert person.page.link("Type your password.") == "#password"


def test_someone_who_was_switched_off_stays_out(app: Flask, new_staff) -> None:
    person = new_staff("owner")
    with app.extensions["heard_store"].write() as session:
        session.scalar(select(User)).active = False
    assert person.signs_in().sees(WRONG).status == 400


def test_guessing_a_password_is_slowed_without_asking_where_from(new_staff) -> None:
    person = new_staff("owner")
    for guess in range(10):
        assert person.signs_in(f"guess {guess}").status == 400
    assert person.signs_in().sees("Too many tries.").status == 429
    assert new_staff("commissioner").signs_in().page.url == "/manage"


def test_after_ten_minutes_the_right_password_works_again(app: Flask, new_staff) -> None:
    now = [0.0]
    app.extensions["heard_attempts"]._clock = lambda: now[0]
    person = new_staff("owner")
    for guess in range(10):
        person.signs_in(f"guess {guess}")
    now[0] = 601
    assert person.signs_in().page.url == "/manage"


def test_looking_at_the_sign_in_page_stores_nothing(app: Flask) -> None:
    Visitor(app).goes_to("/sign-in")
    assert sessions(app) == 0


def test_a_form_from_elsewhere_signs_nobody_in(app: Flask, new_staff) -> None:
    person = new_staff("owner")
    answer = person.client.post("/sign-in", data={"email": person.email, "password": PASSWORD})
    assert answer.status_code == 400
    assert sessions(app) == 0


def test_the_key_in_the_cookie_is_a_new_one_after_signing_in(new_staff) -> None:
    person = new_staff("owner").goes_to("/sign-in")
    before = cookie_of(person)
    person.signs_in()
    assert before and cookie_of(person) and cookie_of(person) != before


def test_signing_out_ends_the_session_at_the_server(app: Flask, owner: Staff) -> None:
    kept = cookie_of(owner)
    owner.signs_out()
    assert sessions(app) == 0
    thief = Visitor(app)
    thief.client.set_cookie("staff", kept)
    assert thief.goes_to("/manage").page.url == "/sign-in"


def test_signing_out_empties_the_browser_of_pages_but_not_of_words_that_wait(owner: Staff) -> None:
    form = next(form for form in owner.page.forms if "sign-out" in form.action)
    answer = owner.client.post("/sign-out", data=form.data())
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_signing_out_needs_the_form_of_our_own_page(app: Flask, owner: Staff) -> None:
    assert owner.client.post("/sign-out").status_code == 400
    assert sessions(app) == 1


def test_an_owner_can_end_every_session_of_someone(app: Flask, new_staff) -> None:
    phone, desk = (
        new_staff("commissioner").signs_in(),
        Staff(app, "commissioner@example.org", PASSWORD).signs_in(),
    )
    other = new_staff("owner").signs_in()
    said = app.test_cli_runner().invoke(args=["staff", "sign-out", "commissioner@example.org"])
    assert "(2 open)" in said.output
    for session in (phone, desk):
        assert session.goes_to("/manage").page.url == "/sign-in"
    assert other.goes_to("/manage").page.url == "/manage"


def test_a_new_password_ends_the_sessions_of_the_old_one(app: Flask, owner: Staff) -> None:
    app.test_cli_runner().invoke(args=["staff", "add", "owner@example.org", "--role", "owner"])
    assert owner.goes_to("/manage").page.url == "/sign-in"


def test_a_session_ends_after_twelve_hours_however_busy(new_staff) -> None:
    start = datetime(2026, 3, 2, 8, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        person = new_staff("owner").signs_in()
        clock.shift(timedelta(hours=11, minutes=59))
        assert person.goes_to("/manage").page.url == "/manage"
        clock.shift(timedelta(minutes=1))
        assert person.goes_to("/manage").page.url == "/sign-in"


def test_neither_key_nor_name_can_be_read_from_a_stolen_database(app: Flask, owner: Staff) -> None:
    store = app.extensions["heard_store"]
    with store.read() as session:
        kept = session.scalars(select(StaffSession)).one()
        uniquifier = session.scalars(select(User.fs_uniquifier)).one()
    assert uniquifier.encode() not in kept.content_sealed
    assert cookie_of(owner).encode() not in kept.key_hash + kept.content_sealed


def test_a_session_moved_to_another_row_opens_nothing(app: Flask, new_staff) -> None:
    """Whoever can write to the database still can't lend one person's session to another."""
    new_staff("owner").signs_in()
    low = new_staff("worker").signs_in()
    store = app.extensions["heard_store"]
    with store.write() as session:
        rows = list(session.scalars(select(StaffSession)))
        rows[0].content_sealed, rows[1].content_sealed = rows[1].content_sealed, rows[0].content_sealed
    assert low.goes_to("/manage").page.url == "/sign-in"


def test_neither_address_nor_browser_is_kept_in_a_session(app: Flask, owner: Staff) -> None:
    store = app.extensions["heard_store"]
    with store.read() as session:
        kept = session.scalars(select(StaffSession)).one()
    assert "_id" not in staff_sessions.unseal(store, kept.key_hash, kept.content_sealed)


def test_in_production_the_cookie_is_tied_to_host_and_https(production_app: Flask, new_staff) -> None:
    person = new_staff("owner", site=production_app).signs_in()
    assert person.page.url == "/manage"
    assert person.client.get_cookie("__Host-staff")
    fresh = production_app.test_client().get("/sign-in", base_url="https://localhost")
    [cookie] = SimpleCookie(fresh.headers["Set-Cookie"]).values()
    assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/" and not cookie["domain"]


def test_people_who_answer_never_get_a_staff_cookie(app: Flask, story) -> None:
    visitor = Visitor(app)
    for address in ("/s/story", "/receipt", "/health"):
        answer = visitor.client.get(address)
        assert answer.status_code == 200, address
        assert "staff" not in answer.headers.get("Set-Cookie", ""), address


@pytest.mark.parametrize("value", ["~", "~AAAA", "x", "é", "~" + "A" * 4000, "A" * 43])
def test_a_made_up_cookie_is_nobody(app: Flask, value: str) -> None:
    visitor = Visitor(app)
    visitor.client.set_cookie("staff", value)
    assert visitor.goes_to("/manage").page.url == "/sign-in"


def test_the_demonstration_answers_to_this_machine_only(app: Flask, production_app: Flask) -> None:
    client = app.test_client()
    assert client.get("/sign-in", base_url="http://heard.example").status_code == 400
    assert client.get("/sign-in", base_url="http://127.0.0.1:8000").status_code == 200
    assert production_app.test_client().get("/sign-in", base_url="https://heard.example").status_code == 200

"""Reaching people: short links, posters, invitations and other sites, as staff make them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pytest
import zxingcpp
from flask import Flask
from sqlalchemy import select

from feedback.manage import qr
from feedback.store import framing_sites, invitations, plain_codes, short_links
from feedback.store.database import Store
from feedback.store.reach_models import Invitation
from feedback.store.surveys import PublishedSurvey
from tests.support.form import Form
from tests.support.respondent import Respondent
from tests.support.staff import Staff

CODE = re.compile(r"\b(?:[0-9A-Z]{4} ){2}[0-9A-Z]{4}\b")
DAY = date(2026, 3, 2)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


def form_to(staff: Staff, part: str) -> Form:
    return next(form for form in staff.page.forms if part in form.action)


def makes_link(owner: Staff, service: str = "", language: str = "", slug: str = "story") -> Staff:
    form = form_to(owner.goes_to(f"/manage/{slug}/reach"), "/link")
    if service:
        form.fill("service", service)
    form.fill("language", language)
    return owner.presses(form=form)


def opens_poster(staff: Staff, strips: bool = False) -> Staff:
    links = [href for _text, href in staff.page.links if "/poster/" in href and ("strips" in href) == strips]
    return staff.goes_to(links[0])


def read_qr(drawn: qr.Qr, scale: int = 4) -> str:
    """As a camera does: the path is painted and a reader of its own finds the code in the picture."""
    picture = np.full((drawn.side, drawn.side), 255, dtype=np.uint8)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn.path):
        picture[int(y), int(x) : int(x) + int(length)] = 0
    [found] = zxingcpp.read_barcodes(np.kron(picture, np.ones((scale, scale), dtype=np.uint8)))
    return str(found.text)


@pytest.mark.parametrize(
    "address", ["https://heard.example.gov.uk/go/7kq2mx", "http://localhost/go/abc123#i=0123456789AB", "x"]
)
def test_a_camera_reads_the_code(address: str) -> None:
    assert read_qr(qr.draw(address)) == address


def test_an_owner_makes_a_short_link_and_its_poster(
    owner: Staff, story: PublishedSurvey, store: Store, new_respondent: Callable[[], Respondent]
) -> None:
    makes_link(owner, "hostel", "ar").sees("The short link is there.")
    [link] = short_links.of_survey(store, story.survey_id)
    owner.sees(f"localhost/go/{link.shown}")
    opens_poster(owner).sees(f"localhost/go/{link.shown}", "English", "العربية")
    assert owner.page.language == "ar" and owner.page.one("html").get("dir") == "rtl"
    assert link.shown in (owner.page.one(f"{SVG}svg")[0].text or "")
    assert new_respondent().goes_to(f"/go/{link.shown}").page.url == "/s/story"


def test_a_poster_can_have_strips_to_tear_off(owner: Staff, story: PublishedSurvey) -> None:
    opens_poster(makes_link(owner), strips=True).sees("Point your phone’s camera here")
    [strips] = [each for each in owner.page.all("ul") if each.get("class") == "strips"]
    assert len(strips) == 8


def test_a_sensitive_survey_is_never_named_on_paper(
    owner: Staff, publish: Callable[[str], PublishedSurvey], store: Store
) -> None:
    quiet = publish("quiet")
    title = quiet.definition.title
    opens_poster(makes_link(owner, slug="quiet")).does_not_see(title, "abuse")
    owner.sees("A few questions")
    assert title not in owner.page.title
    owner.goes_to("/manage/quiet/invitations").fills_in(number="2").presses("as")
    owner.does_not_see(title, "abuse").sees("A few questions")


def test_a_poster_of_another_survey_is_none(
    owner: Staff, story: PublishedSurvey, publish: Callable[[str], PublishedSurvey], store: Store
) -> None:
    code = short_links.make(store, story.survey_id, None, None, DAY)
    publish("every_type")
    for wrong in (f"every_type/poster/{code}", "story/poster/zzzzzz", f"story/poster/{'a' * 500}"):
        assert owner.goes_to(f"/manage/{wrong}").status == 404


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("service", "nowhere", "Choose one of the survey’s services"), ("language", "xx", "survey’s languages")],
)
def test_a_link_for_nothing_of_the_survey_is_refused(
    owner: Staff, story: PublishedSurvey, store: Store, field: str, value: str, said: str
) -> None:
    form = form_to(owner.goes_to("/manage/story/reach"), "/link")
    owner.submits(form, form.data() | {field: [value]}).sees(said)
    assert owner.status == 422 and short_links.of_survey(store, story.survey_id) == []


@pytest.fixture
def made(owner: Staff, story: PublishedSurvey) -> list[str]:
    owner.goes_to("/manage/story/invitations").fills_in(number="3", service="hostel").presses("as")
    return CODE.findall(owner.page.text)


def test_invitations_are_shown_once_and_kept_as_hashes(
    owner: Staff, story: PublishedSurvey, store: Store, made: list[str]
) -> None:
    assert len(set(made)) == 3
    owner.sees("These codes are shown this once.")
    with store.read() as session:
        kept = list(session.scalars(select(Invitation)))
    raw = {code.replace(" ", "").encode() for code in made}
    assert len(kept) == 3 and not raw & {row.code_hash for row in kept}
    assert all(invitations.find_unused(store, story.survey_id, each.decode()) for each in raw)
    owner.goes_to("/manage/story/invitations").does_not_see(*made)


def test_a_card_brings_its_code_where_no_server_logs_it(owner: Staff, made: list[str]) -> None:
    paths = [path.get("d", "") for path in owner.page.all(f"{SVG}path")]
    sides = [int(svg.get("viewBox", "").split()[-1]) for svg in owner.page.all(f"{SVG}svg")]
    read = [read_qr(qr.Qr("", side, path)) for side, path in zip(sides, paths, strict=True)]
    assert [each.partition("#i=")[2] for each in read] == [code.replace(" ", "") for code in made]
    assert all("?" not in each.partition("#")[0] for each in read)


def test_invitations_as_a_table(owner: Staff, story: PublishedSurvey, store: Store) -> None:
    form = owner.goes_to("/manage/story/invitations").fills_in(number="2").form
    owner.submits(form, form.data() | {"as": ["table"]})
    assert owner.response is not None and owner.response.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(owner.response.get_data(as_text=True))))
    assert len(rows) == 2
    for row in rows:
        code = plain_codes.read(row["code"], invitations.LENGTH)
        assert code and invitations.find_unused(store, story.survey_id, code)
        assert row["address"] == f"http://localhost/s/story#i={code}"


@pytest.mark.parametrize("number", ["0", "-1", "501", "many", "", "9" * 400, "1.5"])
def test_a_number_that_cannot_be_is_refused(
    owner: Staff, story: PublishedSurvey, store: Store, number: str
) -> None:
    owner.goes_to("/manage/story/invitations").fills_in(number=number).presses("as")
    owner.sees("Give a whole number from 1 to 500.")
    assert owner.status == 422 and not invitations.are_there(store, story.survey_id)


def test_few_used_codes_are_hidden(
    owner: Staff, made: list[str], new_respondent: Callable[[], Respondent]
) -> None:
    person = new_respondent().opens("story")
    person.form.fill("invitation", made[0])
    person.presses().answers(happened="By invitation.").goes_on().goes_to_readers().goes_on().goes_on()
    owner.goes_to("/manage/story/invitations").sees("Codes used", "hidden")


def test_named_sites_may_frame_it(owner: Staff, story: PublishedSurvey, store: Store) -> None:
    def says(sites: str) -> Staff:
        form = form_to(owner.goes_to("/manage/story/reach"), "/sites")
        form.fill("sites", sites)
        return owner.presses(form=form)

    says("https://WWW.Example.org/\n\nhttps://b.example:8443").sees("Saved.", "<iframe src=")
    sites = ["https://www.example.org", "https://b.example:8443"]
    assert framing_sites.of_survey(store, story.survey_id) == sites
    for wrong in harmful():
        says(wrong).sees("This is no site’s address")
        assert owner.status == 422 and framing_sites.of_survey(store, story.survey_id) == sites
    says("\n".join(f"https://{each}.example" for each in range(21))).sees("At most 20 sites.")
    says("").sees("Saved.")
    assert framing_sites.of_survey(store, story.survey_id) == []


def harmful() -> Iterator[str]:
    yield from ("*", "https://*", "https://*.example.org", "http://example.org", "example.org", "data:")
    yield from ("https://a.example; script-src *", "https://a.example 'unsafe-inline'", "https://a.example/x")
    yield from ("https://user@a.example", "https://a.example?x", "https://", "https://[", "https://ä.example")
    yield "https://" + "a" * 300


def test_a_sensitive_survey_is_framed_by_nobody(
    owner: Staff, publish: Callable[[str], PublishedSurvey], store: Store
) -> None:
    quiet = publish("quiet")
    owner.goes_to("/manage/quiet/reach").does_not_see("<iframe", "&lt;iframe")
    token = owner.page.forms[0].values["csrf_token"]
    data = {"csrf_token": token, "sites": "https://a.example"}
    assert owner.client.post("/manage/quiet/reach/sites", data=data).status_code == 404
    assert framing_sites.of_survey(store, quiet.survey_id) == []


def test_a_worker_prints_and_makes_nothing(worker: Staff, story: PublishedSurvey, store: Store) -> None:
    code = short_links.make(store, story.survey_id, None, None, DAY)
    worker.goes_to("/manage/story/reach").sees("Poster", "Sign out, and share this screen")
    worker.does_not_see("Make a short link", "Make invitations")
    worker.goes_to(f"/manage/story/poster/{code}").sees("Point your phone’s camera here")


def test_the_first_staff_page_leads_there(owner: Staff, story: PublishedSurvey) -> None:
    owner.goes_to("/manage").follows("Reach people").sees("Short links and posters")

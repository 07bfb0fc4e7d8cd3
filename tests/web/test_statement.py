"""The accessibility statement: on every page one link away, in every language, and no bolder than is so."""

from __future__ import annotations

import pytest
from flask import Flask

from feedback.settings import Settings
from feedback.web.languages import whole_languages
from tests.conftest import MakeApp
from tests.support.respondent import Respondent
from tests.support.staff import Staff


@pytest.mark.parametrize("lang", whole_languages(Settings.load({})))
def test_the_statement_is_there_in_every_language(respondent: Respondent, lang: str) -> None:
    page = respondent.goes_to(f"/accessibility?lang={lang}").page
    assert respondent.status == 200 and page.language == lang


def test_the_statement_holds_what_the_uk_model_asks_for(respondent: Respondent) -> None:
    respondent.goes_to("/accessibility").sees(
        "This accessibility statement applies to",
        "Feedback and contact information",
        "Enforcement procedure",
        "Equality Advisory and Support Service",
        "Equality Commission for Northern Ireland",
        "is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard",
        "Non-accessible content",
        "Disproportionate burden",
        "This statement was prepared on 22 November 2026.",
    )
    respondent.does_not_see("fully compliant")


def test_the_statement_names_who_to_reach(make_app: MakeApp) -> None:
    someone = Respondent(make_app(contact="access@anytown.example")).goes_to("/accessibility")
    someone.sees("access@anytown.example").does_not_see("first page of each survey")


def test_the_contact_is_a_setting(app: Flask) -> None:
    assert Settings.load({"HEARD_CONTACT": " 029 2000 0000 "}).contact == "029 2000 0000"


def test_every_page_of_a_walk_leads_to_the_statement(respondent: Respondent, story) -> None:
    respondent.opens("story")
    while not respondent.page.url.endswith("/sent"):
        assert respondent.page.link("/accessibility")
        if respondent.at_a_question:
            respondent.answers(**{name: "words" for name in respondent.form.controls if name == "happened"})
        respondent.goes_on()
    assert respondent.page.link("/accessibility")


@pytest.mark.parametrize("path", ["/receipt", "/nowhere", "/sign-in"])
def test_other_pages_lead_to_it_too(respondent: Respondent, path: str) -> None:
    assert respondent.goes_to(path).page.link("/accessibility")


def test_staff_pages_lead_to_it(owner: Staff) -> None:
    assert owner.goes_to("/manage").page.link("/accessibility")

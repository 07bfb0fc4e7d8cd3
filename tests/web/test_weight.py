"""The first question page is light on every phone, in every language."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from flask import Flask

from feedback.settings import ROOT, Settings
from feedback.store import surveys
from feedback.survey.loading import load_bundle
from feedback.web.languages import whole_languages
from tests.support.respondent import Respondent

BUDGET = 8 * 1024  # bytes of HTML, CSS and scripts, gzipped; what was promised is 15 KB


LIBRARY = ROOT / "feedback/survey/library"
SPOKEN = [
    tag
    for tag in whole_languages(Settings.load({}))
    if tag == "en" or (LIBRARY / f"experience.{tag}.json").exists()
]


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_first_question_page_is_light(app: Flask, lang: str) -> None:
    bundle = load_bundle(LIBRARY / "experience.json")
    surveys.publish(app.extensions["heard_store"], bundle, date(2026, 3, 1))
    person = Respondent(app)
    page = person.opens("experience", lang=lang).begins().page
    assert page.language == lang
    files = [link.get("href", "") for link in page.all("link")] + [
        script.get("src", "") for script in page.all("script")
    ]
    weight = len(gzip.compress(page.html.encode()))
    weight += sum(len(gzip.compress(person.client.get(file, buffered=True).data)) for file in files)
    assert weight <= BUDGET

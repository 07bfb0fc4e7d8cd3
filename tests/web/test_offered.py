"""A translator's slip takes down no page: its language waits, the site goes on, and the log says why."""

from __future__ import annotations

import io
import logging
import re
import shutil
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from feedback.manage.catalogues import FOLDER
from feedback.settings import Settings
from feedback.web.languages import LANGUAGES, whole_languages
from feedback.web.offered import COUNTS
from tests.support.respondent import Respondent
from tests.support.surveys import publish

BACK, STEP, DAYS = "Back", "Page %(number)s of %(total)s", ("%(num)s day", "%(num)s days")
POLISH = {
    BACK: "Wstecz",
    STEP: "Strona %(number)s z %(total)s",
    DAYS: ("%(num)s dzień", "%(num)s dni", "%(num)s dnia"),
}
SLIPS = {
    "a name": ({STEP: "Strona %(numer)s z %(total)s"}, "%(number)s is missing"),
    "a name that is gone": ({STEP: "Strona %(number)s"}, "%(total)s is missing"),
    "a name cut off": ({STEP: "Strona %(number)s z %(total)s, %(x"}, "has a % sign"),
    "a percent sign": ({STEP: "Strona %(number)s z %(total)s, 5 %."}, "has a % sign"),
    "one plural form": ({DAYS: ("%(num)s dzień", "%(mun)s dni", "%(num)s dnia")}, "%(mun)s is not in"),
    "nothing to see": ({BACK: "\u200b\u200b"}, "nothing that anybody can see"),
    "turned round": ({BACK: "Wstecz\u202e"}, "turns text round"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    template = Catalog(fuzzy=False)
    for source in POLISH:
        template.add(source, locations=[("templates/collect/question.html", 1)])
    with (tmp_path / "messages.pot").open("wb") as file:
        write_po(file, template)
    return tmp_path


def compiles(folder: Path, texts: dict, plurals: str = LANGUAGES["pl"].plurals) -> None:  # type: ignore[type-arg]
    """As Babel does, which asks nothing."""
    made = Catalog(locale="pl", fuzzy=False)
    made.mime_headers = [("Plural-Forms", plurals)]
    for source, words in texts.items():
        made.add(source, words)
    (folder / "pl/LC_MESSAGES").mkdir(parents=True)
    with (folder / "pl/LC_MESSAGES/messages.mo").open("wb") as file:
        write_mo(file, made)


def test_a_sound_catalogue_is_offered(folder: Path) -> None:
    compiles(folder, POLISH)
    assert whole_languages(Settings.load({}), folder) == ("en", "pl")


@pytest.mark.parametrize("slip", SLIPS)
def test_a_language_with_a_slip_is_not_offered_and_the_log_says_so_once(
    folder: Path, caplog: pytest.LogCaptureFixture, slip: str
) -> None:
    texts, says = SLIPS[slip]
    compiles(folder, POLISH | texts)
    for _again in range(3):
        assert whole_languages(Settings.load({}), folder) == ("en",)
    [record] = [each for each in caplog.records if each.levelno == logging.WARNING]
    assert "pl/LC_MESSAGES/messages.mo is not offered" in record.getMessage() and says in record.getMessage()


@pytest.mark.parametrize("plurals", ["nplurals=2; plural=(n != 1);", LANGUAGES["uk"].plurals])
def test_a_language_that_would_count_wrongly_is_not_offered(
    folder: Path, caplog: pytest.LogCaptureFixture, plurals: str
) -> None:
    compiles(folder, {STEP: POLISH[STEP]}, plurals)
    assert whole_languages(Settings.load({}), folder) == ("en",)
    assert LANGUAGES["pl"].plurals in caplog.text


def test_what_is_looked_through_meets_every_plural_form() -> None:
    for tag, language in LANGUAGES.items():
        forms, rule = language.plurals.split(";")[:2]
        assert {c2py(rule.partition("=")[2])(count) for count in COUNTS} == set(
            range(int(forms.partition("=")[2]))
        ), tag


@pytest.fixture
def slipped(tmp_path: Path) -> Path:
    """The site's own catalogues, but for a Polish in which every name to fill in is misspelt."""
    shutil.copytree(FOLDER, tmp_path / "all")
    place = tmp_path / "all/pl/LC_MESSAGES"
    text = re.sub(r"(msgstr.*%\()", r"\1x", (place / "messages.po").read_text("utf-8"))
    with (place / "messages.mo").open("wb") as file:
        write_mo(file, read_po(io.StringIO(text)))
    return tmp_path / "all"


def test_a_site_with_a_faulty_catalogue_starts_and_speaks_its_other_languages(make_app, slipped) -> None:
    app = make_app(extra={"BABEL_TRANSLATION_DIRECTORIES": str(slipped)})
    publish(app.extensions["heard_store"], "story")
    for asked, spoken in (("pl", "en"), ("cy", "cy")):
        respondent = Respondent(app).opens("story", lang=asked).begins()
        assert (respondent.status, respondent.page.language) == (200, spoken)
        respondent.goes_to("/receipt").sees("Cymraeg").does_not_see("Polski")

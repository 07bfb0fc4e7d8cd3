"""A survey that goes on without a network: its worker, and its shell, a page that holds all its pages.

The shell holds the survey's words only, never anybody's answers: its scripts keep those on the phone.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.datastructures import MultiDict

from feedback.settings import ROOT
from feedback.store import surveys
from feedback.store.surveys import PublishedSurvey
from feedback.survey.definition import Survey
from feedback.survey.fields import LARGEST, LONGEST, SMALLEST
from feedback.survey.forms import PageForm
from feedback.survey.parts import Page, Question, ShowIf
from feedback.web import kiosk
from feedback.web.access import public
from feedback.web.assets import asset
from feedback.web.current import store
from feedback.web.languages import LANGUAGES, language, words_around

from . import outbox_token, pages
from .shown import readers_steps
from .walk import Walk, find_survey, speak

offline = Blueprint("offline", __name__)
SCRIPTS = ("offline-store.js", "offline.js", "offline-visit.js", "offline-status.js")
SHELL_SCRIPTS = (*SCRIPTS, "speak.js", "offline-routes.js", "offline-pages.js", "offline-walk.js")
SHELL_FILES = (
    "heard.css",
    "heard.js",
    "guard.js",
    "guard-finder.js",
    "kiosk.css",
    "kiosk.js",
    *SHELL_SCRIPTS,
)
SHELL_TEMPLATES = (
    "collect/offline.html",
    *(f"macros/{name}.html" for name in ("aloud", "fields", "kiosk", "start")),
)
GUARD = ROOT / "analysis/personal"


@offline.get("/s/sw.js")
@offline.get("/kiosk/sw.js")
@public
def worker() -> ResponseReturnValue:
    """Beside the surveys, and beside shared screens, so that it may serve them and nothing else."""
    return Response((Path(str(current_app.static_folder)) / "sw.js").read_text(), mimetype="text/javascript")


@offline.get("/s/<slug>/offline-shell")
@public
def shell(slug: str) -> ResponseReturnValue:
    newest = find_survey(slug)
    version = request.args.get("version", newest.version_id, type=int)
    survey = surveys.find_version_of(store(), slug, version)
    if survey is None or not survey.definition.works_offline:
        abort(404)
    walk = Walk(speak(survey), b"")
    definition = walk.definition
    return render_template(
        "collect/offline.html",
        **pages.common(walk),
        forms=[(page, PageForm(definition, page)) for page in definition.all_pages],
        rules=rules(definition),
        token=outbox_token.make(slug, on_kiosk=kiosk.here() == slug),
        steps=readers_steps(definition),
        scripts=[asset(name) for name in SHELL_SCRIPTS],
        months=list(get_locale().months["stand-alone"]["wide"].values()),
    )


@dataclass(frozen=True)
class OnThisPhone:
    """What a page of a walk tells its scripts: which survey to keep open, and whose page this is."""

    key: str
    shell: str
    scripts: str


def on_this_phone(walk: Walk) -> OnThisPhone | None:
    """None where nothing may stay on the phone. A change to what was sent is not kept either."""
    if not walk.definition.works_offline or walk.amends:
        return None
    scripts = " ".join(asset(name) for name in SCRIPTS)
    return OnThisPhone(base64.b64encode(walk.key).decode(), shell_address(walk.survey, language()), scripts)


def shell_address(survey: PublishedSurvey, tag: str) -> str:
    """Another one whenever anything of the shell has changed."""
    slug, version = survey.definition.slug, survey.version_id
    of = edition_hash(survey, tag, words_around(tag), files_now(words_around(tag)), kiosk.here() == slug)
    return url_for("offline.shell", slug=slug, lang=tag, version=version, v=of)


def files_now(ui_language: str) -> tuple[int, ...]:
    """Changes with the shell's scripts, its templates and the words around it."""
    babel = LANGUAGES[ui_language].babel
    files = [Path(str(current_app.static_folder)) / name for name in SHELL_FILES]
    files += [GUARD / "for_browsers.py", GUARD / "cues.json", GUARD / "numbers.py"]
    files += [ROOT / "templates" / name for name in SHELL_TEMPLATES]
    files += [ROOT / f"translations/{babel}/LC_MESSAGES/messages.mo"]
    return tuple(file.stat().st_mtime_ns for file in files if file.exists())


@lru_cache(maxsize=256)
def edition_hash(
    survey: PublishedSurvey, language: str, ui_language: str, files: tuple[int, ...], on_kiosk: bool
) -> str:
    edition = survey.edition(language)
    said = repr((survey.version_id, edition and edition.id, language, ui_language, files, on_kiosk))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def rules(survey: Survey) -> list[dict[str, Any]]:
    """The survey's paths and limits as data, for the script that walks them (offline-routes.js)."""
    return [
        {
            "id": page.id,
            "show_if": rule(page.show_if),
            "questions": [rules_of(survey, page, question) for question in page.questions],
        }
        for page in survey.all_pages
    ]


def rules_of(survey: Survey, page: Page, question: Question) -> dict[str, Any]:
    kept = {
        "id": question.id,
        "type": question.type,
        "show_if": rule(question.show_if),
        "most": LONGEST.get(question.type),
        "low": (SMALLEST if question.min is None else question.min) if question.type == "number" else None,
        "high": (LARGEST if question.max is None else question.max) if question.type == "number" else None,
        "none": question.none_of_these,
        "choices": question.most,
        "slips": slips(survey, page, question),
    }
    return {name: value for name, value in kept.items() if value is not None}


def rule(show_if: ShowIf | None) -> dict[str, Any] | None:
    return show_if.model_dump(by_alias=True) if show_if else None


def slips(survey: Survey, page: Page, question: Question) -> list[str]:
    """What the page's own form says to each slip that can be made: one wording, offline too."""
    name = question.id
    tries: list[dict[str, Any]] = []
    if question.type == "number":
        tries = [{name: "?"}]
    elif question.type == "month":
        tries = [{f"{name}-month": "1"}, {f"{name}-month": "1", f"{name}-year": "1"}]
    elif question.none_of_these or question.most:
        tries = [{name: [option.id for option in question.options]}]
    return [said_to(survey, page, name, slip) for slip in tries]


def said_to(survey: Survey, page: Page, name: str, slip: dict[str, Any]) -> str:
    form = PageForm(survey, page, MultiDict(slip))
    form.validate()
    return next(str(field.errors[0]) for field in form if field.name == name)

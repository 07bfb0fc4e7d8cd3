"""One person's way through a survey: their draft, the version it was begun in, the words to show."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import abort
from flask_babel import gettext as _

from feedback.store import drafts, responses, surveys
from feedback.store.responses import Outcome
from feedback.store.surveys import PublishedSurvey
from feedback.survey import routing
from feedback.survey.definition import Survey
from feedback.survey.edition import Wording
from feedback.survey.parts import Page
from feedback.web import languages
from feedback.web.current import store
from feedback.web.posted import Refusal, posted
from feedback.web.signing import Forged

from . import draft_cookie, form_token

# In a draft, beside the questions; no question can be called that.
READERS = "@who"
MODE, INVITATION = "@mode", "@invitation"  # on a shared screen; the hash of the code that was brought
KIOSK = "kiosk"  # as a mode
AMENDS, WAS, RECEIPT = "@amends", "@was", "@receipt"  # which sent response it changes, how that was, its code
DAY, HALF_AN_HOUR, A_WEEK = 24 * 3600, 30 * 60, 7


@dataclass(frozen=True)
class Problem:
    text: str
    field: str | None = None
    status: int = 422


@dataclass
class Walk:
    survey: PublishedSurvey
    key: bytes
    answers: dict[str, Any] = field(default_factory=dict)
    kept: bool = False  # there is a draft at the server
    kept_until: int | None = None  # seconds since 1970, where it was there when we looked
    cleared: bool = False  # there was one, and it is gone
    problem: Problem | None = None  # why nothing of what was posted may be used
    outcome: Outcome | None = None  # it has been sent already

    @property
    def slug(self) -> str:
        return self.definition.slug

    @property
    def definition(self) -> Survey:
        return self.survey.definition

    @property
    def sensitive(self) -> bool:
        return self.definition.sensitive

    @property
    def wording(self) -> Wording:
        return wording(self.survey, languages.language())

    @property
    def token(self) -> str:
        return form_token.make(self.slug, self.key, self.survey.version_id, self.kept)

    @property
    def seconds_left(self) -> int:
        """Until what is kept at the server is cleared, if nothing is done meanwhile."""
        return max(0, (self.kept_until or 0) - int(time.time()))

    @property
    def on_path(self) -> dict[str, Any]:
        return routing.on_path(self.definition, self.answers)

    @property
    def amends(self) -> str | None:
        """The id of the sent response that these answers are to take the place of."""
        return self.answers.get(AMENDS)

    @property
    def can_return(self) -> bool:
        """Whether it has a code of its own to be found by. A change has not: what was sent has one."""
        return self.definition.save_and_return and not self.amends

    @property
    def readers(self) -> str | None:
        return self.answers.get(READERS)

    def page(self, page_id: str) -> Page:
        return self.definition.page(page_id) or abort(404)

    def keep(self, answers: dict[str, Any]) -> None:
        now, version = int(time.time()), self.survey.version_id
        until = kept_until(self.definition, now)
        self.answers = drafts.save_page(
            store(), self.key, version, answers, now, until - now,
            can_return=self.can_return and AMENDS not in answers,
            lives_on=self.sensitive,  # half an hour is short for who writes slowly
        )  # fmt: skip
        if self.sensitive or not self.kept:
            self.kept_until = until
        self.kept = True


def kept_until(survey: Survey, now: int) -> int:
    """When an unsent draft goes: the day that people are told is its last is theirs to the end."""
    if survey.sensitive:
        return now + HALF_AN_HOUR  # from its last page on
    last_day = datetime.fromtimestamp(now + days_kept(survey) * DAY)
    return int(last_day.replace(hour=23, minute=59, second=59).timestamp())


def lifetime(survey: Survey) -> int:
    """No draft is kept for more seconds than these."""
    return HALF_AN_HOUR if survey.sensitive else (days_kept(survey) + 1) * DAY


def days_kept(survey: Survey) -> int:
    return survey.draft_days or A_WEEK


@lru_cache(maxsize=256)
def wording(survey: PublishedSurvey, language: str) -> Wording:
    return survey.wording(language)


def find_survey(slug: str) -> PublishedSurvey:
    return speak(surveys.find(store(), slug) or abort(404))


def speak(survey: PublishedSurvey) -> PublishedSurvey:
    languages.offer_languages(survey.languages, survey.definition.default_language)
    return survey


def begin(survey: PublishedSurvey) -> Walk:
    return Walk(survey, secrets.token_bytes(32))


def resume(survey: PublishedSurvey, key: bytes) -> Walk:
    """The draft that a key opens, in the version it was begun in; empty where there is none."""
    draft = drafts.load(store(), key, time.time())
    if draft is None:
        return Walk(survey, key)
    if draft.version_id != survey.version_id:
        survey = speak(surveys.find_version(store(), draft.version_id))
    return Walk(survey, key, draft.answers, kept=True, kept_until=draft.expires_at)


def from_cookie(survey: PublishedSurvey) -> Walk | None:
    """Whoever this browser says is answering; None where it says nothing, or nothing that still counts."""
    slug = survey.definition.slug
    held = draft_cookie.read(slug)
    if held is None or (not held.sent and held.age > lifetime(survey.definition)):
        return None
    if held.sent:
        return Walk(survey, held.key, outcome=Outcome(None, first=False, same_words=True))
    return resume(survey, held.key)


def from_form(survey: PublishedSurvey) -> Walk:
    """Whose answers a form brings, by its token. Never refuses without a way to go on: see `problem`."""
    slug = survey.definition.slug
    problem = refused(posted().refusal)
    held, token = None, None
    try:
        held = draft_cookie.read(slug)
    except Forged:
        problem = not_ours()
    try:
        token = form_token.read(slug, posted().fields.get("token", ""))
    except Forged:
        problem = problem or not_ours()
    if problem or token is None:
        return afresh(survey, problem, token.key if token else held.key if held and not held.sent else None)
    walk = resume(survey, token.key)
    if not walk.kept:
        if token.version_id != survey.version_id:
            walk.survey = speak(surveys.find_version(store(), token.version_id))
        walk.outcome = responses.became_of(store(), token.key)
        walk.cleared = token.kept
        if token.age > lifetime(survey.definition):  # an old form opens no old draft
            walk.key = secrets.token_bytes(32)
    return walk


def afresh(survey: PublishedSurvey, problem: Problem | None, key: bytes | None) -> Walk:
    walk = resume(survey, key) if key else begin(survey)
    walk.problem = problem
    return walk


def not_ours() -> Problem:
    return Problem(
        _("We could not tell that this came from our own page, so nothing was saved. Please send it again."),
        status=400,
    )


def refused(refusal: Refusal | None) -> Problem | None:
    if refusal is None:
        return None
    texts = {
        Refusal.TOO_LARGE: _(
            "That is more than we can take at once. Nothing was saved. Please make it shorter."
        ),
        Refusal.TOO_MANY_FIELDS: _("That held more answers than this page has. Nothing was saved."),
        Refusal.NOT_TEXT: _("Some signs in it could not be read. Nothing was saved. Please look through it."),
    }
    return Problem(texts[refusal], status=refusal.value)

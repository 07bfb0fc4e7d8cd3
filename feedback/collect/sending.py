"""Sending, and the thank-you page: once per draft, however often it is asked for."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from flask import make_response, redirect, url_for
from werkzeug.wrappers import Response

from feedback.store import amendments, responses
from feedback.store.responses import Outcome, Submission
from feedback.store.surveys import PublishedSurvey
from feedback.survey.forms import PageForm
from feedback.survey.parts import WORDS
from feedback.survey.reading_choice import ReadingChoice
from feedback.web.current import store
from feedback.web.languages import language, spoken
from feedback.web.posted import posted
from feedback.web.signing import Forged

from . import draft_cookie, form_token, pages
from .recorded import recorded
from .walk import INVITATION, MODE, RECEIPT, WAS, Walk

FIRST_KEPT, WITHDRAWN, CHANGED = "first_kept", "withdrawn", "changed"  # notes on the sent page
SHOWN_FOR = 30 * 60  # seconds in which a reload shows the receipt again


def send(walk: Walk) -> Response:
    """Raises ChangedElsewhere where it changes a response that another change came to first."""
    if walk.amends:
        receipt, was = walk.answers[RECEIPT], walk.answers[WAS]
        outcome = amendments.amend(store(), submission(walk), walk.amends, receipt, was, date.today())
        return thank(walk, outcome, CHANGED if outcome.receipt else WITHDRAWN)
    outcome = responses.submit(store(), submission(walk))
    return thank(walk, outcome, note_on(outcome))


def submission(walk: Walk) -> Submission:
    answers = walk.on_path
    edition = walk.survey.edition(language())
    types = {question.id: question.type for question in walk.definition.all_questions}
    words = {name: value for name, value in answers.items() if types[name] in WORDS}
    return Submission(
        key=walk.key,
        survey_id=walk.survey.survey_id,
        version_id=walk.survey.version_id,
        edition_id=edition.id if edition else None,
        language=spoken(language()),
        mode=walk.answers.get(MODE, "self"),
        received_on=date.today(),
        reading_choice=ReadingChoice.from_answer(walk.readers),
        service=next((answers[name] for name in answers if types[name] == "service"), None),
        words=words,
        answers={name: value for name, value in answers.items() if name not in words},
        voices={question: held.digest for question, held in recorded(walk).items()},
        invitation=bytes.fromhex(walk.answers.get(INVITATION, "")) or None,
    )


def note_on(outcome: Outcome) -> str:
    if outcome.receipt is None:
        return WITHDRAWN
    return "" if outcome.same_words else FIRST_KEPT


def thank(walk: Walk, outcome: Outcome, note: str) -> Response:
    """Only ever after the commit."""
    if draft_cookie.is_there(walk.slug):
        response: Response = redirect(url_for("collect.sent", slug=walk.slug), 303)
    else:  # no cookie, so a redirect would lose the receipt
        response = make_response(thank_you_page(walk, outcome.receipt, note))
    return draft_cookie.hold(response, walk.slug, walk.key, sent=True, note=note)


def already_sent(walk: Walk, late: PageForm | None = None) -> Response:
    """A page that comes back after sending: the first words stay, and late ones are given back."""
    assert walk.outcome is not None
    words = [field.typed for field in late or () if field.question.type in WORDS and field.data]
    if not words:
        return thank(walk, walk.outcome, note_on(walk.outcome))
    note = FIRST_KEPT if walk.outcome.receipt else WITHDRAWN
    code = None if walk.sensitive else walk.outcome.receipt
    response = make_response(pages.show_sent(walk, code, note, offered=walk.sensitive, words=words))
    return draft_cookie.hold(response, walk.slug, walk.key, sent=True, note=note)


def thank_you_page(walk: Walk, receipt: str | None, note: str) -> str:
    if walk.sensitive:
        return pages.show_sent(walk, None, note, offered=receipt is not None)
    return pages.show_sent(walk, receipt, note)


def show_again(survey: PublishedSurvey) -> str | None:
    """On a reload: with the receipt for half an hour, then never again. None for who sent nothing."""
    try:
        held = draft_cookie.read(survey.definition.slug)
    except Forged:
        return None
    if held is None or not held.sent:
        return None
    walk = Walk(survey, held.key, outcome=responses.became_of(store(), held.key))
    if walk.outcome is None:
        return None
    receipt = walk.outcome.receipt if held.age < SHOWN_FOR else None
    return thank_you_page(walk, receipt, WITHDRAWN if walk.outcome.receipt is None else held.note)


def show_when_asked(survey: PublishedSurvey) -> str | None:
    """A sensitive survey's receipt, by the form that offered it. None for who sent nothing."""
    try:
        token = form_token.read(survey.definition.slug, posted().fields.get("token", ""))
    except Forged:
        return None
    outcome = responses.became_of(store(), token.key)
    if outcome is None:
        return None
    receipt = outcome.receipt if token.age < SHOWN_FOR else None
    return pages.show_sent(Walk(survey, token.key), receipt, note_on(outcome))


def keys_at_hand(slug: str) -> set[bytes]:
    """Whatever draft this browser still knows, by its form or by its cookie."""
    keys = set()
    with suppress(Forged):
        keys.add(form_token.read(slug, posted().fields.get("token", "")).key)
    with suppress(Forged):
        held = draft_cookie.read(slug)
        keys |= {held.key} if held else set()
    return keys

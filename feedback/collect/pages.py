"""What a person sees at each step of a survey. Rendering only: the routes decide what happens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template, request
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from feedback.store import receipt_code
from feedback.store.receipts import derive_receipt
from feedback.survey import routing
from feedback.survey.edition import Phrase
from feedback.survey.forms import PageForm
from feedback.survey.parts import Page
from feedback.web.current import store
from feedback.web.headers import plays_sound, records_sound
from feedback.web.languages import in_the_pickers_order

from . import draft_cookie, guard
from .aloud import read_aloud
from .recorded import MOST_BYTES, MOST_SECONDS, heard_at, recorded
from .shown import readers_label, readers_steps, said_and_unsaid, shown_answers
from .walk import Problem, Walk, days_kept

NOTES = {
    "cleared": lambda: _(
        "Your earlier answers were cleared, to keep them safe: too much time had passed. "
        "You can go on, or begin again."
    ),
    "kept_words": lambda: _(
        "Your earlier answers were cleared, to keep them safe: too much time had passed. "
        "What you wrote just now is kept."
    ),
    "taken_out": lambda: _("It is taken out. Press “Send” when you are ready."),
    "kept_for_later": lambda: _("Your answers are kept. This phone no longer shows them."),
    "cookies": lambda: _(
        "Your phone did not let us keep your place. Allow this site to keep a cookie, then begin again. "
        "It holds a random number, nothing about you, and goes when you close the browser."
    ),
}


def show_question(
    walk: Walk,
    page: Page,
    form: PageForm | None = None,
    note: str | None = None,
    problem: Problem | None = None,
) -> str:
    earlier = {} if walk.sensitive else walk.answers
    again = form is not None
    form = form or PageForm(walk.definition, page, answers=earlier)
    rules = walk.on_path
    shown = [
        field for field in form if routing.holds(field.question.show_if, rules) or (again and field.typed)
    ]
    problems = [problem] if problem else []
    problems += [Problem(error, field.first_control) for field in shown for error in field.errors]
    path = [each.id for each in routing.path(walk.definition, walk.answers)]
    return render_template(
        "collect/question.html",
        **common(walk, note),
        page=page,
        fields=shown,
        problems=problems,
        number=path.index(page.id) + 1 if page.id in path else None,
        total=len(path) + 1,
        answered_before=walk.sensitive and any(field.name in walk.answers for field in shown),
        aloud=read_aloud(walk),
        heard=own_recordings(walk),
        records=voice_here(walk, page),
        most_seconds=MOST_SECONDS,
        most_bytes=MOST_BYTES,
        months=list(get_locale().months["stand-alone"]["wide"].values()),
    )


def show_who(walk: Walk, chosen: str | None = None, problem: Problem | None = None) -> str:
    path = routing.path(walk.definition, walk.answers)
    return render_template(
        "collect/who.html",
        **common(walk),
        steps=readers_steps(walk.definition),
        has_recordings=bool(recorded(walk)),
        chosen=chosen or (None if walk.sensitive else walk.readers),
        problems=[problem] if problem else [],
        number=len(path) + 1,
        total=len(path) + 1,
    )


def show_check(walk: Walk, problem: Problem | None = None, note: str | None = None) -> str:
    asked = {
        question.id: page
        for page in routing.path(walk.definition, walk.answers)
        for question in routing.questions_shown(page, walk.on_path)
    }
    heard = own_recordings(walk)
    said, unsaid = said_and_unsaid(shown_answers(walk.definition, asked, walk.wording, walk.on_path), heard)
    return render_template(
        "collect/check.html",
        **common(walk, note),
        by_form=not draft_cookie.is_there(walk.slug),
        found=guard.findings(walk),
        seal=guard.seal(walk),
        said=said,
        unsaid=unsaid,
        heard=heard,
        readers=readers_label(walk.definition, walk.readers),
        problems=[problem] if problem else [],
    )


def show_code_to_return(walk: Walk) -> str:
    """`walk` is kept at the server: its code opens it again, here or on another phone."""
    until = datetime.fromtimestamp(walk.kept_until or 0)
    return render_template(
        "collect/come_back.html",
        **common(walk),
        code=receipt_code.in_groups(derive_receipt(store(), walk.key)),
        until=format_date(until),
    )


def show_sent(walk: Walk, code: str | None, state: str, offered: bool = False, words: Any = ()) -> str:
    """`offered`: a sensitive survey's receipt, behind a button. `words`: what came too late to be kept."""
    return render_template(
        "collect/sent.html",
        **common(walk),
        code=receipt_code.in_groups(code) if code else None,
        state=state,
        offered=offered,
        late_words=words,
    )


def common(walk: Walk, note: str | None = None) -> dict[str, Any]:
    note = note or request.args.get("note")
    return {
        "note": NOTES[note]() if note in NOTES else None,
        "walk": walk,
        "slug": walk.slug,
        "survey": walk.definition,
        "languages": in_the_pickers_order(walk.survey.languages),
        "say": walk.wording,
        "say_option": say_option(walk),
        "sensitive": walk.sensitive,
        "days_kept": days_kept(walk.definition),
    }


def own_recordings(walk: Walk) -> dict[str, str]:
    """By question, where its teller can listen to what they said."""
    heard = heard_at(walk.slug, recorded(walk))
    if heard:
        plays_sound()
    return heard


def voice_here(walk: Walk, page: Page) -> bool:
    if not walk.definition.voice or not any(each.type == "long_text" for each in page.questions):
        return False
    records_sound()
    return True


def say_option(walk: Walk) -> Any:
    """The label of an option or of a service; services have one name in every language."""

    def label(question: Any, choice: str) -> Phrase | None:
        if question.type == "service":
            service = walk.definition.service(choice)
            return Phrase(service.name, walk.definition.default_language) if service else None
        return walk.wording(f"questions.{question.id}.options.{choice}")

    return label

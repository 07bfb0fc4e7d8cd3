"""The page before the first question, and what people bring to it: a service, an invitation."""

from __future__ import annotations

import time
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _

from feedback.store import guesses, invitations
from feedback.survey.definition import Survey
from feedback.web import kiosk
from feedback.web.current import store
from feedback.web.posted import posted

from . import pages
from .walk import INVITATION, KIOSK, MODE, Problem, Walk

MOST_TYPED = 100


def show_start(walk: Walk, problem: Problem | None = None) -> str:
    return render_template(
        "collect/start.html",
        **pages.common(walk),
        service=chosen_service(walk.definition, request.values.get("service")),
        invites=invitations.are_there(store(), walk.survey.survey_id),
        problems=[problem] if problem else [],
    )


def chosen_service(survey: Survey, asked: str | None) -> str | None:
    """One of the survey's own services. A sensitive survey takes none: an address would tell which."""
    return asked if asked and not survey.sensitive and survey.service(asked) else None


def brought_along(walk: Walk) -> dict[str, Any] | Problem:
    """What the draft begins with, or why the invitation can't be taken."""
    brought: dict[str, Any] = {}
    service = chosen_service(walk.definition, posted().fields.get("service"))
    if kiosk.here() == walk.slug:
        brought[MODE] = KIOSK
    if typed := posted().fields.get("invitation", "").strip():
        found = find_invitation(walk, typed)
        if isinstance(found, Problem):
            return found
        brought[INVITATION] = found.code_hash.hex()
        service = chosen_service(walk.definition, found.service) or service
    return brought | preset(walk.definition, service)


def find_invitation(walk: Walk, typed: str) -> invitations.Found | Problem:
    code = invitations.read(typed[:MOST_TYPED])
    if code is None:
        return Problem(
            _(
                "That code has a slip in it somewhere. It has 12 letters and numbers. "
                "Please look at it again."
            ),
            "invitation",
        )
    if guesses.too_many(store(), request.remote_addr, time.time()):
        abort(429)
    found = invitations.find_unused(store(), walk.survey.survey_id, code)
    if found is None:
        guesses.missed(store(), request.remote_addr, time.time())
        return Problem(
            _("This code can’t be used here, or not any more. Empty the box, and tell us without it."),
            "invitation",
        )
    return found


def preset(survey: Survey, service: str | None) -> dict[str, str]:
    """The service as an answer already given; the person can change it as any other."""
    asked = next((question for question in survey.questions if question.type == "service"), None)
    return {asked.id: service} if asked and service else {}

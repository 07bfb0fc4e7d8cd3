"""What a person said instead of writing it, as their own pages name it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from feedback.store import recordings
from feedback.store.recordings import Held
from feedback.survey import routing
from feedback.web.current import store
from feedback.web.signing import sign_for

from .walk import Walk

PURPOSE = "recording"
MOST_SECONDS = 5 * 60
MOST_BYTES = 10 * 1024 * 1024


def recorded(walk: Walk) -> dict[str, Held]:
    """By question, of those that are asked on the person's path."""
    if not walk.definition.voice or not walk.kept:
        return {}
    path = routing.path(walk.definition, walk.answers)
    asked = {each.id for page in path for each in routing.questions_shown(page, walk.on_path)}
    held = recordings.of_draft(store(), walk.key)
    return {question: each for question, each in held.items() if question in asked}


def heard_at(slug: str, held: Mapping[str, Held]) -> dict[str, str]:
    """By question, where its teller can listen, for a while: a signed address, that holds no code."""
    return {
        question: url_for("voice.listen", slug=slug, signed=sign_for(PURPOSE, slug, each.id))
        for question, each in held.items()
    }

"""Stopping before sending, and going on with the code: here, or on another phone."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from feedback.store import amendments, drafts, recordings, surveys
from feedback.store.drafts import FoundDraft
from feedback.web.access import public
from feedback.web.current import store

from . import draft_cookie, pages
from .receipt import code_given, look_up, mistyped, not_found, unsent_draft
from .steps import arrive, first_open, go
from .walk import AMENDS, READERS, RECEIPT, WAS, Walk, begin, find_survey, resume, speak

coming_back = Blueprint("coming_back", __name__)


@coming_back.get("/s/<slug>/come-back")
@public
def show_code(slug: str) -> ResponseReturnValue:
    found = arrive(slug)
    if not isinstance(found, Walk):
        return found
    if not found.kept or not found.can_return:
        return redirect(url_for("collect.start", slug=slug), 303)
    return pages.show_code_to_return(found)


@coming_back.get("/s/<slug>/go-on")
@public
def go_on(slug: str) -> ResponseReturnValue:
    found = arrive(slug)
    return go(found, first_open(found)) if isinstance(found, Walk) else found


@coming_back.post("/s/<slug>/stop-here")
@public
def stop_here(slug: str) -> ResponseReturnValue:
    """This browser forgets whose answers it held, so the next person at it sees nothing of them."""
    find_survey(slug)
    gone_on = redirect(url_for("collect.start", slug=slug, note="kept_for_later"), 303)
    return draft_cookie.let_go(gone_on, slug)


@coming_back.post("/receipt/go-on")
@public
def go_on_with_code() -> ResponseReturnValue:
    found = unsent_draft()
    if not isinstance(found, FoundDraft):
        return found
    walk = resume(speak(surveys.find_version(store(), found.version_id)), found.key)
    return go(walk, first_open(walk))


@coming_back.post("/receipt/change")
@public
def change_with_code() -> ResponseReturnValue:
    """What was sent, in the version it was sent in, to correct or to add to."""
    code = code_given()
    if code is None:
        return mistyped()
    sent, _unsent = look_up(code)
    was = amendments.state_of(store(), sent.id) if sent else None
    if sent is None or was is None:
        return not_found()
    walk = begin(speak(surveys.find_version(store(), sent.version_id)))
    if walk.sensitive:  # its words are never shown again
        return not_found()
    of_draft = {READERS: sent.reading_choice.answer, AMENDS: sent.id, WAS: was, RECEIPT: code}
    walk.keep(sent.answers | sent.words | of_draft)
    recordings.copy_to_draft(store(), sent.id, walk.key)
    return go(walk, "check")


@coming_back.post("/receipt/delete")
@public
def delete_with_code() -> ResponseReturnValue:
    found = unsent_draft()
    if not isinstance(found, FoundDraft):
        return found
    drafts.drop(store(), found.key)
    return redirect(url_for("coming_back.deleted"), 303)


@coming_back.get("/receipt/deleted")
@public
def deleted() -> ResponseReturnValue:
    return render_template("collect/deleted.html")

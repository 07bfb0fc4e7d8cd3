"""One person after another on one screen: each starts anew, and none finds anything of the last."""

from __future__ import annotations

import time

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from feedback.store import drafts
from feedback.web.access import public
from feedback.web.current import store
from feedback.web.kiosk import here, turn
from feedback.web.kiosk import start as start_turn
from feedback.web.posted import posted
from feedback.web.signing import Forged

from . import draft_cookie, form_token, kiosk_kept, pages
from .start_page import show_start
from .walk import KIOSK, MODE, Walk, find_survey

kiosk = Blueprint("kiosk", __name__)
BEGINNINGS = {"collect.start", "collect.notice"}


@kiosk.get("/kiosk/<slug>")
@public
def anew(slug: str) -> ResponseReturnValue:
    """Languages first. Whoever was here before is forgotten, without a script too."""
    walk = Walk(find_survey(slug), b"")
    was_here = forget_whoever_was_here(slug)
    if here() != slug:
        off = make_response(render_template("collect/kiosk_off.html", **pages.common(walk)), 403)
        return draft_cookie.let_go(off, slug) if was_here else off
    keeps = kiosk_kept.keeps(walk)
    if not keeps and len(pages.common(walk)["languages"]) == 1:
        return for_the_next(redirect(url_for("kiosk.start", slug=slug), 303), slug)
    page = render_template("collect/kiosk.html", **pages.common(walk), keeps=keeps)
    return for_the_next(make_response(page), slug)


@kiosk.get("/kiosk/<slug>/kept")
@public
def to_keep(slug: str) -> ResponseReturnValue:
    """The first screen for the tablet's own keeping, which forgets nobody: someone may have begun by then."""
    walk = Walk(find_survey(slug), b"")
    keeps = kiosk_kept.keeps(walk) if here() == slug else ()
    return render_template("collect/kiosk.html", **pages.common(walk), keeps=keeps) if keeps else abort(404)


@kiosk.get("/kiosk/<slug>/start")
@public
def start(slug: str) -> ResponseReturnValue:
    if here() != slug:
        return redirect(url_for("kiosk.anew", slug=slug), 303)
    return show_start(Walk(find_survey(slug), b""))


def for_the_next(response: Response, slug: str) -> Response:
    return start_turn(draft_cookie.let_all_go(response), slug)


@kiosk.before_app_request
def keep_people_apart() -> ResponseReturnValue | None:
    """On a kiosk its survey alone begins, at its first screen; a form of somebody before opens nothing.

    Another survey's answers, opened with their code, can be read and changed.
    """
    shared = here()
    if shared is None or request.blueprint not in {"collect", "coming_back", "receipt"}:
        return None
    slug = (request.view_args or {}).get("slug")
    begins = request.endpoint in BEGINNINGS
    begins_another = request.endpoint == "collect.begin_walk" and slug != shared
    if begins or begins_another or (request.method == "POST" and is_of_somebody_else(slug)):
        return redirect(url_for("kiosk.anew", slug=shared, lang=None), 303)
    return None


def is_of_somebody_else(slug: str | None) -> bool:
    """A form that the browser sends once more, on its way back through what was left behind."""
    if slug is None:  # with a code, which opens words
        return posted().fields.get("turn") != turn()
    if "token" not in posted().fields:
        return False
    try:
        held = draft_cookie.read(slug)
        return held is None or held.key != form_token.read(slug, posted().fields["token"]).key
    except Forged:
        return True


def forget_whoever_was_here(slug: str) -> bool:
    """Their unsent answers go, but not those that they opened here with a code: it opens them again.

    Nor those that were sent and still wait on the tablet: then its script says `waits`.
    """
    try:
        held = draft_cookie.read(slug)
    except Forged:
        return False
    draft = drafts.load(store(), held.key, time.time()) if held else None
    if held is None or draft is None or draft.answers.get(MODE) != KIOSK:
        return False
    if "waits" not in request.args:
        drafts.drop(store(), held.key)
    return True

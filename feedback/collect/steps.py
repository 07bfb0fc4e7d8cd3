"""From one step of a walk to the next, with a cookie and without."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from feedback.survey import routing
from feedback.survey.parts import Page
from feedback.web.posted import posted
from feedback.web.signing import Forged, read_for, sign_for

from . import draft_cookie, pages
from .recorded import recorded
from .walk import Walk, find_survey, from_cookie

# No page of a survey can have this name: theirs hold no dash.
LATER = "come-back"
SECONDS_TO_BEGIN = 60  # a slow phone's, from "Begin" to the first question
OWN_STEPS = {"who": "collect.who", "check": "collect.check", LATER: "coming_back.show_code"}


def arrive(slug: str) -> Walk | Response:
    """The walk this browser is on, or where to send it instead."""
    survey = find_survey(slug)
    try:
        walk = from_cookie(survey)
    except Forged:
        response = make_response(render_template("errors/forged.html", slug=slug), 400)
        return draft_cookie.let_go(response, slug)
    if walk is None:
        # A sensitive survey doesn't tell whoever comes back to this phone that someone had begun.
        note = "cookies" if has_just_begun(slug) else None if survey.definition.sensitive else "cleared"
        return redirect(url_for("collect.start", slug=slug, note=note), 303)
    if walk.outcome:
        return redirect(url_for("collect.sent", slug=slug), 303)
    return walk


def just_begun(slug: str) -> str:
    """For the first question's address: whoever comes there without a cookie has a phone that keeps none."""
    return sign_for("just begun", slug)


def has_just_begun(slug: str) -> bool:
    """Later the same address means that somebody left, and pressed Back."""
    try:
        _values, age = read_for("just begun", slug, request.args.get("begun", ""))
    except Forged:
        return False
    return age < SECONDS_TO_BEGIN


def stops_here(walk: Walk) -> bool:
    return "later" in posted().fields and walk.can_return and walk.kept


def first_open(walk: Walk) -> str:
    """Where to go on: the first page on the path that nothing was said on."""
    path = routing.path(walk.definition, walk.answers)
    said = {*walk.answers, *recorded(walk)}
    unsaid = [page for page in path if not any(each.id in said for each in page.questions)]
    return unsaid[0].id if unsaid else "check"


def next_step(walk: Walk, page: Page) -> str:
    following = routing.next_page(walk.definition, walk.answers, page.id)
    return following.id if following else "who"


def step_before(walk: Walk, page_id: str) -> str | None:
    earlier = routing.previous_page(walk.definition, walk.answers, page_id)
    return earlier.id if earlier else None


def address(walk: Walk, step: str | None, note: str | None = None) -> str:
    if step is None:
        return url_for("collect.start", slug=walk.slug, note=note)
    if step in OWN_STEPS:
        return url_for(OWN_STEPS[step], slug=walk.slug, note=note)
    return url_for("collect.question", slug=walk.slug, page_id=step, note=note)


def go(walk: Walk, step: str | None, note: str | None = None) -> Response:
    """On to a step. Without a cookie there is no following a redirect, so the step itself is the answer."""
    if step is None or draft_cookie.is_there(walk.slug):
        return draft_cookie.hold(redirect(address(walk, step, note), 303), walk.slug, walk.key)
    if step == "who":
        return held(walk, pages.show_who(walk))
    if step == "check":
        return held(walk, pages.show_check(walk, note=note))
    if step == LATER:
        return held(walk, pages.show_code_to_return(walk))
    return held(walk, pages.show_question(walk, walk.page(step), note=note))


def held(walk: Walk, html: str, status: int = 200) -> Response:
    return draft_cookie.hold(make_response(html, status), walk.slug, walk.key)

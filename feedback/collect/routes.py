"""From the first page to the thank-you: thin routes over the walk and its pages."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback.store import drafts, receipt_code, recordings
from feedback.store.amendments import ChangedElsewhere
from feedback.store.receipts import derive_receipt
from feedback.survey import routing
from feedback.survey.forms import PageForm
from feedback.survey.parts import WORDS, Page
from feedback.survey.reading_choice import ReadingChoice
from feedback.web.access import public
from feedback.web.current import store
from feedback.web.posted import keeps_words, posted

from . import draft_cookie, guard, pages, sending
from .embed import is_framed
from .recorded import recorded
from .start_page import brought_along, show_start
from .steps import LATER, address, arrive, go, held, just_begun, next_step, step_before, stops_here
from .walk import READERS, RECEIPT, WAS, Problem, Walk, begin, find_survey, from_form

collect = Blueprint("collect", __name__)
CONTROLS = {"token", "back", "later", "forget-page", "speak", "drop-voice"}  # no question's id


@collect.get("/s/<slug>")
@public
def start(slug: str) -> ResponseReturnValue:
    """Always clean: it looks at no cookie, so the next person at a shared phone sees nothing of the last."""
    walk = Walk(find_survey(slug), b"")
    return render_template("collect/safe.html", **pages.common(walk)) if walk.sensitive else show_start(walk)


@collect.get("/s/<slug>/notice")
@public
def notice(slug: str) -> ResponseReturnValue:
    """Where a sensitive survey's start page goes on, once it is safe."""
    walk = Walk(find_survey(slug), b"")
    if not walk.sensitive:
        return redirect(url_for("collect.start", slug=slug), 303)
    return show_start(walk)


@collect.post("/s/<slug>/begin")
@public
def begin_walk(slug: str) -> ResponseReturnValue:
    walk = begin(find_survey(slug))
    brought = brought_along(walk)
    if isinstance(brought, Problem):
        return show_start(walk, brought), brought.status
    if brought:
        walk.keep(brought)
    first = walk.definition.pages[0].id
    if is_framed():  # the other site's page lets no cookie through, so there is no following a redirect
        return held(walk, pages.show_question(walk, walk.page(first)))
    response = redirect(url_for("collect.question", slug=slug, page_id=first, begun=just_begun(slug)), 303)
    return draft_cookie.hold(response, slug, walk.key)


@collect.get("/s/<slug>/<page_id>")
@public
def question(slug: str, page_id: str) -> ResponseReturnValue:
    found = arrive(slug)
    if not isinstance(found, Walk):
        return found
    page = found.page(page_id)
    path = routing.path(found.definition, found.answers)
    first = page == found.definition.pages[0]
    note = None if found.kept or first else "cleared"
    if page not in path:
        return redirect(address(found, next_step(found, page), note), 303)
    return pages.show_question(found, page, note=note)


@collect.get("/s/<slug>/who")
@public
def who(slug: str) -> ResponseReturnValue:
    found = arrive(slug)
    return pages.show_who(found) if isinstance(found, Walk) else found


@collect.get("/s/<slug>/check")
@public
def check(slug: str) -> ResponseReturnValue:
    found = arrive(slug)
    return pages.show_check(found) if isinstance(found, Walk) else found


@collect.post("/s/<slug>/<page_id>")
@public
@keeps_words
def answer(slug: str, page_id: str) -> ResponseReturnValue:
    walk = from_form(find_survey(slug))
    page = walk.page(page_id)
    form = PageForm(walk.definition, page, posted().fields)
    problem = walk.problem
    if problem is None and set(posted().fields) - form.names() - CONTROLS:
        problem = Problem(_("That held answers to questions we did not ask. Nothing was saved."), status=400)
    if problem:
        return held(walk, pages.show_question(walk, page, form, problem=problem), problem.status)
    if walk.outcome:
        return sending.already_sent(walk, late=form)
    if "speak" in posted().fields:
        return in_another_language(walk, page, form)
    if not form.validate() or gives_code_away(walk, form):
        return held(walk, pages.show_question(walk, page, form), 422)
    walk.keep(kept_values(walk, form))
    for question_id in posted().fields.getlist("drop-voice"):
        recordings.drop(store(), walk.key, question_id)
    if walk.cleared:
        path = routing.path(walk.definition, walk.answers)
        return go(walk, next_step(walk, page) if page in path else path[0].id, "kept_words")
    if stops_here(walk):
        return go(walk, LATER)
    if "back" in posted().fields:
        return go(walk, step_before(walk, page_id))
    return go(walk, "check" if request.args.get("to") == "check" else next_step(walk, page))


@collect.post("/s/<slug>/who")
@public
@keeps_words
def choose_readers(slug: str) -> ResponseReturnValue:
    walk = from_form(find_survey(slug))
    chosen = posted().fields.get("readers") or None
    if walk.problem:
        return held(walk, pages.show_who(walk, chosen, walk.problem), walk.problem.status)
    if walk.outcome:
        return sending.already_sent(walk)
    if chosen not in {None, *(step.answer for step in ReadingChoice)}:
        problem = Problem(_("Please choose one of the answers below, or leave them all."), "readers-1")
        return held(walk, pages.show_who(walk, problem=problem), problem.status)
    if chosen or not walk.sensitive:
        walk.keep({READERS: chosen})
    if "speak" in posted().fields:
        return held(walk, pages.show_who(walk, chosen))
    if stops_here(walk):
        return go(walk, LATER)
    if "back" in posted().fields:
        return go(walk, step_before(walk, "who"))
    return go(walk, "check", "cleared" if walk.cleared else None)


@collect.post("/s/<slug>/check")
@public
@keeps_words
def send(slug: str) -> ResponseReturnValue:
    walk = from_form(find_survey(slug))
    if walk.problem:
        return held(walk, pages.show_check(walk, walk.problem), walk.problem.status)
    if walk.outcome:
        return sending.already_sent(walk)
    if stops_here(walk):
        return go(walk, LATER)
    if "back" in posted().fields:
        return go(walk, "who")
    if walk.cleared:
        return go(walk, walk.definition.pages[0].id, "cleared")
    if "speak" in posted().fields:
        return held(walk, pages.show_check(walk))
    if page_id := posted().fields.get("go-to"):
        return go(walk, page_id if page_id == "who" else walk.page(page_id).id)
    if not walk.on_path and not recorded(walk):
        problem = Problem(_("You have not answered anything yet, so there is nothing to send."))
        return held(walk, pages.show_check(walk, problem), problem.status)
    if {"take-out", "take-out-now"} & set(posted().fields):  # with something ticked, Send takes it out too
        return take_out(walk)
    try:
        return sending.send(walk)
    except ChangedElsewhere as other:
        walk.keep({WAS: other.now})
        problem = Problem(
            _(
                "You changed these answers somewhere else as well. Look through them. "
                "If you send now, what you see here takes their place."
            ),
            status=409,
        )
        return held(walk, pages.show_check(walk, problem), problem.status)


@collect.get("/s/<slug>/sent")
@public
def sent(slug: str) -> ResponseReturnValue:
    page = sending.show_again(find_survey(slug))
    return page or redirect(url_for("collect.start", slug=slug), 303)


@collect.post("/s/<slug>/sent")
@public
def show_receipt(slug: str) -> ResponseReturnValue:
    """A sensitive survey's receipt, for those who ask for it."""
    page = sending.show_when_asked(find_survey(slug))
    return page or redirect(url_for("collect.start", slug=slug), 303)


@collect.post("/s/<slug>/still-here")
@public
def stay(slug: str) -> ResponseReturnValue:
    """Whoever is there has a sensitive survey's half hour anew; what is cleared stays so."""
    walk = from_form(find_survey(slug))
    if walk.problem or not walk.kept:
        return jsonify(left=0), walk.problem.status if walk.problem else 410
    walk.keep({})
    response = jsonify(left=walk.seconds_left)
    return draft_cookie.hold(response, slug, walk.key) if draft_cookie.is_there(slug) else response


@collect.post("/s/<slug>/leave")
@public
def leave(slug: str) -> ResponseReturnValue:
    """Quick exit: the draft dies, whichever of form and cookie still knows it. Nobody waits for this."""
    for key in sending.keys_at_hand(slug):
        drafts.drop(store(), key)
    # Never "cookies": that would reach all sites of the council's domain.
    nothing = Response(status=204, headers={"Clear-Site-Data": '"storage"'})
    del nothing.headers["Content-Type"]
    return draft_cookie.let_go(nothing, slug)


def take_out(walk: Walk) -> Response:
    """Nothing is sent yet: the person sees first how their words read now."""
    ticked = posted().fields.getlist("take-out")
    if ticked and guard.take_out(walk, ticked, posted().fields.get("take-out-seen", "")):
        return go(walk, "check", "taken_out")
    if ticked:
        problem = Problem(
            _("Your words have changed since then. Please look through them again."), status=409
        )
    else:
        problem = Problem(_("Tick what to take out first. To leave it in, press “Send”."), "take-out-1")
    return held(walk, pages.show_check(walk, problem), problem.status)


def gives_code_away(walk: Walk, form: PageForm) -> bool:
    """Whoever reads the words could take them back. Said beside the field; the words stay in it."""
    code = walk.answers[RECEIPT] if walk.amends else derive_receipt(store(), walk.key)
    fields = [field for field in form if field.data and field.question.type in WORDS]
    holding = [field for field in fields if receipt_code.appears_in(field.data, code)]
    for field in holding:
        field.errors = [_("Your code is in here. Please take it out: whoever has it can read your words.")]
    return bool(holding)


def in_another_language(walk: Walk, page: Page, form: PageForm) -> Response:
    """Chosen in the middle of a page: what was typed is kept where it can be, and stands there again.

    What can't be taken yet is only shown again: nobody asked to go on. In a sensitive survey too, as there
    what is kept stays even when its field is emptied.
    """
    if form.validate() and not gives_code_away(walk, form) and not walk.sensitive:
        walk.keep(kept_values(walk, form))
    for field in form:
        field.errors = []
    return held(walk, pages.show_question(walk, page, form, note="kept_words" if walk.cleared else None))


def kept_values(walk: Walk, form: PageForm) -> dict[str, object]:
    values = form.values()
    if walk.sensitive and "forget-page" not in posted().fields:
        # Its page came back empty, to hide earlier words: what was left empty is not what was taken out.
        return {name: value for name, value in values.items() if value is not None}
    return values

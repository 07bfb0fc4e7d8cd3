"""Editing themes beside the report: named, merged, taken out, confirmed, shown to readers."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from feedback import jobs
from feedback.store import report as reports
from feedback.store import theme_edits
from feedback.store.theme_edits import LONGEST_MEANING, LONGEST_NAME, Decider, Outcome, Refused
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.posted import posted

from .checking import WHO_MAY, not_found, number_in, survey_of
from .problem import Problem
from .themes_page import Editing

pages = Blueprint("themes", __name__, url_prefix="/manage")


@pages.get("/<slug>/themes")
@needs(*WHO_MAY)
def index(slug: str) -> str:
    editing = editing_of(slug)
    return render_template("manage/themes.html", survey=survey_of(slug), slug=slug, editing=editing)


@pages.get("/<slug>/themes/<theme_id>")
@needs(*WHO_MAY)
def edit(slug: str, theme_id: str) -> ResponseReturnValue:
    return shown(slug, theme_id)


@pages.post("/<slug>/themes/<theme_id>")
@needs(*WHO_MAY)
def decide(slug: str, theme_id: str) -> ResponseReturnValue:
    fields = posted().fields
    name, meaning = (" ".join(fields.get(each, "").split()) for each in ("name", "meaning"))
    if problem := refusal(fields.get("deed", ""), name, meaning, fields.get("into", "")):
        return shown(slug, theme_id, problem, 400)
    who = Decider(survey_of(slug).survey_id, theme_id, number_in("seen"), current_user.id, date.today())
    try:
        outcome = take(who, fields.get("deed", ""), name, meaning, fields.get("into", ""))
    except Refused as refused:
        return shown(slug, theme_id, Problem(None, reason(refused)), 400)
    if outcome.overtaken:
        text = _("Somebody else decided about this theme meanwhile. Look at what they did, then decide.")
        return shown(slug, theme_id, Problem(None, text), 409)
    if outcome.run_id is not None:
        jobs.enqueue(outcome.run_id)
        flash(_("Saved. The words are being sorted again; the report follows in a moment."))
    else:
        flash(_("Saved."))
    return redirect(url_for("themes.index", slug=slug))


def take(who: Decider, deed: str, name: str, meaning: str, into: str) -> Outcome:
    if deed == "name":
        return theme_edits.name(store(), who, name, meaning)
    if deed == "confirm":
        return theme_edits.confirm(store(), who, name, meaning)
    if deed == "merge":
        return theme_edits.merge(store(), who, into)
    if deed == "reject":
        return theme_edits.reject(store(), who)
    if deed in ("show", "hide"):
        return theme_edits.show(store(), who, deed == "show")
    abort(400)


def refusal(deed: str, name: str, meaning: str, into: str) -> Problem | None:
    if deed in ("name", "confirm"):
        if len(name) > LONGEST_NAME:
            return Problem("name", _("The name is longer than %(most)s letters.", most=LONGEST_NAME))
        if len(meaning) > LONGEST_MEANING:
            return Problem("meaning", _("The meaning is longer than %(most)s letters.", most=LONGEST_MEANING))
        if deed == "confirm" and not name:
            return Problem("name", _("Give the theme a name, then confirm it."))
    if deed == "merge" and not into:
        return Problem("into", _("Choose the theme that it goes into."))
    return None


def reason(refused: Refused) -> str:
    reasons = {
        "unknown": _("There is no such theme any more."),
        "itself": _("A theme can’t go into itself."),
        "no theme": _("The other theme was merged or taken out. Choose one that is there."),
    }
    return str(reasons[refused.reason])


def shown(slug: str, theme_id: str, problem: Problem | None = None, status: int = 200) -> ResponseReturnValue:
    """The page of one theme; what was typed stays typed where it could not be taken."""
    page = editing_of(slug).page(theme_id) or not_found()
    return render_template(
        "manage/themes_edit.html",
        survey=survey_of(slug),
        slug=slug,
        edited=page,
        typed=posted().fields if problem else {},
        problems=[problem] if problem else [],
        most_name=LONGEST_NAME,
        most_meaning=LONGEST_MEANING,
    ), status


def editing_of(slug: str) -> Editing:
    return Editing(store(), reports.find(store(), survey_of(slug)) or not_found())

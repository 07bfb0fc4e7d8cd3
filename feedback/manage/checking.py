"""Checking: a person says which themes a comment has, sees what others said, and can take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from feedback import jobs
from feedback.store import checks, runs, surveys, theme_edits
from feedback.store import report as reports
from feedback.store.checks import Checker
from feedback.store.report import StoredReport
from feedback.store.surveys import PublishedSurvey
from feedback.store.theme_edits import Decider
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.posted import posted

from .check_page import Checking, CheckPage
from .history import History
from .problem import Problem

pages = Blueprint("checking", __name__, url_prefix="/manage")
WHO_MAY = ("owner", "commissioner")


@pages.get("/<slug>/check")
@needs(*WHO_MAY)
def queue(slug: str) -> ResponseReturnValue:
    checking = checking_of(slug)
    return shown(checking, checking.first() if checking else None)


@pages.get("/<slug>/check/<comment_id>")
@needs(*WHO_MAY)
def comment(slug: str, comment_id: str) -> ResponseReturnValue:
    checking = checking_of(slug) or not_found()
    return shown(checking, checking.one(comment_id) or not_found())


@pages.post("/<slug>/check/<comment_id>")
@needs(*WHO_MAY)
def check(slug: str, comment_id: str) -> ResponseReturnValue:
    checking = checking_of(slug) or not_found()
    fields = posted().fields
    who = Checker(checking.survey_id, comment_id, number_in("seen"), current_user.id, date.today())
    ticked = fields.getlist("theme")
    verdict = fields.get("verdict", "")
    theme_ids = [] if verdict == "none" else checking.in_order(ticked, comment_id)
    if not verdict and not theme_ids:
        text = _("Tick at least one theme, or press “It fits no theme”.")
        return shown(checking, checking.one(comment_id) or not_found(), ticked, Problem("theme-1", text), 400)
    outcome = checks.skip(store(), who) if verdict == "skip" else checks.save(store(), who, theme_ids)
    if outcome is None:
        not_found()
    if outcome.overtaken:
        text = _("Somebody else checked this comment meanwhile. Look at what they said, then decide.")
        return shown(checking, checking.one(comment_id) or not_found(), ticked, Problem(None, text), 409)
    if outcome.run_id is not None:
        jobs.enqueue(outcome.run_id)
        flash(_("The words are being sorted again with what was checked."))
    return redirect(url_for("checking.queue", slug=slug))


@pages.get("/<slug>/history")
@needs(*WHO_MAY)
def history(slug: str) -> str:
    survey = survey_of(slug)
    report = reports.find(store(), survey) or not_found()
    found = History(store(), report, page_number())
    return render_template("manage/check_history.html", survey=survey, slug=slug, history=found)


@pages.post("/<slug>/history")
@needs(*WHO_MAY)
def take_back(slug: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    fields, seen, me = posted().fields, number_in("seen"), current_user.id
    run_id, overtaken = None, False
    if comment_id := fields.get("comment"):
        checked = checks.undo(store(), Checker(survey.survey_id, comment_id, seen, me, date.today()))
        if checked is None:
            not_found()
        run_id, overtaken = checked.run_id, checked.overtaken
    else:
        try:
            edited = theme_edits.undo(
                store(), Decider(survey.survey_id, fields.get("theme", ""), seen, me, date.today())
            )
        except theme_edits.Refused:
            flash(_("It can’t be taken back any more: the other theme is a theme no longer."))
            return redirect(url_for("checking.history", slug=slug))
        run_id, overtaken = edited.run_id, edited.overtaken
    if run_id is not None:
        jobs.enqueue(run_id)
    flash(
        _("Somebody decided about it in the meantime, so nothing was taken back. Look again below.")
        if overtaken
        else _("It was taken back.")
    )
    return redirect(url_for("checking.history", slug=slug))


def shown(
    checking: Checking | None,
    page: CheckPage | None,
    ticked: Sequence[str] | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page; with what this person had ticked, where it could not be taken."""
    survey = survey_of(str((request.view_args or {})["slug"]))
    return render_template(
        "manage/check.html",
        survey=survey,
        slug=survey.definition.slug,
        run=runs.newest(store(), survey.survey_id),
        names=checking.names if checking else None,
        progress=checking.progress() if checking else None,
        check=page,
        ticked=set(ticked) if ticked is not None else page.ticked if page else set(),
        problems=[problem] if problem else [],
    ), status


def checking_of(slug: str) -> Checking | None:
    """None where nothing has been sorted yet."""
    report: StoredReport | None = reports.find(store(), survey_of(slug))
    return Checking(store(), report, current_user.id) if report else None


def survey_of(slug: str) -> PublishedSurvey:
    return surveys.find(store(), slug) or not_found()


def page_number() -> int:
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 else not_found()


def number_in(field: str) -> int:
    given = posted().fields.get(field, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else abort(400)


def not_found() -> NoReturn:
    abort(404)

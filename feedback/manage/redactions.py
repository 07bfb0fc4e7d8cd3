"""Reading comments before they are passed on: what is personal is taken out, and can be put back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user

from feedback.report import taken_out
from feedback.store import redactions
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.detail_names import kind_name, mark
from feedback.web.posted import posted

from .checking import WHO_MAY, not_found, page_number, survey_of
from .problem import Problem
from .redactions_page import ON_A_PAGE, Entry, decided, entries, lines

pages = Blueprint("redactions", __name__, url_prefix="/manage")
pages.app_context_processor(lambda: {"taken_out": mark, "kind_of_detail": kind_name})


@pages.get("/<slug>/personal-details")
@needs(*WHO_MAY)
def queue(slug: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    ids = redactions.unread(store(), survey.survey_id, taken_out.spoken(store(), survey), ON_A_PAGE)
    return shown(slug, entries(store(), survey, ids))


@pages.post("/<slug>/personal-details")
@needs(*WHO_MAY)
def read(slug: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    fields = posted().fields
    found = entries(store(), survey, fields.getlist("comment")[:ON_A_PAGE], fields)
    said = decided(found)
    if said.problems:
        return shown(slug, found, said.problems, 400)
    kept = redactions.confirm(store(), survey.survey_id, said.outs, current_user.id, date.today())
    if kept:
        flash(ngettext("%(num)s comment is read.", "%(num)s comments are read.", kept))
    if others := len(said.outs) - kept:
        flash(
            ngettext(
                "%(num)s comment was not saved: somebody else had read it, or it is gone.",
                "%(num)s comments were not saved: somebody else had read them, or they are gone.",
                others,
            )
        )
    return redirect(url_for("redactions.queue", slug=slug))


@pages.get("/<slug>/personal-details/read")
@needs(*WHO_MAY)
def done(slug: str) -> str:
    survey, page = survey_of(slug), page_number()
    found = lines(store(), survey, page) if page else not_found()
    return render_template(
        "manage/redactions_read.html", survey=survey, slug=slug, lines=found, page=page, on_a_page=ON_A_PAGE
    )


@pages.post("/<slug>/personal-details/read")
@needs(*WHO_MAY)
def undo(slug: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    if not redactions.undo(store(), survey.survey_id, posted().fields.get("comment", "")):
        not_found()
    flash(_("The comment waits to be read again. Until then nobody gets its words."))
    return redirect(url_for("redactions.done", slug=slug))


def shown(
    slug: str, found: Sequence[Entry], problems: Sequence[Problem] = (), status: int = 200
) -> ResponseReturnValue:
    survey = survey_of(slug)
    return render_template(
        "manage/redactions.html",
        survey=survey,
        slug=slug,
        entries=found,
        problems=problems,
        waiting=taken_out.waiting(store(), survey),
    ), status

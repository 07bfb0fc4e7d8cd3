"""An owner looks at a survey's codebook, takes it away, brings it back changed, and can go back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user

from analysis.codebook import KINDS, MOST_BYTES, CodebookError, CodebookTheme, Reading, decode, encode
from feedback import jobs
from feedback.report.labels import language_name
from feedback.store import codebooks, surveys
from feedback.store.surveys import PublishedSurvey
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.uploads import takes_file

from .codebook_changes import compare

pages = Blueprint("codebooks", __name__, url_prefix="/manage/<slug>/codebook")
MOST_FAULTS = 50  # shown at once
MEDIA = {".json": "application/json", ".csv": "text/csv; charset=utf-8", ".qdc": "application/xml"}


@pages.get("")
@needs("owner")
def show(slug: str) -> str:
    return codebook_page(find(slug))


@pages.post("")
@needs("owner")
@takes_file(MOST_BYTES)
def upload(slug: str) -> ResponseReturnValue:
    survey = find(slug)
    file = request.files.get("file")
    kind = PurePath(file.filename or "").suffix.lower() if file else ""
    if file is None or kind not in KINDS:
        return codebook_page(survey, _("Choose a file that ends in .json, .csv or .qdc.")), 400
    known = codebooks.in_use(store(), survey.survey_id).codebook
    try:
        reading = decode(
            file.read(),
            kind,
            language=survey.definition.default_language,
            known=known,
        )
    except CodebookError as error:
        problem = _("This file can't be used yet. Nothing was changed.")
        return codebook_page(survey, problem, error.faults), 400
    tell_gaps(reading)
    return propose(survey, reading)


@pages.post("/versions/<int:number>")
@needs("owner")
def go_back(slug: str, number: int) -> ResponseReturnValue:
    survey = find(slug)
    earlier = codebooks.version(store(), survey.survey_id, number)
    if earlier is None:
        abort(404)
    return propose(survey, Reading(earlier))


@pages.get("/changes")
@needs("owner")
def changes(slug: str) -> ResponseReturnValue:
    survey = find(slug)
    proposal = codebooks.proposal(store(), survey.survey_id)
    if proposal is None:
        return redirect(url_for("codebooks.show", slug=slug))
    now = codebooks.in_use(store(), survey.survey_id)
    if now.number != proposal.compared_with:  # somebody confirmed another meanwhile: compare anew
        codebooks.propose(store(), survey.survey_id, proposal.codebook, int(current_user.id), date.today())
        return redirect(url_for("codebooks.changes", slug=slug))
    return render_template(
        "manage/codebook_changes.html",
        slug=slug,
        survey=survey,
        key=proposal.key,
        changes=compare(now.codebook, proposal.codebook),
    )


@pages.post("/changes")
@needs("owner")
def confirm(slug: str) -> ResponseReturnValue:
    survey = find(slug)
    key = request.form.get("key", "")
    done = codebooks.adopt(store(), survey.survey_id, key, int(current_user.id), date.today())
    if done is None:
        flash(_("Something changed since you looked. Nothing was used yet. Please look once more."))
        return redirect(url_for("codebooks.changes", slug=slug))
    number, run_id = done
    jobs.enqueue(run_id)
    flash(_("Version %(number)s is used from now on. The analysis will start in a moment.", number=number))
    return redirect(url_for("codebooks.show", slug=slug))


@pages.post("/changes/drop")
@needs("owner")
def drop(slug: str) -> ResponseReturnValue:
    codebooks.drop_proposal(store(), find(slug).survey_id)
    flash(_("Nothing was changed."))
    return redirect(url_for("codebooks.show", slug=slug))


@pages.get("/download/<int:number>/<kind>")
@needs("owner")
def download(slug: str, number: int, kind: str) -> Response:
    ending = f".{kind}"
    codebook = codebooks.version(store(), find(slug).survey_id, number) if ending in KINDS else None
    if codebook is None:
        abort(404)
    response = Response(encode(codebook, ending), content_type=MEDIA[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-codebook-{number}{ending}"'
    return response


def propose(survey: PublishedSurvey, reading: Reading) -> ResponseReturnValue:
    user_id = int(current_user.id)
    if codebooks.propose(store(), survey.survey_id, reading.codebook, user_id, date.today()):
        return redirect(url_for("codebooks.changes", slug=survey.definition.slug))
    flash(_("This says the same as the codebook in use. Nothing was changed."))
    return redirect(url_for("codebooks.show", slug=survey.definition.slug))


def tell_gaps(reading: Reading) -> None:
    """What a .qdc could not say."""
    if bare := len(reading.without_examples):
        flash(
            ngettext(
                "%(num)s theme came without examples, so its name and meaning stand in. Please write some.",
                "%(num)s themes came without examples, so names and meanings stand in. Please write some.",
                bare,
            )
        )
    if reading.groups:
        flash(
            ngettext(
                "%(num)s code only held others together, so it is no theme.",
                "%(num)s codes only held others together, so they are no themes.",
                len(reading.groups),
            )
        )


def codebook_page(survey: PublishedSurvey, problem: str = "", faults: Sequence[str] = ()) -> str:
    now = codebooks.in_use(store(), survey.survey_id)
    return render_template(
        "manage/codebook.html",
        slug=survey.definition.slug,
        survey=survey,
        number=now.number,
        codebook=now.codebook,
        draft_names=[language_name(tag) for tag in now.codebook.drafts],
        versions=codebooks.versions(store(), survey.survey_id),
        waiting=codebooks.proposal(store(), survey.survey_id) is not None,
        languages_of=languages_of,
        problem=problem,
        faults=faults[:MOST_FAULTS],
        more_faults=max(0, len(faults) - MOST_FAULTS),
    )


def languages_of(theme: CodebookTheme) -> list[tuple[str, int, int]]:
    """Each language of a theme's examples, the most frequent first: how many, and how many are drafts."""
    every = Counter(example.language for example in theme.examples)
    drafts = Counter(example.language for example in theme.examples if example.draft)
    return [(tag, many, drafts[tag]) for tag, many in every.most_common()]


def find(slug: str) -> PublishedSurvey:
    survey = surveys.find(store(), slug)
    if survey is None:
        abort(404)
    return survey

"""Pages of those who run it: signing in and out, the surveys, an analysis asked for."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user, login_user, logout_user

from feedback import jobs
from feedback.store import health, runs, surveys
from feedback.web.access import needs, public
from feedback.web.current import store

from . import flags, overview, signing_in
from .forms import SignInForm
from .problem import Problem

pages = Blueprint("manage", __name__)


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        name = store().keyring.keyed_hash("sign-in", form.email.data.strip().lower().encode())
        if signing_in.attempts().too_many(name):
            form.form_errors.append(_("Too many tries. Wait ten minutes, then try again."))
            status = 429
        elif user := signing_in.check(form.email.data.strip(), form.password.data):
            signing_in.attempts().succeeded(name)
            login_user(user)
            return redirect(safe_next(request.args.get("next")) or url_for("manage.home"))
        else:
            signing_in.attempts().failed(name)
            form.form_errors.append(
                _("This e-mail and password don't go together. Check both and try again.")
            )
            status = 400
    elif form.is_submitted():
        status = 400
        if "csrf_token" in form.errors:
            form.form_errors.append(_("This page was open for a long time. Please try once more."))
    return render_template("manage/sign_in.html", form=form, problems=problems(form)), status


@pages.post("/sign-out")
@needs("owner", "commissioner", "worker", "safeguarding")
def sign_out() -> Response:
    logout_user()
    response = make_response(redirect(url_for("manage.sign_in")))
    # Never "storage": on a tablet that people shared, their words may wait in there to be sent.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@pages.get("/manage")
@needs("owner", "commissioner", "worker", "safeguarding")
def home() -> str:
    rows = list(overview.rows(store()))
    return render_template(
        "manage/home.html",
        rows=rows,
        to_read_first=flags.waiting([row.survey.survey_id for row in rows]),
        stage_name=overview.stage_name,
        may_run=current_user.has_role("owner") or current_user.has_role("commissioner"),
        is_owner=current_user.has_role("owner"),
        may_report=any(current_user.has_role(role) for role in ("owner", "commissioner", "worker")),
    )


@pages.post("/manage/<slug>/run")
@needs("owner", "commissioner")
def run_now(slug: str) -> ResponseReturnValue:
    survey = surveys.find(store(), slug)
    if survey is None:
        abort(404)
    jobs.enqueue(runs.request(store(), survey.survey_id, date.today()))
    flash(_("The analysis will start in a moment. You can go on working."))
    return redirect(url_for("manage.home"))


@pages.get("/health")
@public
def healthy() -> ResponseReturnValue:
    reachable = health.is_reachable(store())
    return Response(
        "ok\n" if reachable else "no database\n", 200 if reachable else 503, mimetype="text/plain"
    )


def problems(form: SignInForm) -> list[Problem]:
    named = [Problem(field.id, str(field.errors[0])) for field in (form.email, form.password) if field.errors]
    return [*named, *(Problem(None, str(text)) for text in form.form_errors)]


def safe_next(address: str | None) -> str | None:
    """A page of this site to go on to; never another site."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None

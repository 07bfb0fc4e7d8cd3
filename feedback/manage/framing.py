"""Which other sites may show a survey within their own pages, as its owner says."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.settings import is_loopback
from feedback.store import framing_sites
from feedback.web.access import needs
from feedback.web.current import settings, store
from feedback.web.posted import posted

from .checking import not_found, survey_of
from .problem import Problem
from .reach import show

pages = Blueprint("framing", __name__, url_prefix="/manage")
MOST_SITES = 20
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.ASCII)


@pages.post("/<slug>/reach/sites")
@needs("owner")
def set_sites(slug: str) -> ResponseReturnValue:
    survey = survey_of(slug)
    if survey.definition.sensitive:
        not_found()
    typed = posted().fields.get("sites", "")
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    wrong = [line for line in lines if origin(line) is None]
    if wrong or len(lines) > MOST_SITES:
        text = (
            _("This is no site’s address: %(line)s. Write it as https://www.example.org", line=wrong[0][:100])
            if wrong
            else _("At most %(most)s sites.", most=MOST_SITES)
        )
        return show(survey, [Problem("sites", text)], sites=typed), 422
    found = dict.fromkeys(each for line in lines if (each := origin(line)))
    framing_sites.set_for(store(), survey.survey_id, list(found))
    flash(_("Saved."))
    return redirect(url_for("reach.index", slug=slug))


def origin(typed: str) -> str | None:
    """Scheme, host and port, as a policy names a site; None where it is anything else or no such thing."""
    try:
        parts = urlsplit(typed.rstrip("/").lower())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    safe = parts.scheme == "https" or (parts.scheme == "http" and settings().demo and is_loopback(host))
    if not safe or not HOST.fullmatch(host) or len(host) > 253 or parts.path or parts.query or parts.fragment:
        return None
    if parts.username is not None:
        return None
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")

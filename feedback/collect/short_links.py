"""/go/<code>: from a poster or a card to the survey."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.store import short_links as links
from feedback.web.access import public
from feedback.web.current import store

from .start_page import chosen_service
from .walk import find_survey

short_links = Blueprint("short_links", __name__)


@short_links.get("/go/<code>")
@public
def go(code: str) -> ResponseReturnValue:
    link = links.find(store(), code[:40])
    if link is None:
        return render_template("collect/no_link.html"), 404
    service = chosen_service(find_survey(link.slug).definition, link.service)
    lang = link.language or request.args.get("lang")
    return redirect(url_for("collect.start", slug=link.slug, service=service, lang=lang), 303)

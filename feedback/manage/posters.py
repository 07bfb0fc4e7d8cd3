"""A poster to print, in the language of those who will read it."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from feedback.store import short_links
from feedback.web.access import needs
from feedback.web.current import store
from feedback.web.languages import offer_languages

from . import qr
from .checking import not_found, survey_of
from .reach import WHO_MAY, languages_of, shown

pages = Blueprint("posters", __name__, url_prefix="/manage")
STRIPS = 8


@pages.get("/<slug>/poster/<code>")
@needs(*WHO_MAY)
def poster(slug: str, code: str) -> str:
    survey = survey_of(slug)
    link = short_links.find(store(), code[:40])
    if link is None or link.slug != slug:
        not_found()
    tag = link.language or survey.definition.default_language
    offer_languages([tag], tag)
    line = shown(survey, link)
    return render_template(
        "manage/poster.html",
        survey=survey,
        slug=slug,
        link=line,
        qr=qr.draw(line.address),
        say=survey.wording(tag),
        languages=languages_of(survey),
        strips=STRIPS if "strips" in request.args else 0,
    )

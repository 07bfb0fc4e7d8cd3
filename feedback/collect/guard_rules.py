"""What the page itself looks for while a person writes, and what it says then, in their language."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from flask_babel import gettext as _

from analysis.personal.for_browsers import rules
from feedback.web.access import public
from feedback.web.assets import asset
from feedback.web.detail_names import kind_name, mark
from feedback.web.languages import language

guard_rules = Blueprint("guard", __name__)
KINDS = ("phone", "email", "postcode", "nhs", "ni", "name")


@guard_rules.get("/guard.json")
@public
def guard_as_you_write() -> Response:
    """Asked for when somebody begins to type: three kilobytes or so that no first page waits for."""
    says = {
        "found": _("This could show who somebody is: %(what)s, %(words)s."),
        "take": _("Take it out"),
        "leave": _("Leave it in"),
        "done": _("It is taken out."),
        "kinds": {kind: kind_name(kind) for kind in KINDS},
        "marks": {kind: mark(kind) for kind in KINDS},
    }
    return jsonify(rules=rules(language()), says=says, script=asset("guard-finder.js"))

"""/accessibility: what public bodies must say about their pages, by the UK's model statement.

The criteria behind it, each with the test that shows it, are in docs/accessibility.md.
"""

from __future__ import annotations

from datetime import date

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from .access import public
from .current import settings

PREPARED = TESTED = REVIEWED = date(2026, 11, 22)  # to be reviewed once a year at least


def init_statement(app: Flask) -> None:
    app.add_url_rule("/accessibility", "accessibility", accessibility)


@public
def accessibility() -> ResponseReturnValue:
    return render_template(
        "accessibility.html",
        prepared=format_date(PREPARED, "long"),
        tested=format_date(TESTED, "long"),
        reviewed=format_date(REVIEWED, "long"),
        contact=settings().contact,
    )

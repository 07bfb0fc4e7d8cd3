"""What a shared screen keeps on its tablet, so that a worker can go round with it without a network."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import current_app, url_for

from feedback.settings import ROOT
from feedback.web.languages import in_the_pickers_order, language, ui_language

from .offline import SCRIPTS, shell_address
from .walk import Walk

SCREEN_FILES = ("heard.css", "kiosk.css", "kiosk.js", "kiosk-forget.js", "kiosk-keep.js", *SCRIPTS)
SCREEN_TEMPLATES = ("collect/kiosk.html", "macros/kiosk.html")


def keeps(walk: Walk) -> tuple[str, ...]:
    """Each address that must open without a network: the survey in every language, and last the first screen.

    Nothing where none of the survey may stay on the tablet.
    """
    if not walk.definition.works_offline or walk.sensitive:
        return ()
    shells = tuple(shell_address(walk.survey, tag) for tag in in_the_pickers_order(walk.survey.languages))
    return (*shells, url_for("kiosk.to_keep", slug=walk.slug, lang=language(), v=fingerprint(shells)))


def fingerprint(shells: tuple[str, ...]) -> str:
    """Changes with the first screen, and with all that it leads to."""
    files = [Path(str(current_app.static_folder)) / name for name in SCREEN_FILES]
    files += [ROOT / "templates" / name for name in SCREEN_TEMPLATES]
    said = repr((shells, ui_language(), [file.stat().st_mtime_ns for file in files]))
    return hashlib.sha256(said.encode()).hexdigest()[:12]

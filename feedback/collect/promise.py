"""What is promised to people who answer: one wording, wherever it is made."""

from __future__ import annotations

from flask_babel import ngettext

from feedback.web.current import settings


def the_promise() -> str:
    """What withdrawing does."""
    text: str = ngettext(
        "Gone from our system and from future reports. Copies already printed or downloaded "
        "can't be called back. Backups clear in %(num)s day.",
        "Gone from our system and from future reports. Copies already printed or downloaded "
        "can't be called back. Backups clear in %(num)s days.",
        settings().backup_days,
    )
    return text

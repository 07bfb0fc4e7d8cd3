"""`retention`: what was promised about time is kept. Safe to run every day."""

from __future__ import annotations

import time
from datetime import date

import click
from flask.cli import with_appcontext

from feedback import jobs
from feedback.store import codebooks, drafts, removal, runs, staff_sessions, surveys
from feedback.web.current import store

from ..months import months_before


@click.command()
@with_appcontext
def retention() -> None:
    """Delete answers past their time, dead drafts and old sessions; analyse again what changed."""
    today = date.today()
    removed = 0
    for survey in surveys.every_version(store()):  # each version promised its own time
        keep = survey.definition.keep_months
        if keep is not None:
            first_day = months_before(today, keep)
            removed += removal.remove_older_than(
                store(), survey.survey_id, first_day, today, survey.version_id
            )
    dropped = drafts.purge(store(), time.time())
    ended = staff_sessions.purge(store(), time.time())
    codebooks.drop_forgotten(store(), today)
    for survey_id in runs.stale_surveys(store()):
        jobs.enqueue(runs.request(store(), survey_id, today))
    click.echo(f"Removed: {removed} responses past their time, {dropped} drafts, {ended} staff sessions.")

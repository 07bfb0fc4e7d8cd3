"""`analyse`: sort what people said into themes, in the background or here and now."""

from __future__ import annotations

import sys
import time
from datetime import date

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from feedback import jobs
from feedback.jobs.queue import Queue
from feedback.store import runs, surveys
from feedback.web.current import store


@click.command()
@click.argument("slug")
@click.option("--now", is_flag=True, help="Work on it here and wait, instead of asking the worker.")
@with_appcontext
def analyse(slug: str, now: bool) -> None:
    """Sort the answers to a survey into themes."""
    survey = surveys.find(store(), slug)
    if survey is None:
        raise click.ClickException(f"There is no survey called {slug}.")
    run_id = runs.request(store(), survey.survey_id, date.today())
    if not now:
        jobs.enqueue(run_id)
        click.echo("Asked the worker. Its progress is at /manage.")
    elif not work_here(run_id):
        state = runs.get(store(), run_id)
        raise click.ClickException((state and state.error) or "Another worker is on it.")


def work_here(run_id: int) -> bool:
    lease = runs.take(store(), run_id, time.time())
    if lease is None:
        return False
    queue: Queue = current_app.extensions["heard_queue"]
    with tqdm(file=sys.stderr, unit="step") as bar:

        def show(stage: str, done: int, total: int) -> None:
            bar.set_description_str(stage, refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        return queue.worker.work(lease, show)

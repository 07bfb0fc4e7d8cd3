"""Fills a demonstration with invented answers and has them analysed; again and again changes nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from flask import Flask
from tqdm import tqdm

from feedback.jobs.queue import Queue
from feedback.settings import ROOT
from feedback.store import comments, decided, redactions, responses, runs, surveys, theme_edits
from feedback.store import report as reports
from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey
from feedback.store.theme_edits import Decider
from feedback.survey.loading import Bundle, load_bundle
from feedback.survey.reading_choice import Reader

from .answers_file import DemoAnswer, read_answers

LIBRARY = ROOT / "feedback" / "survey" / "library"
ANSWERS = Path(__file__).parent / "answers"
MANY = 10_000  # more than are invented
SLUG = "experience"  # the survey that the invented answers belong to


def find(store: Store, slug: str) -> PublishedSurvey:
    survey = surveys.find(store, slug)
    if survey is None:
        raise LookupError(f"the library has no survey called {slug}")
    return survey


def publish_library(store: Store, today: date) -> None:
    for file in sorted(LIBRARY.glob("*.json")):
        if "." not in file.stem:  # NAME.<tag>.json are its translations
            bundle = load_bundle(file)
            marked = bundle.survey.model_copy(update={"demonstration": True})
            surveys.publish(store, Bundle(marked, bundle.editions), today)


def load_answers(store: Store, survey: PublishedSurvey, folder: Path = ANSWERS) -> int:
    """Send each invented answer as its teller would have; how many were new."""
    return sum(
        responses.submit(store, answer.submission(store, survey)).first for answer in all_answers(folder)
    )


def read_invented(store: Store, survey: PublishedSurvey, today: date) -> int:
    """Record that the invented answers in which the computer finds nothing personal need nobody to read them,
    so that their words can be shown; the others wait, for whoever tries the page out.
    """
    ids = redactions.unread(store, survey.survey_id, redactions.languages(store, survey.survey_id), MANY)
    said = comments.readable(store, Reader.COMMISSIONER, ids)
    plain: dict[str, list[redactions.Out]] = {
        each: [] for each, comment in said.items() if not redactions.proposed(comment.text, comment.language)
    }
    return redactions.confirm(store, survey.survey_id, plain, None, today, demonstration=True)


def all_answers(folder: Path) -> Iterator[DemoAnswer]:
    for file in sorted(folder.glob("*.jsonl")):
        yield from read_answers(file)


def analyse(app: Flask, survey: PublishedSurvey) -> None:
    """Sort the answers once before the first start; later, what is new is the worker's to sort."""
    store: Store = app.extensions["heard_store"]
    queue: Queue = app.extensions["heard_queue"]
    done = runs.newest_done(store, survey.survey_id)
    if done:
        weights_came = is_rough(done) and queue.worker.encoder() is not None
        if weights_came or survey.survey_id in runs.stale_surveys(store):
            runs.request(store, survey.survey_id, date.today())
        return
    lease = runs.take(store, runs.request(store, survey.survey_id, date.today()), time.time())
    if lease is None:
        return
    with tqdm(desc="analysis", file=sys.stderr, unit="") as bar:

        def show(stage: str, done: int, total: int) -> None:
            bar.set_description_str(f"analysis: {stage}", refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        queue.worker.work(lease, show)


def look_at_groups(store: Store, survey: PublishedSurvey, user_id: int, today: date) -> int:
    """The demonstration's owner has looked at what a few people said, but for one group: it waits for whoever
    tries the page out. Done once; how many groups readers see now.
    """
    report = reports.find(store, survey)
    if report is None or decided.number(store, survey.survey_id):
        return 0
    looked_at = report.waiting[:-1] or report.waiting
    for theme in looked_at:
        theme_edits.show(store, Decider(survey.survey_id, theme.id, 0, user_id, today), True)
    return len(looked_at)


def is_rough(run: runs.RunState) -> bool:
    return bool(run.model and run.model.get("fallback"))

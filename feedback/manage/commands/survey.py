"""`survey check` and `survey publish`: a survey is a file until people may be asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext

from feedback.store import surveys
from feedback.survey.edition import offered_languages, source_texts
from feedback.survey.loading import Bundle, SurveyError, load_bundle, publishing_faults
from feedback.web.current import store

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def survey() -> None:
    """Check and publish surveys."""


@survey.command()
@FILE
def check(file: Path) -> None:
    """Say what is wrong with a survey, or that it can be published."""
    bundle = load(file)
    refuse(publishing_faults(bundle.survey))
    click.echo(f"{file} can be published.")
    show_languages(bundle)


@survey.command()
@FILE
@with_appcontext
def publish(file: Path) -> None:
    """Put a survey, and its translations beside it, in front of people."""
    bundle = load(file)
    refuse(publishing_faults(bundle.survey))
    done = surveys.publish(store(), bundle, date.today())
    if not done.new_version and not done.new_editions:
        click.echo(f"Nothing has changed: version {done.version} stays.")
    else:
        click.echo(f"Published version {done.version} at /s/{bundle.survey.slug}.")
    show_languages(bundle)


def load(file: Path) -> Bundle:
    try:
        return load_bundle(file)
    except SurveyError as error:
        refuse(error.faults)
        raise  # a survey error always has a fault to show


def refuse(faults: list[str]) -> None:
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)


def show_languages(bundle: Bundle) -> None:
    reviewed = {tag: edition.reviewed_by for tag, edition in bundle.editions.items()}
    offered = offered_languages(bundle.survey, reviewed)
    click.echo(f"  {bundle.survey.default_language}: the survey's own words")
    for tag, edition in bundle.editions.items():
        state = (
            f"reviewed by {edition.reviewed_by}"
            if edition.reviewed_by
            else "draft, no speaker has read it yet"
        )
        missing = len(set(source_texts(bundle.survey)) - set(edition.texts))
        gaps = f"; {missing} texts missing" if missing else ""
        held_back = "" if tag in offered else "; not offered, because the survey is sensitive"
        click.echo(f"  {tag}: {state}{gaps}{held_back}")

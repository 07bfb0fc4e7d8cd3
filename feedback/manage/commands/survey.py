"""`survey check` and `survey publish`: a survey is a file until people may be asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext

from feedback.store import editions, surveys
from feedback.store.surveys import PublishedSurvey
from feedback.survey import texts_files, translating
from feedback.survey.edition import offered_languages, source_texts
from feedback.survey.loading import Bundle, SurveyError, load_bundle, publishing_faults
from feedback.web.current import store

from ..texts import file_for_translators, may_be_translated_to
from ..texts_language import another

SLUG = click.argument("slug", metavar="SURVEY")
LANGUAGE = click.option("--language", required=True, help="Its tag: ro, zh-Hans.")
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
    for tag in done.newer_than_their_files:
        click.echo(f"  {tag}: texts that came in since this file was last published stay in use.")


@survey.group()
def texts() -> None:
    """A survey's texts for translators, there and back."""


@texts.command("export")
@SLUG
@LANGUAGE
@click.option("--format", "kind", type=click.Choice(list(texts_files.MEDIA)), default="po", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Default: SLUG.LANGUAGE.FORMAT here.")
@with_appcontext
def export_texts(slug: str, language: str, kind: str, out: Path | None) -> None:
    """Write every text of a published survey, with what is translated already."""
    path = out or Path(f"{slug}.{language}.{kind}")
    path.write_bytes(file_for_translators(published(slug, language), language, kind))
    click.echo(f"Wrote {path}.")


@texts.command("import")
@SLUG
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@LANGUAGE
@with_appcontext
def import_texts(slug: str, file: Path, language: str) -> None:
    """Bring a translated file in, all of it or nothing; it is a draft until a speaker's reading is noted."""
    survey = published(slug, language)
    try:
        read = texts_files.read(file.suffix.lower().removeprefix("."), file.read_bytes())
        if said := another(language, read.language, file.name):
            refuse([f"{file}: says it is {said}, not {language}. Nothing was changed."])
        found = translating.checked(survey.definition, read.rows)
    except SurveyError as error:
        refuse([f"{file}: {fault}" for fault in error.faults])
        raise
    done = editions.bring_in(store(), survey, language, found)
    counts = f"{done.new} new, {done.changed} changed, {done.left} left as they were"
    new = done.new or done.changed
    click.echo(f"It is in, as a draft: {counts}." if new else "It says the same as before.")


def published(slug: str, language: str) -> PublishedSurvey:
    survey = surveys.find(store(), slug)
    if survey is None:
        raise click.ClickException(f"There is no survey called {slug}.")
    if language not in may_be_translated_to(survey):
        raise click.ClickException(
            f"{slug} can't be translated to {language}: no such language is known here."
        )
    return survey


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

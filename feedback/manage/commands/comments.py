"""`import-comments`: bring in what an organisation was told before, with what it promised then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext

from feedback.store import surveys
from feedback.store.imports import Imported, Origin, bring_in
from feedback.store.surveys import PublishedSurvey
from feedback.survey.parts import WORDS
from feedback.survey.reading_choice import ReadingChoice
from feedback.web.current import store
from feedback.web.languages import LANGUAGES

from ..held_comments import Columns, Refusal, UnreadableFile, read

CHOICES = [choice.answer for choice in ReadingChoice]


@click.command("import-comments")
@click.argument("slug", metavar="SURVEY")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--source",
    prompt="Where do these comments come from (for example: Friends and Family forms, 2025)",
    help="Where they come from. Together with a row's id it says which comment is which.",
)
@click.option(
    "--told",
    prompt="What were people told about who would read their words",
    help="What people were told when they wrote.",
)
@click.option("--choice", type=click.Choice(CHOICES), default="nobody", show_default=True,
              help="Who they agreed may read their words.")  # fmt: skip
@click.option("--question", help="The free-text question of the survey that these words answer.")
@click.option("--language", help="The language of rows that name none (default: the survey's).")
@click.option("--id-column", default="id", show_default=True)
@click.option("--text-column", default="text", show_default=True)
@click.option("--language-column", default="language", show_default=True)
@click.option("--service-column", default="service", show_default=True)
@click.option("--date-column", default="date", show_default=True)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@with_appcontext
def import_comments(
    slug: str,
    file: Path,
    source: str,
    told: str,
    choice: str,
    question: str | None,
    language: str | None,
    id_column: str,
    text_column: str,
    language_column: str,
    service_column: str,
    date_column: str,
    dry_run: bool,
) -> None:
    """Bring the comments of a CSV file into a survey. A second import of the same rows doubles nothing."""
    survey = surveys.find(store(), slug)
    if survey is None:
        raise click.ClickException(f"There is no survey called {slug}.")
    origin = Origin(
        stated(source, "source", 200),
        stated(told, "told", 2000),
        ReadingChoice.from_answer(choice),
        question_for(survey, question),
    )
    columns = Columns(id_column, text_column, language_column, service_column, date_column)
    try:
        reading = read(file, survey.definition, columns, language_for(survey, language), date.today())
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from None
    show_refused(file, reading.refused)
    done = bring_in(store(), survey.survey_id, survey.version_id, origin, reading.good, date.today(), dry_run)
    show(done, slug, dry_run)
    if reading.refused:
        raise SystemExit(1)


def stated(answer: str, name: str, most: int) -> str:
    answer = answer.replace("\0", "").strip()
    if not answer:
        raise click.UsageError(f"--{name} can't be empty: it is kept with the comments.")
    if len(answer) > most:
        raise click.UsageError(f"--{name} is over {most} characters.")
    return answer


def question_for(survey: PublishedSurvey, wanted: str | None) -> str:
    words = [question.id for question in survey.definition.questions if question.type in WORDS]
    if wanted in words:
        return wanted
    if wanted is None and len(words) == 1:
        return words[0]
    asked = ", ".join(words) or "this survey has none"
    if wanted is None:
        raise click.UsageError(f"Say with --question which question they answer: {asked}.")
    raise click.UsageError(f"{wanted} is not a free-text question of this survey: {asked}.")


def language_for(survey: PublishedSurvey, wanted: str | None) -> str:
    if wanted is not None and wanted not in LANGUAGES:
        raise click.UsageError(f"--language {wanted} is not a language known here.")
    return wanted or survey.definition.default_language


def show_refused(file: Path, refused: list[Refusal]) -> None:
    for refusal in refused:
        click.echo(f"{file}:{refusal.line}: {refusal.reason}", err=True)


def show(done: Imported, slug: str, dry_run: bool) -> None:
    would = "Would bring in" if dry_run else "Brought in"
    click.echo(f"{would} {done.new} comments.")
    if done.here_already:
        click.echo(f"{done.here_already} were here already and stay as they are.")
    if done.other_words:
        click.echo(f"{done.other_words} of those have other words in this file: the first words are kept.")
    if done.gone:
        click.echo(f"{done.gone} were withdrawn or are past their time: they stay gone.")
    if done.new and not dry_run:
        click.echo(f"Sort them with: flask --app wsgi analyse {slug}")

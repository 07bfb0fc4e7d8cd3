"""`translations`: translators' files in step with the pages, looked through, and noted as read."""

from __future__ import annotations

from datetime import date, datetime

import click

from feedback.manage import catalogues, reviews
from feedback.settings import ROOT, Settings
from feedback.web.languages import LANGUAGES, whole_languages

from ..catalogue_faults import faults_of
from ..translations import of_pages


@click.group()
def translations() -> None:
    """The words of the pages in other languages."""


@translations.command()
@click.argument("tags", nargs=-1, type=click.Choice(sorted(LANGUAGES)))
def update(tags: tuple[str, ...]) -> None:
    """Add new texts, drop old ones; for TAGS, or for every language that has a file."""
    template = catalogues.extract()
    catalogues.write(template, catalogues.FOLDER / "messages.pot")
    for tag in tags or catalogues.begun():
        path = catalogues.update(tag, template)
        empty = [text for text in catalogues.texts(path) if not text.string or not any(text.string)]
        click.echo(f"{path.relative_to(ROOT)}: {len(empty)} to translate")


@translations.command()
@click.argument("tag", type=click.Choice(sorted(LANGUAGES)))
@click.option("--by", "who", required=True, help="The speaker who read every text.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Default: today.")
def reviewed(tag: str, who: str, on: datetime | None) -> None:
    """Note who read a translation. A later change of it then says so."""
    path = catalogues.catalogue_path(tag)
    who = " ".join(who.split())
    if not path.exists() or not who:
        raise click.ClickException(f"There is no translation to {tag}." if who else "Say who read it.")
    if faults := faults_of(path, tag):
        raise click.ClickException("\n".join(["It can't be noted as read yet:", *faults]))
    day = on.date() if on else date.today()
    mark = reviews.mark_of(catalogues.texts(path))
    reviews.record(catalogues.FOLDER, tag, reviews.Review(who, day, mark))
    click.echo(f"Noted in translations/{reviews.NAME}.")


@translations.command()
@click.argument("tags", nargs=-1, type=click.Choice(sorted(LANGUAGES)))
def check(tags: tuple[str, ...]) -> None:
    """Name every fault of TAGS, or of every language: placeholders, plural forms, signs that do harm."""
    found = [
        fault
        for tag in tags or catalogues.begun()
        for fault in faults_of(catalogues.catalogue_path(tag), tag)
    ]
    for fault in found:
        click.echo(fault, err=True)
    if found:
        raise SystemExit(1)
    click.echo("No fault found.")


@translations.command()
def status() -> None:
    """How far each language is, and who read it."""
    offered = whole_languages(Settings.load())
    for each in of_pages(offered):
        read = f"read by {each.reviewed_by} on {each.reviewed_on}" if each.reviewed_by else "a draft"
        changed = ", changed since" if each.changed else ""
        shown = "offered" if each.offered else "not offered"
        click.echo(f"{each.language}: {each.done} of {each.total}, {read}{changed}, {shown}")

"""`translations update`: translators' files in step with the pages."""

from __future__ import annotations

import click

from feedback.manage import catalogues
from feedback.settings import ROOT
from feedback.web.languages import LANGUAGES


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

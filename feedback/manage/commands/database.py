"""`db migrate`: bring the database to what this version needs."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from feedback.web.current import store


@click.group()
def db() -> None:
    """The database."""


@db.command()
@with_appcontext
def migrate() -> None:
    """Safe to run again."""
    store().migrate()
    click.echo("The database is ready.")

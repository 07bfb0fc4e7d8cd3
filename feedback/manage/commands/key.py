"""`key create`: the file without which nobody can read what people wrote."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from feedback.store.encryption import create_key_file
from feedback.web.current import settings


@click.group()
def key() -> None:
    """The key file."""


@key.command()
@with_appcontext
def create() -> None:
    """Make the key file; never over one that is there."""
    path = settings().key_file
    try:
        create_key_file(path)
    except FileExistsError:
        raise click.ClickException(f"There is a key file at {path} already. It is left as it was.") from None
    except OSError as error:
        raise click.ClickException(f"The key file can't be written to {path}: {error.strerror}.") from None
    click.echo(f"Made {path}, readable by you only.")
    click.echo("Keep a copy where the database is not: without it nobody can read what people wrote.")

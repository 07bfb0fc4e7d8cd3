"""`staff add`, `staff sign-out`: who may read what people said."""

from __future__ import annotations

import re
import secrets

import click
from flask.cli import with_appcontext
from flask_security import hash_password

from feedback.store import staff as people
from feedback.store import staff_sessions
from feedback.web.access import ROLES
from feedback.web.current import store

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}")


@click.group()
def staff() -> None:
    """People who sign in."""


@staff.command()
@click.argument("email")
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, required=True)
@with_appcontext
def add(email: str, roles: tuple[str, ...]) -> None:
    """Let someone sign in, or give them a new password and other roles."""
    password = secrets.token_urlsafe(15)
    save(email, password, roles)
    click.echo(f"{address(email)} may sign in as {' and '.join(roles)}.")
    click.echo(f"Password: {password}")
    click.echo("It is shown this once: hand it over in person or by a safe way.")


@staff.command("sign-out")
@click.argument("email")
@with_appcontext
def sign_out(email: str) -> None:
    """End every session of someone, on every device, at once."""
    uniquifier = people.renew_uniquifier(store(), address(email))
    if uniquifier is None:
        raise click.ClickException(f"Nobody signs in as {address(email)}.")
    ended = staff_sessions.end_all_of(store(), uniquifier)
    click.echo(f"{address(email)} is signed out everywhere ({ended} open).")


def save(email: str, password: str, roles: tuple[str, ...]) -> None:
    people.save(store(), address(email), hash_password(password), roles)


def address(email: str) -> str:
    if not EMAIL.fullmatch(email.strip()):
        raise click.ClickException(f"{email} is not an e-mail address.")
    return email.strip().lower()

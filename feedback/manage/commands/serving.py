"""`serve`: the site and its worker under one small supervisor."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from feedback.web.current import settings


@click.command()
@with_appcontext
def serve() -> None:
    """Serve the site and work on analyses until stopped."""
    from ..serve import serve as run  # not needed by any other command

    raise SystemExit(run(settings()))

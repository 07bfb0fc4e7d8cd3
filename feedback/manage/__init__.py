"""Who runs it: sign-in, roles, surveys, retention."""

from __future__ import annotations

from flask import Flask

from .commands import init_commands
from .routes import pages
from .signing_in import init_signing_in


def init_manage(app: Flask) -> None:
    init_signing_in(app)
    app.register_blueprint(pages)
    init_commands(app)

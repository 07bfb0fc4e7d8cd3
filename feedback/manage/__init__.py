"""Who runs it: sign-in, roles, surveys, retention."""

from __future__ import annotations

from flask import Flask

from . import (
    checking,
    framing,
    invitations,
    posters,
    reach,
    read_aloud,
    recordings,
    redactions,
    texts,
    theme_status,
    themes,
)
from .codebooks import pages as codebook_pages
from .commands import init_commands
from .flags import pages as flag_pages
from .routes import pages
from .signing_in import init_signing_in


def init_manage(app: Flask) -> None:
    init_signing_in(app)
    app.register_blueprint(pages)
    app.register_blueprint(flag_pages)
    app.register_blueprint(checking.pages)
    app.register_blueprint(themes.pages)
    app.register_blueprint(theme_status.pages)
    app.register_blueprint(redactions.pages)
    app.register_blueprint(codebook_pages)
    app.register_blueprint(reach.pages)
    app.register_blueprint(posters.pages)
    app.register_blueprint(invitations.pages)
    app.register_blueprint(framing.pages)
    app.register_blueprint(texts.pages)
    app.register_blueprint(recordings.pages)
    app.register_blueprint(read_aloud.pages)
    init_commands(app)

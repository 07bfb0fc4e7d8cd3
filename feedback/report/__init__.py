"""What a commissioner sees."""

from __future__ import annotations

from flask import Flask

from .routes import pages


def init_report(app: Flask) -> None:
    app.register_blueprint(pages)

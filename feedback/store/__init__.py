"""What is kept: the one room that knows the database and the keys."""

from __future__ import annotations

from flask import Flask

from .database import Store
from .encryption import create_key_file, read_key_file


def init_store(app: Flask) -> None:
    settings = app.extensions["heard_settings"]
    if settings.demo and not settings.key_file.exists():
        create_key_file(settings.key_file)
    app.extensions["heard_store"] = Store(settings.database_url, read_key_file(settings.key_file))

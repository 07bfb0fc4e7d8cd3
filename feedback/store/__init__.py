"""What is kept: the one room that knows the database and the keys."""

from __future__ import annotations

import sys

from flask import Flask

from .database import Store
from .encryption import create_key_file, passing_keyring, read_key_file


def init_store(app: Flask) -> None:
    settings = app.extensions["heard_settings"]
    if settings.demo and not settings.key_file.exists():
        create_key_file(settings.key_file)
    making_the_key = sys.argv[-2:] == ["key", "create"]  # the one command that runs before there is a key
    keyring = passing_keyring() if making_the_key else read_key_file(settings.key_file)
    app.extensions["heard_store"] = Store(settings.database_url, keyring)

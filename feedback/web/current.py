"""The store and the settings of the running site."""

from __future__ import annotations

from typing import cast

from flask import current_app

from feedback.settings import Settings
from feedback.store.database import Store


def store() -> Store:
    return cast(Store, current_app.extensions["heard_store"])


def settings() -> Settings:
    return cast(Settings, current_app.extensions["heard_settings"])

"""Heard: people tell what happened when they used a public service, and see what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from .collect import init_collect
from .jobs import init_jobs
from .manage import init_manage
from .report import init_report
from .settings import ROOT, Settings
from .store import init_store
from .web import init_web


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The site. `settings` default to the environment; `overrides` are for single fields of it."""
    settings = settings or Settings.load(**overrides)
    app = Flask(
        "feedback",
        root_path=str(Path(__file__).parent),
        instance_path=str(settings.instance),
        template_folder=str(ROOT / "templates"),
    )
    app.extensions["heard_settings"] = settings
    app.config.update(settings.extra)
    init_store(app)
    init_web(app)
    init_manage(app)
    init_jobs(app)
    init_collect(app)
    init_report(app)
    return app

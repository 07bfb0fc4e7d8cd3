"""Analysis runs in the background."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from .queue import Queue


def init_jobs(app: Flask) -> None:
    app.extensions["heard_queue"] = Queue(app.extensions["heard_settings"], app.extensions["heard_store"])


def enqueue(run_id: int) -> None:
    """Remind the worker of a run that waits."""
    cast(Queue, current_app.extensions["heard_queue"]).remind(run_id)

"""Analysis runs in the background."""

from __future__ import annotations

from flask import Flask


def init_jobs(app: Flask) -> None: ...

"""What every page shares."""

from __future__ import annotations

from flask import Flask


def init_web(app: Flask) -> None: ...

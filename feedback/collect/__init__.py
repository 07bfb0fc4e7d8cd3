"""How answers come in."""

from __future__ import annotations

from flask import Flask


def init_collect(app: Flask) -> None: ...

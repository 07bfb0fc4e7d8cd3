"""What a commissioner sees."""

from __future__ import annotations

from flask import Flask


def init_report(app: Flask) -> None: ...

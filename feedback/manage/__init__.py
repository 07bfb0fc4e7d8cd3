"""Who runs it: sign-in, roles, surveys, retention."""

from __future__ import annotations

from flask import Flask


def init_manage(app: Flask) -> None: ...

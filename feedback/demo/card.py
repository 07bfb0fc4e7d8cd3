"""instance/demo.json: what to open and how to sign in, for people and for tests; readable by its owner."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

NAME = "demo.json"
STAFF = {
    "owner": "owner@example.org",
    "commissioner": "commissioner@example.org",
    "worker": "worker@example.org",
}


def read_passwords(path: Path) -> dict[str, str]:
    """The password of each role as handed out before, so that a second start keeps them."""
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        return {entry["role"]: entry["password"] for entry in card["sign_ins"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def passwords(path: Path) -> dict[str, str]:
    known = read_passwords(path)
    return {role: known.get(role) or secrets.token_urlsafe(12) for role in STAFF}


def make(
    address: str, surveys: list[dict[str, Any]], report_slug: str, given: dict[str, str]
) -> dict[str, Any]:
    return {
        "url": address,
        "surveys": surveys,
        "report": f"{address}/report/{report_slug}",
        "sign_ins": [{"role": role, "user": STAFF[role], "password": given[role]} for role in STAFF],
    }


def write(path: Path, card: dict[str, Any]) -> None:
    """Whole or not at all, and never readable by others on the way."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(card, file, ensure_ascii=False, indent=1)
    part.replace(path)

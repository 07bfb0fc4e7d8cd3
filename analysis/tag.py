"""What may stand as a language tag; light, so that a web process can ask too."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")


def is_tag(value: str | None) -> bool:
    """Whether this looks like a BCP-47 tag, so that it may stand in an attribute or a file."""
    return bool(value) and _TAG.fullmatch(value or "") is not None

"""Texts of questions that any survey can ask, for translators: one catalogue serves them all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

TEXTS = ("title", "label", "hint")
Found = tuple[int, str, tuple[str, str], list[str]]  # line, function, arguments, comments


def extract(file: BinaryIO, _keywords: Any, _comment_tags: Any, options: Any) -> Iterator[Found]:
    """What babel.cfg names: every text of such a file, as if it stood in a call of pgettext."""
    document = json.load(file)
    seen = dict.fromkeys(texts(document))
    return ((0, "pgettext", (document["context"], text), []) for text in seen)


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (part[name] for name in TEXTS if name in part)
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from texts(each)

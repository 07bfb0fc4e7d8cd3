"""translations/REVIEW: which speaker read which catalogue, and the mark of what they read.

One line for each language, `tag: who, day, mark`. A catalogue whose mark is another now was changed since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.messages.catalog import Message

from feedback.survey.definition import content_hash

NAME = "REVIEW"
ABOUT = """\
# Which speaker read which translation of the pages: `tag: who, day, mark of what was read`.
# Written by: flask --app wsgi translations reviewed TAG --by "THEIR NAME". No line: a draft.
"""
LINE = re.compile(r"(?P<tag>[A-Za-z-]+): (?P<who>.+), (?P<on>\d{4}-\d{2}-\d{2}), (?P<mark>[0-9a-f]{12})")


class UnreadableReview(ValueError):
    """A line that says nothing that can be relied on; the message names it."""


@dataclass(frozen=True)
class Review:
    who: str
    on: date
    mark: str


def read(folder: Path) -> dict[str, Review]:
    path = folder / NAME
    if not path.exists():
        return {}
    found: dict[str, Review] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line.strip())
        if match is None or match["tag"] in found:
            raise UnreadableReview(f"{NAME}, line {number}: write one line each, `tag: who, day, mark`")
        try:
            day = date.fromisoformat(match["on"])
        except ValueError:
            raise UnreadableReview(f"{NAME}, line {number}: {match['on']} is no day") from None
        found[match["tag"]] = Review(match["who"], day, match["mark"])
    return found


def record(folder: Path, tag: str, review: Review) -> None:
    """In place of what was said of this language before."""
    every = read(folder) | {tag: review}
    lines = [
        f"{tag}: {each.who}, {each.on.isoformat()}, {each.mark}\n" for tag, each in sorted(every.items())
    ]
    aside = folder / f"{NAME}.new"
    aside.write_text(ABOUT + "".join(lines), encoding="utf-8")
    aside.replace(folder / NAME)


def mark_of(messages: list[Message]) -> str:
    """Of the words alone: where they stand in the code, and in which order, changes nothing."""
    said: dict[str, list[str]] = {
        "\0".join([message.context or "", *forms(message.id)]): forms(message.string)
        for message in messages
        if any(forms(message.string)) and not message.fuzzy
    }
    return content_hash(said)[:12]


def forms(text: str | Sequence[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())

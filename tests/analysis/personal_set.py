"""The invented sentences with their marked details, and how well the rules find them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.personal import Detail, find

HERE = Path(__file__).parent
MARK = re.compile(r"\{(\w+):([^}]*)\}")


@dataclass(frozen=True)
class Marked:
    language: str
    text: str
    details: tuple[tuple[str, int, int], ...]  # kind, start, end

    def found(self, language: str | None) -> list[Detail]:
        """What is proposed to be taken out: a post is a hint only."""
        return [detail for detail in find(self.text, language) if detail.kind != "role"]

    def missed(self, language: str | None) -> list[str]:
        """The marked words of which something would stay readable."""
        covered = {place for detail in self.found(language) for place in range(detail.start, detail.end)}
        return [
            self.text[start:end]
            for _, start, end in self.details
            if any(place not in covered and self.text[place].isalnum() for place in range(start, end))
        ]

    def alarms(self, language: str | None) -> list[str]:
        """What is proposed and touches nothing that is marked."""
        return [
            self.text[found.start : found.end]
            for found in self.found(language)
            if not any(found.start < end and start < found.end for _, start, end in self.details)
        ]


def sentences() -> tuple[Marked, ...]:
    """Details of all kinds."""
    return _read("personal_sentences.txt")


def of_workers() -> tuple[Marked, ...]:
    """ "My worker ...", with a name and without."""
    return _read("personal_workers.txt")


@cache
def _read(name: str) -> tuple[Marked, ...]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(parsed(line) for line in lines if line and not line.startswith("#"))


def parsed(line: str) -> Marked:
    language, written = line.split("\t", 1)
    text, details, at = "", [], 0
    for match in MARK.finditer(written):
        text += written[at : match.start()]
        details.append((match[1], len(text), len(text) + len(match[2])))
        text, at = text + match[2], match.end()
    return Marked(language, text + written[at:], tuple(details))

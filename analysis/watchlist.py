"""A watchlist: topics that a person should read about first. Light: brings neither numpy nor a model.

Each topic has sentences that show it, sentences that only sound alike, and cues: words of each language that
seldom stand without the topic. In a cue `*` is any ending and `…` up to three words between.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "watchlists" / "services.json"
GAP = "…"
# Letters that keyboards of one script write in several ways, and marks that few people write.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("أإآ", "ا"),
        **dict.fromkeys("يىئ", "ی"),
        **dict.fromkeys("ةہھۂ", "ه"),
        **{"ك": "ک", "ؤ": "و", "ۓ": "ے", "’": "'", "‘": "'"},
    }
)
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200c-\u200f]")
# A word; "and", "so", "with", "for", "like" and "the" are written onto an Arabic one.
_WORD = re.compile(r"\b(?=\w)([وفبلک]?)((?:ال)?)")
BEGINS = 2


@dataclass(frozen=True)
class Sentence:
    text: str
    language: str


@dataclass(frozen=True)
class WatchTopic:
    """`seeds` show it, `near` only sound alike; a comment is flagged from `least` on (see watch.py)."""

    id: str
    name: str
    meaning: str
    seeds: tuple[Sentence, ...]
    near: tuple[Sentence, ...]
    cues: tuple[str, ...]
    least: float


@dataclass(frozen=True)
class Watchlist:
    """`ordinary` sentences have nothing to do with any topic; `sha256` is of the file's content."""

    name: str
    topics: tuple[WatchTopic, ...]
    ordinary: tuple[Sentence, ...]
    sha256: str

    @property
    def sentences(self) -> list[Sentence]:
        """All that are learnt from: the seeds topic by topic, then what sounds alike, then the ordinary."""
        seeds = [sentence for topic in self.topics for sentence in topic.seeds]
        near = [sentence for topic in self.topics for sentence in topic.near]
        return [*seeds, *near, *self.ordinary]

    @property
    def of_sentences(self) -> str:
        """A hash of all that is learnt from."""
        said = [[[s.text, s.language] for s in topic.seeds] for topic in self.topics]
        said += [[[s.text, s.language] for s in self.sentences]]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def about(self) -> dict[str, Any]:
        """What an analysis says of the watchlist it went by."""
        return {"name": self.name, "sha256": self.sha256, "topics": [topic.id for topic in self.topics]}

    @cached_property
    def _patterns(self) -> dict[str, list[tuple[int, re.Pattern[str]]]]:
        """Each topic's cues by how they begin: a text is then looked through once, not once a cue."""
        found: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for number, topic in enumerate(self.topics):
            for cue in topic.cues:
                found.setdefault(folded(cue.split()[0].rstrip("*"))[:BEGINS], []).append(
                    (number, re.compile(_pattern(cue)))
                )
        return found

    def cues_in(self, text: str) -> list[int]:
        """How many different cues of each topic the text has."""
        plain = folded(text)
        found: list[set[str]] = [set() for _ in self.topics]
        for word in _WORD.finditer(plain):
            starts = {word.start(), word.end(1), word.end(2)}
            for start in starts:
                for size in range(1, BEGINS + 1):
                    for topic, pattern in self._patterns.get(plain[start : start + size], ()):
                        if match := pattern.match(plain, start):
                            found[topic].add(match.group())
        return [len(matches) for matches in found]


@lru_cache(maxsize=4)
def load_watchlist(path: Path = SHIPPED) -> Watchlist:
    """The shipped watchlist, or one of your own in a file made like it.

    Raises OSError where there is no such file, and ValueError where it is not a watchlist.
    """
    document = json.loads(path.read_text("utf-8"))
    try:
        topics = tuple(_topic(topic) for topic in document["topics"])
        name, ordinary = str(document["name"]), _sentences(document["ordinary"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is not a watchlist: {error} is missing or of another kind") from None
    if len({topic.id for topic in topics}) < len(topics) or not all(topic.seeds for topic in topics):
        raise ValueError(f"{path}: give each topic an id of its own and sentences that show it")
    said = json.dumps(document, sort_keys=True).encode()
    return Watchlist(name, topics, ordinary, hashlib.sha256(said).hexdigest())


def _topic(data: dict[str, Any]) -> WatchTopic:
    cues = [cue for of_language in data.get("cues", {}).values() for cue in of_language]
    return WatchTopic(
        data["id"], data["name"], data["meaning"], _sentences(data["seeds"]), _sentences(data["near"]),
        tuple(dict.fromkeys(cues)), float(data["least"]),
    )  # fmt: skip


def _sentences(by_language: dict[str, Sequence[str]]) -> tuple[Sentence, ...]:
    return tuple(Sentence(text, tag) for tag, texts in by_language.items() for text in texts)


def folded(text: str) -> str:
    """Text in which the ways to write one word look the same, for finding cues; its places are lost."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(_ALIKE)


def _pattern(cue: str) -> str:
    found, between = "", ""
    for word in cue.split():
        if word == GAP:
            between = r"\W+(?:\w+\W+){0,3}?"
            continue
        found += between + re.escape(folded(word.rstrip("*"))) + (r"\w*" if word.endswith("*") else r"\b")
        between = r"\W+"
    return found

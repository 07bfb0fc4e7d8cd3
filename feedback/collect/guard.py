"""What in a person's words may show who somebody is, offered to be taken out before they send.

It only offers. What nobody ticks stays in, and nothing ever stops a person from sending.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from analysis.personal import find, places_of
from feedback.survey.fields import LONGEST
from feedback.survey.parts import WORDS
from feedback.web.current import store
from feedback.web.detail_names import kind_name, mark
from feedback.web.languages import language

from .walk import Walk

# A web address is rarely somebody's own, and a post ("the manager") is for staff to judge.
NOT_OFFERED = frozenset({"url", "role"})
MOST = 20  # offered at once; who takes them out is offered what is left
AROUND = 30  # letters of context on each side


@dataclass(frozen=True)
class Place:
    question: str
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """One detail, in every place where it stands. A sensitive survey shows its kind alone."""

    kind: str
    places: tuple[Place, ...]
    before: str = ""
    found: str = ""
    after: str = ""

    @property
    def name(self) -> str:
        return kind_name(self.kind)


def findings(walk: Walk) -> list[Finding]:
    words = words_of(walk)
    places: dict[tuple[str, str], list[Place]] = {}
    for question, text in words.items():
        for kind, start, end in details(text):
            found = "" if walk.sensitive else " ".join(text[start:end].split()).casefold()
            places.setdefault((kind, found), []).append(Place(question, start, end))
    offered = list(places.items())[:MOST]
    if walk.sensitive:
        return [Finding(kind, tuple(where)) for (kind, _found), where in offered]
    return [in_context(kind, where, words) for (kind, _found), where in offered]


def words_of(walk: Walk) -> dict[str, str]:
    """What was written on the path to sending, by question."""
    types = {question.id: question.type for question in walk.definition.all_questions}
    return {name: value for name, value in walk.on_path.items() if types[name] in WORDS and value}


def details(text: str) -> list[tuple[str, int, int]]:
    """What was found, and a name that was found once wherever it stands again."""
    found = [(each.kind, each.start, each.end) for each in find(text, language())]
    spans = [span for span in found if span[0] not in NOT_OFFERED]
    taken = bytearray(len(text))
    for _kind, start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    names = dict.fromkeys(text[start:end] for kind, start, end in spans if kind == "name")
    for name in list(names)[:MOST]:
        for start, end in places_of(name, text):
            if is_word(text, start, end) and not any(taken[start:end]):
                spans.append(("name", start, end))
    return sorted(spans, key=lambda span: span[1])


def is_word(text: str, start: int, end: int) -> bool:
    """Not within another: "Ann" is no part of "Annual"."""
    return not (text[:start][-1:].isalnum() or text[end : end + 1].isalnum())


def in_context(kind: str, places: Sequence[Place], words: dict[str, str]) -> Finding:
    first, text = places[0], words[places[0].question]
    before, after = text[: first.start], text[first.end :]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return Finding(kind, tuple(places), before, text[first.start : first.end], after)


def seal(walk: Walk) -> str:
    """Stands for the words as they are now: ticks made over other words take nothing out."""
    parts = [part.encode() for pair in words_of(walk).items() for part in pair]
    return store().keyring.keyed_hash("guard", *parts).hex()[:32]


def take_out(walk: Walk, ticked: Collection[str], seen: str) -> bool:
    """Puts a mark where each ticked detail stood. False where the words have changed since they were seen."""
    if not hmac.compare_digest(seen.encode(), seal(walk).encode()):
        return False
    chosen = [finding for number, finding in enumerate(findings(walk)) if str(number) in ticked]
    longest = {question.id: LONGEST.get(question.type, 0) for question in walk.definition.all_questions}
    changed = {}
    for name, text in words_of(walk).items():
        outs = [(place, each.kind) for each in chosen for place in each.places if place.question == name]
        if outs:
            changed[name] = without(text, outs, longest[name])
    if changed:
        walk.keep(dict(changed))
    return bool(changed)


def without(text: str, outs: Iterable[tuple[Place, str]], longest: int) -> str:
    """From the end, so that what stands before keeps its place. Where a mark would not fit, three dots do."""
    for place, kind in sorted(outs, key=lambda out: out[0].start, reverse=True):
        instead = mark(kind)
        room = longest - len(text) + place.end - place.start
        text = text[: place.start] + (instead if len(instead) <= room else "…") + text[place.end :]
    return text

"""What would go wrong with one translated text of the pages, in a translator's file or as it was compiled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from feedback.survey.translating import TURNS_TEXT, faults_of_placeholders, is_unseen
from feedback.survey.typed import UNWRITABLE

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[#0 +-]*\d*(?:\.\d+)?[sdifgr%]|\{\w*\}")
# "two visits" is one word in Arabic: a plural form may say its number in words
NUMBERS = {f"%({name}){kind}" for name in ("num", "count", "number") for kind in "sd"}


class Anything(dict[str, int]):
    """Fills in every name."""

    def __missing__(self, _name: str) -> int:
        return 1


def faults_of_forms(source: Sequence[str], said: Collection[str]) -> Iterator[str]:
    """`source`: our words, one form or two. `said`: every form of the translation that is there."""
    ours = source[-1]
    wanted = set(PLACEHOLDER.findall(ours)) if may_be_filled_in(ours) else set()
    may_miss = wanted & NUMBERS if len(source) > 1 else set()
    for form in said:
        if may_be_filled_in(form) or wanted:
            there = set(PLACEHOLDER.findall(form))
            yield from faults_of_placeholders(wanted - (may_miss - there), there)
            if fills_in(ours) and not fills_in(form):
                yield "has a % sign that our words don't have: take it out"
        if is_unseen(form):
            yield "holds nothing that anybody can see: write the words, or leave it empty"
        if form.isprintable():  # nearly all are, and every start of the site looks through all of them
            continue
        if UNWRITABLE.search(form):
            yield "holds a sign that nobody can write: type it anew"
        if TURNS_TEXT.search(form):
            yield "holds an unseen sign that turns text round: type it anew"


def may_be_filled_in(text: str) -> bool:
    return "%" in text or "{" in text


def fills_in(text: str) -> bool:
    try:
        text % Anything()
    except (ValueError, TypeError, KeyError):
        return False
    return True


def same_plurals(said: str, wanted: str) -> bool:
    return re.sub(r"\s", "", said).rstrip(";") == re.sub(r"\s", "", wanted).rstrip(";")

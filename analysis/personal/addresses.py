"""Where somebody lives: a house number with the words of a street."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.personal.cues import Cues, word_list
from analysis.personal.details import Detail
from analysis.personal.folded import Word

Span = tuple[int, int]

_ENGLISH = re.compile(
    r"(?<![\w.,£$])(\d{1,4}[a-z]?)(?:,? )((?:[a-z'.]{2,20} ){1,3})("
    + "|".join(sorted(word_list("english_streets")))
    + r")(?!\w)"
)
# "12 rue Victor Hugo": the number before a word for street that comes first.
_NUMBER_BEFORE = re.compile(r"(\d{1,4} ?[a-z]?)[ ,]{1,3}$")
_NUMBER_AFTER = re.compile(
    r"\.?(?:[^.!?\n\d؟۔।]|\.(?= ?\d)){0,40}?[ ,#:.\-](\d{1,4}(?:[a-z]|/\d{1,4})?)(?![\d:%£]|\w)"
)
_HOUSE = re.compile(r"[\s:#.]{0,3}(\d{1,4}(?:[a-z]|[/-]\d{1,4})?)(?![\d:%]|\w)")
_CHINESE = re.compile(
    r"(?:(?![住在是于我])[\u4e00-\u9fff]){2,8}(?:路|街|巷|大道)\d{1,5}号?(?:[\u4e00-\u9fff\d]{0,4}\d{1,5}[室号])?"
    r"|\d{1,4}号楼\d{1,5}室"
)


def addresses(
    folded: str, streets: Sequence[Span], houses: Sequence[Span], found: Sequence[Word], cues: Cues
) -> Iterator[Detail]:
    for match in _ENGLISH.finditer(folded):
        names = match[2].split()
        if not word_list("never_in_a_street_name").intersection(names):
            yield Detail("address", match.start(), match.end(), match[3])
    places = {word.start: place for place, word in enumerate(found)}
    for start, end in streets:
        place = places[start]
        at_once = folded[end : end + 1] == " "  # not "ul. Długa", which has its number behind
        before = _NUMBER_BEFORE.search(folded, max(0, start - 8), start) if at_once else None
        after = _NUMBER_AFTER.match(folded, end, min(len(folded), end + 60))
        if before:
            yield Detail("address", before.start(1), _named(found, place, cues), folded[start:end])
        elif after and _is_named(folded, found, place, after):
            previous = found[place - 1] if place else None
            if previous and previous.capital and previous.key not in cues.stops and start - previous.end == 1:
                start = previous.start  # "Karanfil Sokak No: 12"
            yield Detail("address", start, after.end(1), folded[start:end])
    for start, end in houses:
        if number := _HOUSE.match(folded, end):
            yield Detail("address", start, number.end(), folded[start:end])
    for match in _CHINESE.finditer(folded):
        yield Detail("address", match.start(), match.end(), "form")


def _named(found: Sequence[Word], street: int, cues: Cues) -> int:
    """Where the street's name ends: up to three words on, before a word that begins something else."""
    end = found[street].end
    for word in found[street + 1 : street + 5]:
        if word.start - end > 2:
            break
        if word.key in cues.stops and word.key not in (
            "de",
            "du",
            "des",
            "la",
            "le",
            "da",
            "do",
            "dos",
            "das",
        ):
            break
        end = word.end
    return end


def _is_named(folded: str, found: Sequence[Word], street: int, number: re.Match[str]) -> bool:
    """Whether a street's name stands by the number: not "30 minutes in the street"."""
    ends_there = not folded[number.end() : number.end() + 2].strip(" ,.;)")[:1].isalpha()
    between = [word for word in found[street + 1 : street + 6] if word.end <= number.start(1)]
    uncased = bool(between) and between[0].key.upper() == between[0].key
    return ends_there or uncased or any(word.capital for word in between)

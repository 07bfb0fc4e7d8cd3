"""Names of people: beside a cue such as "my name is", "nurse" or "called", or known as a given name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.personal.cues import Cue, Cues, chinese, chinese_surnames, given_names, known_names, word_list
from analysis.personal.details import Detail
from analysis.personal.folded import Word

MOST = 4  # words of one name
LONGEST_SHORT = 4  # letters of a title that is written with a dot: "Prof."
_OPEN = frozenset(" \t\n\u00a0:,(-\"'“‘«\u200c،.")
_JOINS = frozenset({"", " ", "-", ". ", "\u00a0", "\u200c"})


@dataclass(frozen=True)
class _Text:
    text: str
    words: Sequence[Word]
    cues: Cues

    def gap(self, place: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.words[place - 1].end : self.words[place].start]


def names(text: str, found: Sequence[Word], all_cues: Sequence[Cue], cues: Cues) -> Iterator[Detail]:
    here = _Text(text, found, cues)
    roles = {cue.first for cue in all_cues if cue.use in ("roles", "titles", "posts")}
    for cue in all_cues:
        because = text[found[cue.first].start : found[cue.after - 1].end]
        if cue.use in ("own", "titles", "roles", "known"):
            span = _after(here, cue)
        elif cue.use in ("after", "called_after"):
            span = _before(here, cue)
        elif cue.use == "before_role" and cue.after in roles:
            span = _beside_a_role(here, cue)
        else:
            span = None
        if span:
            yield Detail("name", *span, because)
    yield from _known_alone(here)
    yield from _chinese(text)


def _after(here: _Text, cue: Cue) -> tuple[int, int] | None:
    """The name after a cue; how much is asked of it depends on how sure the cue is."""
    first = cue.after
    if first >= len(here.words):
        return None
    word, last = here.words[first], here.words[first - 1]
    shortened = cue.use == "titles" and len(last.key) <= LONGEST_SHORT
    if not _reaches(here.gap(first), dot=shortened):
        return None
    if not _may_be_name(here, word):
        return None
    known, cased = word.key in known_names(), _is_cased(word.key)
    # "z" and "m" are titles with their dot only.
    if cue.use == "titles" and len(last.key) == 1 and not here.gap(first).startswith("."):
        return None
    enough = {
        "own": True,
        "titles": word.capital or known or not cased,
        "roles": word.capital or known,
        "known": word.key in given_names(),
    }[cue.use]
    if not enough or _is_place(here, first):
        return None
    return word.start, _end(here, first, free=cue.use == "own")


def _reaches(gap: str, *, dot: bool) -> bool:
    """No sentence ends between a cue and its name, but "Dr. Ali" and "My name is: Ali" do no harm."""
    if len(gap) > 4 or not _OPEN.issuperset(gap) or gap.count("\n") > 1:
        return False
    return "." not in gap or dot


def _may_be_name(here: _Text, word: Word) -> bool:
    if word.key in here.cues.stops or any(character.isdigit() for character in word.key):
        return False
    return len(word.key) > 1 and not (word.shouted and word.capital and len(word.key) <= 5)


def _end(here: _Text, first: int, *, free: bool) -> int:
    """Where the name that starts at `first` ends; `free`: it may go on without a capital."""
    last = first
    start = here.words[first]
    for place in range(first + 1, min(first + MOST, len(here.words))):
        word = here.words[place]
        initial_before = len(here.words[place - 1].key) == 1
        if here.gap(place) not in _JOINS or (here.gap(place) == ". " and not initial_before):
            break
        if (
            word.key in word_list("small_in_names")
            and place + 1 < len(here.words)
            and here.words[place + 1].capital
        ):
            continue
        initial = len(word.key) == 1 and word.capital and word.key != "i"
        if not initial and not _may_be_name(here, word):
            break
        lower = free and not start.capital and place == first + 1 and word.key not in ("who", "from")
        conjoined = word.key[0] == "و" and word.key not in known_names()
        if conjoined or not (word.capital or word.key in known_names() or lower):
            break
        last = place
    return here.words[last].end


def _before(here: _Text, cue: Cue) -> tuple[int, int] | None:
    """ "Ayşe Hanım", "গুরপ্রীত জি": the name stands before."""
    place = cue.first - 1
    if place < 0 or here.gap(cue.first) not in _JOINS:
        return None
    word = here.words[place]
    known = word.key in known_names()
    if not _may_be_name(here, word) or not (word.capital or known or cue.use == "called_after"):
        return None
    start = place
    while start and start > place - 2 and here.gap(start) == " ":
        before = here.words[start - 1]
        if not _may_be_name(here, before) or not (before.capital or before.key in known_names()):
            break
        start -= 1
    return here.words[start].start, word.end


def _beside_a_role(here: _Text, cue: Cue) -> tuple[int, int] | None:
    """ "... and Siobhan, my support worker": not where a sentence starts, for there all words are tall."""
    place = cue.first - 1
    if place < 1 or here.gap(cue.first) not in (" ", ", ", " (", " - "):
        return None
    word = here.words[place]
    if not word.capital or not _may_be_name(here, word) or set(here.gap(place)) & set(".!?\n:;"):
        return None
    return word.start, word.end


def _known_alone(here: _Text) -> Iterator[Detail]:
    """A given name with its capital needs no cue; where a script has no capitals it would be any word."""
    for place, word in enumerate(here.words):
        if word.capital and word.key in given_names() and not _is_place(here, place):
            if word.shouted and len(word.key) <= 4:
                continue
            yield Detail("name", word.start, _end(here, place, free=False), "a given name")


def _is_place(here: _Text, place: int) -> bool:
    """ "Victoria Hospital", "St Thomas", "King George Ward"."""
    before = here.words[place - 1].key if place else ""
    after = [word.key for word in here.words[place + 1 : place + 3]]
    more = place + 2 < len(here.words) and here.words[place + 1].capital
    return before in word_list("before_a_place") or not word_list("places").isdisjoint(
        after[: 2 if more else 1]
    )


def _is_cased(word: str) -> bool:
    return word.upper() != word


_HAN = "\u4e00-\u9fff"


def _chinese(text: str) -> Iterator[Detail]:
    """Chinese runs on without spaces: a name is two to four characters that begin no other word."""
    if not re.search(f"[{_HAN}]", text):
        return
    lists = chinese()
    stops, family = "".join(lists["stops"]), chinese_surnames()
    given = f"(?:(?![{stops}])[{_HAN}])"
    own = re.compile(f'(?:{"|".join(lists["own"])})[：:“"\\s]{{0,2}}({given}{{1,3}}(?:·{given}{{1,6}})?)')
    for match in own.finditer(text):
        if len(match[1]) > 1 or match.group().startswith("我姓"):
            yield Detail("name", *match.span(1), text[match.start() : match.start(1)])
    known = re.compile(f"(?:{'|'.join(lists['known'])})([{family}]{given}{{1,2}})")
    for match in known.finditer(text):
        yield Detail("name", *match.span(1), text[match.start() : match.start(1)])
    titles = "|".join(sorted(lists["after"], key=len, reverse=True))
    after = re.compile(f"(?<![任如为])(?!任何)([{family}]{given}{{0,2}}?)(?:{titles})")
    for match in after.finditer(text):
        yield Detail("name", *match.span(1), text[match.end(1) : match.end()])

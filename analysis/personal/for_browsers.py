"""The surest of the rules as plain data, for a page to apply while somebody is still writing.

A browser gets the forms (telephone, e-mail, postcode, NHS and National Insurance numbers) and the words
beside which a name stands in the language of the page: three kilobytes. What needs the lists of names, and
everything else that `find` knows, is found once the words reach the server.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from analysis.personal import checksums, forms, numbers
from analysis.personal.chinese_names import patterns as chinese_patterns
from analysis.personal.cues import (
    BESIDE_NAMES,
    Workers,
    chinese,
    cue_lists,
    known_names,
    phrases,
    word_list,
    workers,
)
from analysis.personal.folded import PLAIN, fold, key, words

_IN_CLASS = r"\p{L}\p{N}_"
# One zero of each script's digits; the other nine follow it in Unicode.
_ZEROS = "".join(chr(code) for code in range(128, 0x1000) if unicodedata.decimal(chr(code), None) == 0)

# What a page looks for by itself, whatever the language.
FORMS = {
    "email": forms.EMAIL, "postcode": forms.POSTCODE, "ordinal": forms.ORDINAL, "ni": forms.NI,
    "run": numbers.RUN, "left": numbers.LEFT, "right": numbers.RIGHT, "date": numbers.DATE,
    "clock": numbers.CLOCK, "public": numbers.PUBLIC,
}  # fmt: skip

Rules = dict[str, Any]


@lru_cache(maxsize=32)
def rules(language: str) -> Rules:
    """For a BCP-47 tag. Patterns are JavaScript's, for its flag `u`, over folded text (see `plain`, `zeros`);
    word lists are keys as `analysis.personal.folded.key` makes them. Not to be changed by the caller.
    """
    own = cue_lists(language)
    han = own is chinese()  # no spaces between words: patterns over the text as written
    cued = {} if han else own
    stops = _keys(cued.get("stops", []))
    written_with_capitals = any(word[0].upper() != word[0] for word in stops)
    return {
        "plain": PLAIN,
        "zeros": _ZEROS,
        "areas": " ".join(sorted(word_list("postcode_areas"))),
        "counted": " ".join(sorted(word_list("counted_by_an_ordinal"))),
        "units": " ".join(sorted(word_list("no_end_of_a_postcode"))),
        "patterns": {name: for_javascript(pattern) for name, pattern in FORMS.items()},
        "ni": {"first": "".join(sorted(checksums.NOT_FIRST)), "second": "".join(sorted(checksums.NOT_SECOND)),
               "never": " ".join(sorted(checksums.NO_NI))},
        "cues": {use: _keys(cued[use]) for use in BESIDE_NAMES if cued.get(use)},
        "stops": " ".join(stops),
        "workers": {} if han else _workers(workers(language)),
        "places": _places() if written_with_capitals else {},
        "chinese": [for_javascript(pattern) for pattern in chinese_patterns()] if han else [],
    }  # fmt: skip


def _workers(lists: Workers) -> dict[str, Any]:
    """Of "my worker ...", what the language has; `known`: names that are made like verbs."""
    known = (name for name in known_names() if lists.shape and re.fullmatch(lists.shape, name))
    held = {"between": lists.between, "plain": lists.plain, "finals": lists.finals, "closes": lists.closes,
             "known": set(known), "my": _keys(lists.my)}  # fmt: skip
    said: dict[str, Any] = {name: " ".join(sorted(set(of))) for name, of in held.items() if of}
    said |= {"who": _keys(lists.who), "named": [key(each) for each in lists.named]}
    return said | {name: of for name in ("shape", "second", "sure") if (of := getattr(lists, name))}


def _places() -> dict[str, Any]:
    """What has a name and is nobody: "Citizens Advice", "Victoria Ward"."""
    return {
        "after": " ".join(sorted(word_list("places"))),
        "before": " ".join(sorted(word_list("before_a_place"))),
        "phrases": [" ".join(phrase) for phrase in phrases("organisations")],
        "small": " ".join(sorted(word_list("small_in_names"))),
    }


def _keys(phrases: list[str]) -> list[str]:
    return sorted({" ".join(word.key for word in words(phrase, fold(phrase))) for phrase in phrases})


def for_javascript(pattern: re.Pattern[str]) -> str:
    r"""The source of a pattern for JavaScript's flag `u`, whose `\w` knows ASCII only."""
    written, inside = [], False
    for part in re.findall(r"\\.|.", pattern.pattern, re.DOTALL):
        if part == r"\w":
            written.append(_IN_CLASS if inside else f"[{_IN_CLASS}]")
            continue
        inside = {"[": True, "]": False}.get(part, inside)
        written.append(part)
    return "".join(written)

"""The surest of the rules as plain data, for a page to apply while somebody is still writing.

A browser gets the forms (telephone, e-mail, postcode, NHS and National Insurance numbers) and the words
beside which a name stands in the language of the page: two kilobytes. What needs the lists of names, and
everything else that `find` knows, is found once the words reach the server.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from analysis.personal import checksums, numbers
from analysis.personal.cues import chinese, cue_lists, word_list
from analysis.personal.folded import PLAIN, key

USES = ("own", "titles", "roles", "after", "called_after")
_IN_CLASS = r"\p{L}\p{N}_"
# One zero of each script's digits; the other nine follow it in Unicode.
_ZEROS = "".join(chr(code) for code in range(128, 0x1000) if unicodedata.decimal(chr(code), None) == 0)

Rules = dict[str, str | dict[str, str] | dict[str, list[str]]]


@lru_cache(maxsize=32)
def rules(language: str) -> Rules:
    """For a BCP-47 tag. Patterns are JavaScript's, for its flag `u`, over folded text (see `plain`, `zeros`);
    word lists are keys as `analysis.personal.folded.key` makes them. Not to be changed by the caller.
    """
    own = cue_lists(language)
    # No spaces between words and no capitals: there a browser leaves names to the server.
    cued = {} if own is chinese() else own
    return {
        "plain": PLAIN,
        "zeros": _ZEROS,
        "areas": " ".join(sorted(word_list("postcode_areas"))),
        "patterns": {name: for_javascript(pattern) for name, pattern in numbers.FORMS.items()},
        "ni": {"first": "".join(sorted(checksums.NOT_FIRST)), "second": "".join(sorted(checksums.NOT_SECOND)),
               "never": " ".join(sorted(checksums.NO_NI))},
        "cues": {use: _keys(cued[use]) for use in USES if cued.get(use)},
        "stops": " ".join(_keys(cued.get("stops", []))),
    }  # fmt: skip


def _keys(phrases: list[str]) -> list[str]:
    return sorted({" ".join(key(word) for word in phrase.split()) for phrase in phrases})


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

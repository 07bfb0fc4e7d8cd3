"""Names one after another, as each language joins them: by CLDR, and by us where CLDR is short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from babel.lists import format_list

from .languages import LANGUAGES

# CLDR has no pattern for Sorani, so that Babel would put bare Latin commas.
OWN = {"ckb": ("، ", " و ")}
# CLDR's Welsh is "a(c)", which nobody says: "ac" before a vowel, and w is one where none follows it.
WELSH_VOWEL = re.compile(r"[aeiouy]|w(?![aeiouy])")
SPANISH_I = re.compile(r"h?i(?![aeou])")  # where "y" turns to "e"


def joined(names: Sequence[str], tag: str) -> str:
    if len(names) < 2:
        return "".join(names)
    if tag in OWN:
        comma, last = OWN[tag]
        return last.join([comma.join(names[:-1]), names[-1]])
    locale = LANGUAGES[tag].babel if tag in LANGUAGES else tag
    *before, last_name = names
    if tag == "cy":
        return f"{', '.join(before)} {'ac' if starts(WELSH_VOWEL, last_name) else 'a'} {last_name}"
    if tag == "es" and starts(SPANISH_I, last_name):
        return f"{', '.join(before)} e {last_name}"
    return str(format_list(list(names), locale=locale))


def starts(sound: re.Pattern[str], word: str) -> bool:
    """Whatever accents the word carries."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    return sound.match(bare.lower().lstrip("“\"'(")) is not None

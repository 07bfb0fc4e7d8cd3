"""A text made easy to compare, each character still in its place: small letters, no accents, plain digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from analysis.segment import MARKS

# Accents, Arabic vowel signs, tatweel and the dots below letters of India may be typed or left out, or be
# one with their letter; joiners are not seen.
_LOOSE = re.compile("[\u0300-\u036f\u093c\u09bc\u0a3c\u0abc\u0640\u064b-\u0652\u0670\u200b-\u200f\u2060]")
PLAIN = {
    "ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "s", "æ": "a", "œ": "o", "’": "'", "‘": "'", "ʼ": "'",
    "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "＠": "@", "．": ".", "\u00a0": " ",
    "\u2009": " ", "\u202f": " ", "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ة": "ه", "ێ": "ی", "ۍ": "ی",
    "ې": "ی", "№": "#",
}  # fmt: skip
_WORD = re.compile(rf"\w[\w{MARKS}\u0640]*(?:'\w[\w{MARKS}]*)*")
_LATIN_POSSESSIVE = re.compile(r"'s$")


class _Table(dict[int, str]):
    """str.translate's table, filled with each character as it first comes; always one for one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            found = str(digit)
        else:
            base = unicodedata.normalize("NFKD", character)
            whole = len(base) == 1 or all(unicodedata.combining(mark) for mark in base[1:])
            small = (base[0] if whole else character).lower()[:1] or character
            found = PLAIN.get(small, small)
        self[code] = found
        return found


_table = _Table({ord(odd): plain for odd, plain in PLAIN.items()})


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start:end]`; `key` is what it is compared by; `capital` only where the script has capitals."""

    start: int
    end: int
    key: str
    capital: bool
    shouted: bool


def fold(text: str) -> str:
    """As long as `text`, so that a span of one is a span of the other."""
    return text.translate(_table)


def key(word: str) -> str:
    """What two spellings of a word have in common."""
    return _LOOSE.sub("", fold(word))


def words(text: str, folded: str) -> list[Word]:
    """The words in order, a Latin 's left off their end; no capitals in a text that is all shouted."""
    letters = [character for character in text[:2000] if character.isalpha()]
    shouting = len(letters) > 3 and 2 * sum(character.isupper() for character in letters) > len(letters)
    found = []
    for match in _WORD.finditer(folded):
        start = match.start()
        if not _LOOSE.sub("", match.group()):
            continue
        bare = _LATIN_POSSESSIVE.sub("", match.group())
        written = text[start : start + len(bare)]
        found.append(
            Word(
                start,
                start + len(bare),
                _LOOSE.sub("", bare),
                not shouting and written[0].isupper(),
                len(written) > 1 and written.isupper(),
            )
        )
    return found

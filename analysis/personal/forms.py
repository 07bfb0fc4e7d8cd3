"""Details that their form alone gives away: e-mail, web, postcode, National Insurance number.

Everything works on the folded text, so ٠٧٧ and ০৭৭ and 077 are one. Each pattern is bounded, so that a
long text costs as many steps a character as a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.personal.checksums import is_ni_prefix
from analysis.personal.cues import word_list
from analysis.personal.details import Detail

# "name at example dot org" and "name @ example.org" count too, where they end like an address.
EMAIL = re.compile(
    r"(?<![\w.+'-])[\w.+'-]{1,64}(?:\s?[\[(]?dot[\])]?\s[\w+'-]{1,64}){0,2}"
    r"(?:@|\s?[\[(]\s?at\s?[\])]\s?|\sat\s(?=[\w-]{1,40}(?:\sdot\s|\.)(?:com|org|net|co|gmail)\b)"
    r"|\s{0,2}@\s{0,2}(?=[\w-]{1,40}(?:\.[\w-]{1,40}){0,2}(?:\s\.\s?|\.)(?:com|org|net|co|uk|info|eu)\b))"
    r"[\w-]{1,63}(?:(?:\.|\s\.\s?(?=(?:com|org|net|co|uk)\b)|\s?[\[(]dot[\])]\s?|\sdot\s)[\w-]{1,63}){1,4}"
)
_URL = re.compile(
    r"https?://[^\s<>\"]{1,2000}"
    r"|(?<![\w@.])www\.[^\s<>\"]{1,2000}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|info|co\.uk|org\.uk|gov\.uk|nhs\.uk|ac\.uk|me\.uk)\b(?:/[^\s<>\"]{0,500})?"
    r"|(?<![\w@.])@[a-z0-9_](?:[a-z0-9_.]{1,29})"
)
# "cf 10 1aa" and "CF10-1AA" as well: area, gap, district, gap, the rest.
POSTCODE = re.compile(
    r"(?<![a-z0-9])([a-z]{1,2})( ?)([0-9][0-9a-z]?)( {0,2}| ?- ?|\.)"
    r"([0-9][abd-hjlnp-uw-z]{2})(?![a-z0-9])"
)
ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")
NI = re.compile(r"(?<![a-z0-9])([a-z]{2})[ .-]?\d\d[ .-]?\d\d[ .-]?\d\d[ .-]?[a-d](?![a-z0-9])")


def form(text: str, folded: str) -> Iterator[Detail]:
    """What needs no cue and no check digit."""
    for match in EMAIL.finditer(folded):
        yield Detail("email", match.start(), match.end(), "form")
    for match in _URL.finditer(folded):
        end = match.start() + len(match.group().rstrip(".,;:!?)]}'"))
        yield Detail("url", match.start(), end, "form")
    for match in POSTCODE.finditer(folded):
        if _is_postcode(text, folded, match):
            yield Detail("postcode", match.start(), match.end(), "form")
    for match in NI.finditer(folded):
        if is_ni_prefix(match[1]):
            yield Detail("ni", match.start(), match.end(), "form")


def _is_postcode(text: str, folded: str, match: re.Match[str]) -> bool:
    area, apart, _district, gap, rest = match.groups()
    if area not in word_list("postcode_areas"):
        return False
    odd = bool(apart) or gap.strip() != ""
    if odd and (len(area) == 1 or rest[1:] in word_list("no_end_of_a_postcode")):
        return False  # "s 10 5lb", "m4-2hr"
    return not (gap and ORDINAL.fullmatch(rest) and _counts(text, folded, match))


def _counts(text: str, folded: str, match: re.Match[str]) -> bool:
    """Whether "8th" after "B33" counts something: "B12 3rd dose", "the E1 4th floor", "N1 1st".

    A postcode is written in one height, "B33 8TH" or "b33 8th"; an ordinal after a capital is small.
    """
    following = folded[match.end() : match.end() + 20].split(" ")
    counted = len(following) > 1 and following[0] == "" and following[1].rstrip(".,;:!?")
    mixed = text[match.start()].isupper() and text[match.end() - 1].islower()
    before = folded[max(0, match.start() - 4) : match.start()]
    return mixed or counted in word_list("counted_by_an_ordinal") or before == "the "

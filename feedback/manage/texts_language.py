"""Which language a translator's file says it is in, so that none is taken for another."""

from __future__ import annotations

import re

from babel import Locale, UnknownLocaleError

from feedback.web.languages import LANGUAGES, match, spoken

# As we name our files, and as browsers number a second copy: story.pl.csv, story.pl (1).csv.
IN_NAME = re.compile(r"(?:^|\.)([A-Za-z]{2,3}(?:-[A-Za-z]{1,8})*)(?: ?\(\d+\))?\.\w+$")
KURDISH = {"ku": "ckb"}  # what programs call Sorani that don't know it


def another(language: str, said: str, name: str) -> str | None:
    """The language that the file itself says (or else its name) where that isn't this one; None: no doubt."""
    in_name = IN_NAME.search(name)
    found = known(said) or match(in_name.group(1) if in_name else "", LANGUAGES)
    # A .po of easy read says English: no translators' program knows our own tag.
    return found if found and found not in (language, spoken(language)) else None


def known(said: str) -> str | None:
    """Its tag. A spreadsheet's name may be any word, and then it says nothing."""
    tag = said.strip().replace("_", "-")
    if found := match(KURDISH.get(tag, tag), LANGUAGES):
        return found
    try:
        return str(Locale.parse(tag, sep="-").language)
    except (ValueError, TypeError, UnknownLocaleError):
        return None

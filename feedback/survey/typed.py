"""What people type, made safe to keep without changing what they said."""

from __future__ import annotations

import re
import unicodedata

# No keyboard writes these, and neither a page nor a database can hold them all: control signs except
# tab and new line, and Unicode's noncharacters. Direction marks, joiners and emoji stay.
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)


def clean(text: str) -> str:
    """As written, with one kind of line end and without signs that nobody can write."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def whole_number(text: str) -> int | None:
    """A whole number in the digits of any script, spaces and direction marks aside."""
    signs = [sign for sign in text if not sign.isspace() and unicodedata.category(sign) != "Cf"]
    minus = bool(signs) and signs[0] in "-\u2212"
    digits = [unicodedata.decimal(sign, None) for sign in signs[minus:]]
    if not digits or None in digits or len(digits) > 12:
        return None
    value = int("".join(str(digit) for digit in digits))
    return -value if minus else value

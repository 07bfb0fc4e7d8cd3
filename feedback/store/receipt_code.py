"""The receipt code: 15 digits and a Damm check digit, in groups of four.

Damm's quasigroup finds every wrong digit and every swapped neighbour: H. M. Damm,
"Total anti-symmetrische Quasigruppen", Marburg 2004.
"""

from __future__ import annotations

import unicodedata

DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
DIGITS = 16


def check_digit(digits: str) -> str:
    row = 0
    for digit in digits:
        row = int(DAMM[row][int(digit)])
    return str(row)


def from_hash(mac: bytes) -> str:
    """16 digits from a keyed hash; the bias of the remainder is under 2**-200."""
    digits = f"{int.from_bytes(mac) % 10 ** (DIGITS - 1):0{DIGITS - 1}d}"
    return digits + check_digit(digits)


def in_groups(code: str) -> str:
    return " ".join(code[start : start + 4] for start in range(0, DIGITS, 4))


def read(typed: str) -> str | None:
    """The 16 digits of what someone typed in any script; None where it can't be a code.

    Spaces, dashes and direction marks between digits are fine.
    """
    kept = [sign for sign in typed if not is_separator(sign)]
    values = [unicodedata.decimal(sign, None) for sign in kept]
    if len(values) != DIGITS or None in values:
        return None
    code = "".join(str(value) for value in values)
    return code if check_digit(code) == "0" else None


def appears_in(text: str, code: str) -> bool:
    """Whether a text holds the code, in any script, with any signs but letters between its digits."""
    values = (unicodedata.decimal(sign, "|" if sign.isalnum() else "") for sign in text)
    return code in "".join(str(value) for value in values)


def is_separator(sign: str) -> bool:
    return unicodedata.category(sign) in {"Zs", "Pd", "Cf", "Cc"} or sign in "._"

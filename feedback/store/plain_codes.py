"""Codes that people type from paper: no two signs look alike, and a slip shows before anything is asked.

Digits and letters without I, L, O, U and V, after Crockford's base 32. 31 signs are a prime number of them,
so that one check sign finds every wrong sign and every two that were swapped (as ISBN-10 does with 11).
"""

from __future__ import annotations

import secrets
import unicodedata

SIGNS = "0123456789ABCDEFGHJKMNPQRSTWXYZ"
LOOKS_LIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
IN_A_GROUP = 4


def make(length: int) -> str:
    """A new code at random, its last sign the check."""
    body = "".join(secrets.choice(SIGNS) for _ in range(length - 1))
    return next(body + last for last in SIGNS if is_right(body + last))


def is_right(code: str) -> bool:
    """Each place counts with another weight, from 1 for the last; 31 places at most."""
    return sum(weight * SIGNS.index(sign) for weight, sign in enumerate(reversed(code), 1)) % len(SIGNS) == 0


def read(typed: str, length: int) -> str | None:
    """What was typed as a code of this length; None where there is a slip in it."""
    folded = unicodedata.normalize("NFKC", typed).upper().translate(LOOKS_LIKE)
    kept = [sign for sign in folded if unicodedata.category(sign) not in {"Zs", "Pd", "Cf", "Cc"}]
    code = "".join(str(unicodedata.decimal(sign, sign)) for sign in kept)
    known = len(code) == length and set(code) <= set(SIGNS)
    return code if known and is_right(code) else None


def in_groups(code: str) -> str:
    return " ".join(code[start : start + IN_A_GROUP] for start in range(0, len(code), IN_A_GROUP))

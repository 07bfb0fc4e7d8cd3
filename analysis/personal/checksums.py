"""Numbers that carry their own proof."""

from __future__ import annotations

# Never given out: https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
NO_NI = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
NOT_FIRST = frozenset("DFIQUV")
NOT_SECOND = frozenset("DFIOQUV")


def is_nhs_number(digits: str) -> bool:
    """Ten digits whose last one is the modulo 11 check digit of the first nine.

    Source: NHS Data Dictionary, NHS NUMBER (England, Wales and the Isle of Man).
    """
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return len(set(digits)) > 1 and check % 11 == int(digits[9]) and check != 10


def is_ni_prefix(letters: str) -> bool:
    """Two letters that a National Insurance number may begin with (HMRC manual NIM39110)."""
    pair = letters.upper()
    return pair[0] not in NOT_FIRST and pair[1] not in NOT_SECOND and pair not in NO_NI


def passes_luhn(digits: str) -> bool:
    """Whether a bank card's last digit is right (ISO/IEC 7812-1)."""
    doubled = [
        sum(divmod(int(d) * 2, 10)) if place % 2 else int(d) for place, d in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1

"""The receipt code: read over the phone, typed in any script, one wrong digit always noticed."""

from __future__ import annotations

import pytest

from feedback.store import receipt_code

CODES = [receipt_code.from_hash(bytes([seed]) * 32) for seed in (0, 1, 7, 90, 255)]
ARABIC, PERSIAN, BENGALI = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "০১২৩৪৫৬৭৮৯"


def in_script(code: str, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in code)


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_15_digits_and_a_check_digit(code: str) -> None:
    assert len(code) == 16 and code.isascii() and code.isdigit()
    assert receipt_code.read(code) == code
    assert receipt_code.in_groups(code) == f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:]}"


@pytest.mark.parametrize("code", CODES)
def test_every_single_wrong_digit_is_noticed(code: str) -> None:
    for position in range(16):
        for digit in set("0123456789") - {code[position]}:
            assert receipt_code.read(code[:position] + digit + code[position + 1 :]) is None


@pytest.mark.parametrize("code", CODES)
def test_every_swap_of_neighbours_is_noticed(code: str) -> None:
    for position in range(15):
        swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
        assert swapped == code or receipt_code.read(swapped) is None


def test_the_table_finds_every_wrong_digit_and_every_swap() -> None:
    """Damm's two conditions, for all digits: each row a permutation, no two neighbours commute."""
    for row in receipt_code.DAMM:
        assert sorted(row) == list("0123456789")
    step = [[int(digit) for digit in row] for row in receipt_code.DAMM]
    for state in range(10):
        assert step[state][state] == 0
        for a in range(10):
            for b in range(a):
                assert step[step[state][a]][b] != step[step[state][b]][a]


@pytest.mark.parametrize("digits", [ARABIC, PERSIAN, BENGALI, "０１２３４５６７８９"])
def test_digits_of_any_script_are_read(digits: str) -> None:
    assert receipt_code.read(in_script(CODES[1], digits)) == CODES[1]


@pytest.mark.parametrize(
    "typed",
    [
        "{0} {1} {2} {3}",
        "{0}-{1}-{2}-{3}",
        "{0} – {1} — {2} ‐ {3}",
        "  {0}\u00a0{1}\u202f{2}\t{3}\n",
        "\u200f{0}\u200e{1}\u2066{2}\u2069{3}",
        "{0}.{1}_{2} {3}.",
    ],
)
def test_what_stands_between_the_digits_does_not_matter(typed: str) -> None:
    code = CODES[2]
    groups = [code[start : start + 4] for start in range(0, 16, 4)]
    assert receipt_code.read(typed.format(*groups)) == code


@pytest.mark.parametrize(
    "typed",
    ["", " ", "1234", "x" * 16, CODES[0] + "0", CODES[0][:-1], CODES[0][:-1] + "½", "²" * 16, "٪" * 16],
)
def test_what_can_be_no_code_is_no_code(typed: str) -> None:
    assert receipt_code.read(typed) is None

"""What a reader can work out from the numbers shown, tried over every small table there is."""

from __future__ import annotations

from itertools import product

import pytest

from feedback.report.small_numbers import (
    BASE,
    FEWEST,
    HIDDEN,
    STEP,
    Count,
    Part,
    Share,
    breakdown,
    count,
    may_quote,
    may_show,
    share,
)

MANY = 32  # beyond this the intervals only repeat themselves
TABLES = [
    table
    for parts in (1, 2, 3, 4)
    for table in product(range(MANY + 3 if parts < 4 else 13), repeat=parts)
    if sum(table) <= MANY + 2
]


@pytest.mark.parametrize("number", range(1, FEWEST))
def test_one_to_four_is_hidden_and_never_a_zero(number: int) -> None:
    assert count(number).hidden
    assert count(number).csv == ""


def test_nobody_is_nobody() -> None:
    assert count(0) == Count(0)
    assert count(0).csv == "0"


def test_every_other_number_is_rounded_to_the_nearest_five() -> None:
    for number in range(FEWEST, 500):
        shown = count(number).value
        assert shown is not None
        assert shown % STEP == 0
        assert abs(shown - number) <= STEP // 2


def test_a_whole_of_less_than_ten_is_not_divided() -> None:
    assert breakdown({"better": 6, "worse": 3}) == {}
    assert breakdown({"better": 7, "worse": 5})["better"].count == Count(5)


def test_a_part_that_rounding_gives_away_takes_its_table_with_it() -> None:
    """10 + 10 + hidden = 15 would leave only 1."""
    assert set(breakdown({"en": 8, "pl": 8, "so": 1}).values()) == {HIDDEN}
    assert breakdown({"en": 12, "pl": 8, "so": 1})["en"] == Part(Count(10), Share(50))


def test_the_only_part_that_shows_has_no_share() -> None:
    """Its share would tell whether the hidden ones are fewer than five together."""
    assert breakdown({"en": 30, "pl": 4})["en"] == Part(Count(30), Share(None))
    assert breakdown({"en": 30, "pl": 0})["en"] == Part(Count(30), Share(100))


def test_no_hidden_part_can_be_worked_out_from_everything_that_shows() -> None:
    """A reader who knows the rule, the whole and the other parts can't rule out any of 1 to 4."""
    looks_like: dict[tuple[Count, tuple[Part, ...]], list[tuple[int, ...]]] = {}
    for table in TABLES:
        shown = tuple(breakdown(dict(enumerate(table))).values())
        looks_like.setdefault((count(sum(table)), shown), []).append(table)
    for (whole, shown), tables in looks_like.items():
        if whole.value is None or whole.value > MANY - STEP:
            continue
        for index, part in enumerate(shown):
            could_be = {table[index] for table in tables}
            if part.count.hidden and set(shown) == {HIDDEN}:
                assert len(could_be) >= (4 if len(shown) == 2 else 10), tables
            elif part.count.hidden:
                assert could_be == {1, 2, 3, 4}, tables


def test_a_share_tells_no_more_than_the_two_rounded_numbers() -> None:
    for part, whole in ((part, part + rest) for part in range(120) for rest in range(120)):
        shown = share(part, whole)
        if whole < BASE or 0 < part < FEWEST or 0 < whole - part < FEWEST:
            assert shown.hidden
            continue
        whole_shown, part_shown = count(whole).value, count(part).value
        assert whole_shown and part_shown is not None
        assert shown == Share(int(100 * part_shown / whole_shown + 0.5))
        assert (shown.percent == 100) == (part == whole)
        assert (shown.percent == 0) == (part == 0)


def test_a_quote_needs_company() -> None:
    assert not may_quote(1)
    assert not may_quote(4)
    assert may_quote(5)
    assert not may_show(9)
    assert may_show(10)

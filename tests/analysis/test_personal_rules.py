"""Each rule by itself: the numbers that prove themselves, the ways people write, and what must stay."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from analysis.personal import Detail, find
from analysis.personal.checksums import is_nhs_number, is_ni_prefix, passes_luhn
from analysis.personal.details import apart
from analysis.personal.folded import fold
from tests.analysis.test_lazy import HEAVY, loaded_after


def kinds(text: str, language: str | None = "en") -> list[tuple[str, str]]:
    return [(detail.kind, text[detail.start : detail.end]) for detail in find(text, language)]


def test_nhs_numbers_prove_themselves() -> None:
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")
    assert not is_nhs_number("943476591")
    assert not is_nhs_number("0000000000")
    assert kinds("943 476 5919 is mine") == [("nhs", "943 476 5919")]


def test_national_insurance_numbers_have_rules_for_their_letters() -> None:
    assert is_ni_prefix("AB")
    assert not any(is_ni_prefix(prefix) for prefix in ("QQ", "GB", "NT", "ZZ", "DA", "AO"))
    assert kinds("It is ab123456c.") == [("ni", "ab123456c")]
    assert kinds("It is BG 12 34 56 C.") == []


def test_bank_cards_prove_themselves() -> None:
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")
    assert kinds("they kept 4111 1111 1111 1111") == [("reference", "4111 1111 1111 1111")]


@pytest.mark.parametrize(
    "written",
    [
        "07700 900123", "07700900123", "07700-900-123", "07700.900.123", "07700/900123", "07700\n900123",
        "07700 900\r\n123", "+447700900123",
        "+44 (0)7700 900123",
        "0044 7700 900123", "(0113) 496 0123", "٠٧٧٠٠ ٩٠٠١٢٣", "۰۷۷۰۰۹۰۰۱۲۳", "০৭৭০০৯০০১২৩", "੦੭੭੦੦੯੦੦੧੨੩",
        "oh seven seven double oh nine zero zero one two three",
    ],
)  # fmt: skip
def test_a_telephone_is_found_however_it_is_written(written: str) -> None:
    text = f"Please ring {written} soon"
    covered = {place for detail in find(text) for place in range(detail.start, detail.end)}
    where = text.index(written)
    assert all(where + place in covered for place, sign in enumerate(written) if sign.isalnum())


@pytest.mark.parametrize(
    "written",
    [
        "999", "111", "0800 123 4567", "10 20 minutes", "£12,345,678", "2019 2020 2021", "10:30-11:45 14:00",
        "0 1 2 3 4 5 6 7 8 9", "12/03/2024 09:00", "500 000 000 pounds",
    ],
)  # fmt: skip
def test_other_numbers_are_no_telephone(written: str) -> None:
    assert kinds(f"Well, {written} it was") == []


def test_two_numbers_below_each_other_are_two() -> None:
    assert kinds("07700 900123\n07700 900456") == [("phone", "07700 900123"), ("phone", "07700 900456")]


def test_a_number_over_two_lines_goes_out_whole() -> None:
    assert kinds("ring 07700\n900123") == [("phone", "07700\n900123")]
    assert kinds("943 476\n5919") == [("nhs", "943 476\n5919")]


@pytest.mark.parametrize(
    "written",
    [
        "LS1 4AP", "ls14ap", "SW1A 1AA", "sw1a1aa", "m1 1ae", "CF10 1EP", "B33 8TH", "b33 8th", "B338TH",
        "CV1 1ST", "NP20 2ND", "CF24 3RD", "CF5 4ND", "cf 10 1aa", "CF10-1AA", "cf10 - 1aa", "CF10.1AA",
    ],
)  # fmt: skip
def test_postcodes_may_be_small_and_together(written: str) -> None:
    assert kinds(f"near {written}.") == [("postcode", written)]


@pytest.mark.parametrize(
    "written",
    [
        "b12 3rd dose",
        "at 5pm",
        "ZQ1 1AA",
        "N1 1st",
        "the e1 4th one",
        "M4. 2hr",
        "E1 4TH FLOOR",
        "cf 10 2nd",
        "s 10 5lb",
    ],
)
def test_what_looks_like_a_postcode_only_from_afar_stays(written: str) -> None:
    assert kinds(written) == []


@pytest.mark.parametrize(
    "written",
    [
        "a.b+c@example.org", "A.B@EXAMPLE.CO.UK", "sarah at example dot com", "sarah [at] example.org",
        "joe @ example.com", "joe @example.co.uk", "joe@ example . org",
    ],
)  # fmt: skip
def test_an_e_mail_may_be_hidden_a_little(written: str) -> None:
    assert ("email", written) in kinds(f"write to {written} please")


def test_a_birth_date_needs_a_word_for_birth_or_an_old_year() -> None:
    assert kinds("born 12/03/2001") == [("birth", "12/03/2001")]
    assert kinds("He was born in 1985 in Hull") == [("birth", "1985")]
    assert kinds("12 March 1985") == [("birth", "12 March 1985")]
    assert kinds("seen on 12 March 2024 and on 13/04/2024") == []


def test_a_post_that_one_person_holds_is_a_hint_of_its_own() -> None:
    assert kinds("the ward manager laughed") == [("role", "ward manager")]
    assert kinds("the manager Mr Ali laughed") == [("role", "manager"), ("name", "Ali")]


def test_places_named_after_people_stay() -> None:
    assert kinds("James Cook Hospital, St Mary and the Victoria Ward") == []


def test_a_cue_of_one_word_counts_in_its_own_language_only() -> None:
    text = "Przyszła z. Kowalską"
    assert kinds(text, "pl") == []
    assert kinds("Takova z. Hoxha", "sq") == [("name", "Hoxha")]


def test_why_says_what_showed_it() -> None:
    assert find("Nurse Sarah")[0].why == "Nurse"


def test_folding_keeps_every_character_in_its_place() -> None:
    for text in ("İstanbul", "ﬁne", "½ ℃", "Ａｌｉ＠", "ǅ", "ß", "١٢٣", "𝟙", "ệ", "각"):
        assert len(fold(text)) == len(text)


def test_overlapping_finds_are_cut_apart_and_nothing_is_lost() -> None:
    found = [
        Detail("name", 0, 10, ""),
        Detail("phone", 5, 15, ""),
        Detail("email", 20, 30, ""),
        Detail("url", 22, 28, ""),
    ]
    shown = apart(found)
    assert [(d.kind, d.start, d.end) for d in shown] == [("name", 0, 5), ("phone", 5, 15), ("email", 20, 30)]


def steps(work: Callable[[], Any]) -> int:
    """Lines of Python that run: a measure of work that no busy machine changes."""
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "my name is Sarah ",
        "born 1985 ",
        "07700 900123 ",
        "a.b@",
        "1 2 3 ",
        "rua ",
        "Ali ",
        "我叫王芳",
        "x" * 16,
    ],
)
def test_work_grows_with_the_length_of_the_text(piece: str) -> None:
    def work(length: int) -> int:
        text = (piece * length)[:length]
        return steps(lambda: find(text))

    find(piece)
    assert work(16_000) <= 5 * work(4_000) + 1_000


def test_a_web_process_can_ask_without_numpy() -> None:
    assert not loaded_after("from analysis.personal import find; find('I am Sarah', 'en')") & HEAVY

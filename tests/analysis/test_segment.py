from __future__ import annotations

from itertools import pairwise

import pytest

from analysis.segment import clauses, is_blank, trim


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text)]


def test_a_comment_is_cut_at_sentences_and_before_but() -> None:
    assert cut("The staff were kind but the wait was too long. I never went back there!") == [
        "The staff were kind",
        "but the wait was too long.",
        "I never went back there!",
    ]


def test_a_piece_of_one_or_two_words_stays_with_the_one_before() -> None:
    assert cut("It took three hours. Never again.") == ["It took three hours. Never again."]


def test_numbers_are_not_cut() -> None:
    assert cut("I waited 3.5 hours in the cold") == ["I waited 3.5 hours in the cold"]


def test_bullets_fall_away_and_their_lines_stand_alone() -> None:
    assert cut("- the room was cold\n- nobody spoke to me") == ["the room was cold", "nobody spoke to me"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("میں نے تین گھنٹے انتظار کیا۔ لیکن عملہ بہت مہربان تھا۔", 2),
        ("انتظرت ثلاث ساعات كاملة، لكن الموظفين كانوا لطفاء جدا", 2),
        ("Arhosais i am oriau ond roedd y staff yn garedig", 2),
        ("Czekałam trzy długie godziny, ale pani była bardzo miła", 2),
        ("Waxaan sugay saddex saacadood laakiin shaqaaluhu way fiicnaayeen", 2),
        ("工作人员很好，但是等待时间太长了。谢谢你们的帮助。", 3),
        ("আমি তিন ঘণ্টা অপেক্ষা করেছি। কিন্তু কর্মীরা খুব ভালো ছিলেন।", 2),
    ],
)
def test_every_script_has_its_own_stops_and_contrasts(text: str, parts: int) -> None:
    assert len(cut(text)) == parts


def test_places_count_code_points() -> None:
    text = "👩‍👩‍👧 We waited for hours. 😀 They were kind to us."
    assert all(text[start:end].strip() == text[start:end] for start, end in clauses(text))
    assert clauses(text)[1] == (text.index("😀"), len(text))


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u202e\u2069", "\x00"])
def test_what_nobody_can_see_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "😀", "?", " . "])
def test_what_somebody_can_see_is_not(text: str) -> None:
    assert not is_blank(text)


def test_trimming_keeps_places() -> None:
    assert trim("  hello  ") == (2, 7)
    assert trim("   ") == (0, 0)


def test_places_count_code_points_in_any_script() -> None:
    text = "\u202eسأل\u0651ني\u202c أحد؟ نعم، ثلاث مرات متتالية! e\u0301te\u0301 👩🏽‍🦽 then we went home."
    for start, end in clauses(text):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


def test_clauses_follow_each_other_and_lose_no_letter() -> None:
    text = "Nobody called me back, but I kept on trying.\n• The letter was wrong! Ok. I gave up then…"
    spans = clauses(text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = {place for start, end in spans for place in range(start, end)}
    assert not [text[place] for place in range(len(text)) if place not in inside and text[place].isalnum()]


def test_a_vowel_sign_does_not_make_two_words_of_one() -> None:
    assert cut("ভালো সেবা। অপেক্ষা দীর্ঘ।") == ["ভালো সেবা। অপেক্ষা দীর্ঘ।"]


@pytest.mark.parametrize("filling", [" ", ", ", ".", "\n", '!"', " • ", "but ", "可是", ".)", "-"])
def test_sixty_thousand_characters_of_anything_are_cut_in_good_time(filling: str) -> None:
    """Time that grew with the square of a run of spaces would not let this test end."""
    text = "We waited" + filling * (60_000 // len(filling)) + "all day long"
    assert clauses(text)[-1][1] == len(text)

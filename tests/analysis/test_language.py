from __future__ import annotations

import pytest

from analysis.language import detect

SIX = ["en", "cy", "pl", "ur", "ar", "so"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I waited a very long time for help", "en"),
        ("Roedd y staff yn garedig iawn wrtha i", "cy"),
        ("Czekałem bardzo długo na tę wizytę", "pl"),
        ("عملہ بہت مہربان تھا اور میری بات سنی", "ur"),
        ("كان الموظفون لطفاء جدا معي ومع أمي", "ar"),
        ("Waxaan sugayay saacado badan oo cidina ima caawin", "so"),
    ],
)
def test_a_sentence_is_told_among_the_languages_of_the_survey(text: str, language: str) -> None:
    assert detect([text], [None], SIX) == [language]


def test_clear_words_overrule_the_language_that_was_chosen() -> None:
    assert detect(["Czekałem bardzo długo na tę wizytę u lekarza"], ["en"], SIX) == ["pl"]


@pytest.mark.parametrize("text", ["Good", "No thank you", "😀", ""])
def test_under_four_words_the_chosen_language_stands(text: str) -> None:
    assert detect([text], ["cy"], SIX) == ["cy"]
    assert detect([text], [None], SIX) == [None]


def test_a_language_that_cannot_be_told_stands_as_chosen() -> None:
    assert detect(["it was all right thank you very much"], ["ckb"], [*SIX, "ckb"]) == ["ckb"]


def test_long_tags_come_back_as_they_were_chosen() -> None:
    said = ["我等了很长时间才见到人", "It was all right thank you"]
    assert detect(said, ["zh-Hans", "en-x-easy"], ["zh-Hans", "en-x-easy"]) == ["zh-Hans", "en-x-easy"]


@pytest.mark.parametrize("tag", ["../..", "en<script>", "x" * 300, " "])
def test_what_is_no_language_tag_is_not_taken_for_one(tag: str) -> None:
    assert detect(["Good"], [tag], SIX) == [None]


def test_four_hundred_languages_at_once_change_nothing() -> None:
    odd = [f"q{first}{second}" for first in "abcdefghijklmnopqrst" for second in "abcdefghijklmnopqrst"]
    assert detect(["The wait was far too long for us"] * 400, odd, [*SIX, *odd]) == odd


def test_the_answer_does_not_depend_on_what_stands_beside() -> None:
    texts = ["The wait was far too long", "Roedd y staff yn garedig iawn"]
    assert detect(texts, [None, None], SIX) == detect(texts[:1], [None], SIX) + detect(texts[1:], [None], SIX)


def test_a_vowel_sign_does_not_make_two_words_of_one() -> None:
    assert detect(["ভালো সেবা"], ["en"], ["en", "bn"]) == ["en"]
    assert detect(["আমি তিন ঘণ্টা অপেক্ষা করেছি"], ["en"], ["en", "bn"]) == ["bn"]

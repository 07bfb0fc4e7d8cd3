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


@pytest.mark.parametrize(
    "text",
    [
        "Pani w okienku była miła natomiast czekałem cztery godziny",
        "Doamna a fost amabilă însă am așteptat patru ore",
        "ਸਟਾਫ਼ ਬਹੁਤ ਚੰਗਾ ਸੀ ਪਰ ਮੈਨੂੰ ਬਹੁਤ ਉਡੀਕ ਕਰਨੀ ਪਈ",
        "A senhora foi simpática mas esperei quatro horas",
        "La señora fue amable aunque esperé cuatro horas",
        "સ્ટાફ બહુ સારો હતો પરંતુ મારે ઘણી રાહ જોવી પડી",
        "Персонал був дуже добрий однак я чекала чотири години",
        "کارکنان خیلی مهربان بودند اما چهار ساعت منتظر ماندم",
        "کارکوونکي ډېر مهربان وو خو ما څلور ساعته انتظار وکړ",
        "کارمەندەکان زۆر باش بوون بەڵام چوار کاتژمێر چاوەڕێم کرد",
        "Görevliler çok nazikti ama dört saat bekledim",
        "La dame était très gentille, mais j'ai attendu quatre heures",
        "Punonjësit ishin të mirë megjithatë prita katër orë",
        "Doamna a fost foarte amabilă, dar am așteptat patru ore",
        "Zonja ishte shumë e mirë, por prita katër orë",
        "护士对我非常好然而我等了四个小时",
    ],
)  # fmt: skip
def test_contrast_is_heard_in_every_language(text: str) -> None:
    assert len(cut(text)) == 2


@pytest.mark.parametrize(
    "text",
    ["Esperé dos horas largas por culpa de un papel", "Precisamos de muito mais gente no balcão hoje",
     "Dad waxaa la weydiiyey ma jirto meel aan fadhiisto"],
)  # fmt: skip
def test_a_word_that_means_but_elsewhere_cuts_nothing(text: str) -> None:
    assert len(cut(text)) == 1


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

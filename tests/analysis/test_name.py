from __future__ import annotations

from analysis.name import Vocabulary, phrases, suggest

PARKING = ["The car park was full", "No space in the car park", "Pay the car park first"]
OTHER = ["The nurse was kind", "A kind doctor", "Everyone was kind to us"]


def keywords(texts: list[str], people: list[str], members: range) -> list[str]:
    return Vocabulary(texts, people, ["en"] * len(texts)).keywords(members)


def test_what_three_people_said_becomes_a_keyword() -> None:
    found = keywords(PARKING + OTHER, list("abcdef"), range(3))
    assert found
    assert "car park" in found[0]
    assert "kind" not in found
    assert "car park" in suggest(found)


def test_what_one_person_said_three_times_does_not() -> None:
    assert keywords(PARKING + OTHER, list("aaadef"), range(3)) == []
    assert keywords(PARKING + OTHER, list("aabdef"), range(3)) == []


def test_three_people_of_three_languages_do_not_make_a_keyword_of_anyones_word() -> None:
    names = ["Fadumo helped me", "Fadumo pomogła mi", "Ha caawisay Fadumo"]
    assert Vocabulary(names, list("abc"), ["en", "pl", "so"]).keywords(range(3)) == []


def test_little_words_are_no_keywords() -> None:
    assert keywords(["and it was the", "and it was the", "and it was the"], list("abc"), range(3)) == []
    assert phrases("the wait for it") == {"wait"}


def test_little_words_of_other_languages_are_none_either() -> None:
    for text in (
        "roedd hi wedi bod yno hefyd",
        "ale ja tylko tam był",
        "وہ بھی کر رہا ہے",
        "هذا كان كل ما عندي",
    ):
        assert phrases(text) == set()
    assert phrases("Waxaan sugayay turjumaan") == {"sugayay", "turjumaan", "sugayay turjumaan"}


def test_a_phrase_does_not_reach_over_a_full_stop() -> None:
    assert "room nurse" not in phrases("A cold room. Nurse came.")


def test_no_keywords_no_name() -> None:
    assert suggest([]) == ""


def test_each_language_has_its_own_keywords() -> None:
    polish = ["Brak miejsc na parkingu", "Parking zawsze pełny", "Na parkingu tłok", "Miła pielęgniarka"]
    texts, people = PARKING + OTHER + polish, list("abcdefghij")
    vocabulary = Vocabulary(texts, people, ["en"] * 6 + ["pl"] * 4)
    found = vocabulary.keywords_by_language([0, 1, 2, 6, 7, 8])
    assert list(found) == ["en"]  # "parkingu" was used by two people only
    assert "car park" in found["en"][0]
    more = Vocabulary([*texts, "Kolejka na parkingu"], [*people, "k"], ["en"] * 6 + ["pl"] * 5)
    assert more.keywords_by_language([0, 1, 2, 6, 7, 8, 10])["pl"] == ["parkingu"]


def test_a_language_that_nobody_could_tell_is_called_so() -> None:
    found = Vocabulary(PARKING + OTHER, list("abcdef"), [None] * 6).keywords_by_language(range(3))
    assert list(found) == ["und"]

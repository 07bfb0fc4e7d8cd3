from __future__ import annotations

import numpy as np

from analysis.assemble import LONGEST_QUOTE, readable_length
from analysis.centre import unit
from analysis.quotes import Excerpt, choose, other_view, typical

# Three say nearly the same, two stand a little aside of it, each on another side.
VECTORS = unit(np.array([[1, 0, 0], [1, 0.05, 0], [1, 0, 0.05], [1, 0.8, 0], [1, 0, 0.9]], dtype=np.float32))


def excerpt(number: int, text: str = "", person: str = "", language: str = "en") -> Excerpt:
    text = text or f"We waited {number} hours for anyone to come"
    return Excerpt(f"c{number}", person or f"p{number}", 0, len(text), text, language, 0.9)


def ids(chosen: list[Excerpt]) -> list[str]:
    return [each.comment_id for each in chosen]


def test_the_most_central_comes_first_and_then_what_is_different() -> None:
    chosen = ids(choose([excerpt(n) for n in range(5)], VECTORS))
    assert len(chosen) == 3
    assert chosen[0] in {"c0", "c1", "c2"}
    assert set(chosen[1:]) == {"c3", "c4"}


def test_nobody_speaks_twice_and_no_words_stand_twice() -> None:
    one_person = [excerpt(n, person="p") for n in range(5)]
    one_text = [excerpt(n, text="We waited for ever and a DAY") for n in range(4)]
    one_text.append(excerpt(4, text="we waited for ever and a day"))
    assert len(choose(one_person, VECTORS)) == 1
    assert len(choose(one_text, VECTORS)) == 1


def test_every_language_is_heard() -> None:
    languages = ["en", "en", "en", "so", "cy"]
    said = [excerpt(n, language=language) for n, language in enumerate(languages)]
    near = np.repeat(VECTORS[:1], 5, axis=0)
    assert {each.language for each in choose(said, near, count=1)} == {"en", "so", "cy"}


def test_no_more_than_can_be_read() -> None:
    said = [excerpt(n, language=f"{chr(97 + n)}{chr(97 + n)}") for n in range(20)]
    assert len(choose(said, np.repeat(VECTORS[:1], 20, axis=0))) == 8


def test_something_to_read_comes_before_one_word_and_before_an_essay() -> None:
    said = [excerpt(0, text="Bad"), excerpt(1), excerpt(2, text="We waited and waited. " * 40)]
    assert ids(choose(said, np.repeat(VECTORS[:1], 3, axis=0)))[0] == "c1"


def test_among_equals_the_lower_id_comes_first() -> None:
    said = [excerpt(n) for n in (3, 1, 2)]
    assert ids(choose(said, np.repeat(VECTORS[:1], 3, axis=0), count=1)) == ["c1"]


def test_nothing_to_choose_from() -> None:
    assert choose([], VECTORS[:0]) == []


def test_long_words_are_cut_after_a_whole_word_and_never_changed() -> None:
    text = "  " + "We waited 😀 and waited. " * 40
    start, end = readable_length(text, (2, len(text)))
    assert end - start <= LONGEST_QUOTE
    assert text[end].isspace()
    assert not text[end - 1].isspace()
    assert readable_length("a" * 900, (0, 900)) == (0, LONGEST_QUOTE)
    assert readable_length(text, (2, 30)) == (2, 30)


def test_the_subtitle_is_the_most_typical_one_that_is_read_at_a_glance() -> None:
    said = [excerpt(n) for n in range(5)]
    chosen = typical(said, VECTORS)
    assert chosen
    assert chosen.comment_id in {"c0", "c1", "c2"}
    long = [excerpt(n, text="We waited for hours and hours. " * 7) if n < 3 else excerpt(n) for n in range(5)]
    chosen = typical(long, VECTORS)
    assert chosen
    assert chosen.comment_id in {"c3", "c4"}
    assert typical([], VECTORS[:0]) is None


def test_the_subtitle_is_in_the_language_that_most_people_wrote_in() -> None:
    said = [excerpt(n, language="so" if n < 2 else "pl") for n in range(5)]
    chosen = typical(said, VECTORS)
    assert chosen
    assert chosen.comment_id == "c2"
    one_person = [excerpt(n, language="so" if n < 2 else "pl", person="p" if n > 1 else "") for n in range(5)]
    chosen = typical(one_person, VECTORS)
    assert chosen
    assert chosen.language == "so"


def test_what_stands_elsewhere_on_the_page_is_not_quoted_again() -> None:
    said = [excerpt(0, person="p"), excerpt(1, person="p"), *(excerpt(n) for n in (2, 3, 4))]
    assert set(ids(choose(said, VECTORS, beside=said[:1]))) == {"c2", "c3", "c4"}


def other(tones: dict[str, float], *said: Excerpt) -> str | None:
    found = other_view(said, np.repeat(VECTORS[:1], len(said), axis=0), tones)
    return found.comment_id if found else None


def test_another_view_is_the_opposite_of_what_most_say() -> None:
    said = [excerpt(n) for n in range(5)]
    assert other({"c0": -0.9, "c1": -0.8, "c2": -0.9, "c3": 0.7, "c4": 0.9}, *said) is None  # divided
    assert other({"c0": -0.9, "c1": -0.8, "c2": -0.9, "c3": 0.9, "c4": 0.1}, *said) == "c3"
    assert other({"c0": 0.9, "c1": 0.8, "c2": 0.9, "c3": 0.9, "c4": -0.7}, *said) == "c4"


def test_there_is_none_where_either_tone_is_unsure_or_a_few_words_only() -> None:
    said = [excerpt(n) for n in range(5)]
    assert other({}, *said) is None
    assert other({"c0": -0.9, "c1": -0.8, "c2": -0.9, "c3": 0.5}, *said) is None
    assert other({"c0": -0.9, "c1": -0.5, "c2": -0.4, "c3": 0.9}, *said) is None
    listed = excerpt(3, text="Care and respect.")
    assert other({"c0": -0.9, "c1": -0.8, "c2": -0.9, "c3": 0.9}, *said[:3], listed) is None


def test_one_person_is_no_majority_and_does_not_contradict_themselves() -> None:
    tones = {"c0": -0.9, "c1": -0.9, "c2": -0.9, "c3": 0.9, "c4": -0.9}
    alone = [excerpt(n, person="p") for n in range(3)]
    assert other(tones, *alone, excerpt(3)) is None
    many = [excerpt(0), excerpt(1), excerpt(2, person="p"), excerpt(3, person="p"), excerpt(4)]
    assert other(tones, *many) is None


def test_long_words_end_with_a_sentence_where_they_can() -> None:
    text = "We waited for a very long time. " * 20
    start, end = readable_length(text, (0, len(text)))
    assert text[start:end].endswith("time.")
    assert LONGEST_QUOTE - 40 < end - start <= LONGEST_QUOTE

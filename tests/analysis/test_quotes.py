from __future__ import annotations

import numpy as np

from analysis.assemble import LONGEST_QUOTE, readable_length
from analysis.centre import unit
from analysis.quotes import Excerpt, choose

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

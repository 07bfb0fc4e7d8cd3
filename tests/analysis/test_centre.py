from __future__ import annotations

import numpy as np

from analysis.centre import Offsets, centre, estimate, no_offsets, unit
from analysis.words import WordEncoder

ACCENT = np.array([0, 0, 0, 0.9], dtype=np.float32)
MIDDLE = np.zeros(4, dtype=np.float32)
# What is said (waiting, kindness, rent) in the first three numbers, the language in the last.
SAID = unit(np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]] * 20, dtype=np.float32))
KNOWN = Offsets({"pl": ACCENT}, MIDDLE)


def test_the_same_words_in_two_languages_come_together() -> None:
    both = np.vstack([SAID, SAID + ACCENT])
    found = centre(both, ["en"] * 60 + ["pl"] * 60, KNOWN)
    np.testing.assert_allclose(found[:60], found[60:], atol=1e-5)


def test_without_a_shipped_offset_the_data_own_language_is_taken_out_in_part() -> None:
    both = np.vstack([SAID, SAID + ACCENT])
    languages = ["en"] * 60 + ["so"] * 60
    apart = (unit(both)[0] * unit(both)[60]).sum()
    found = centre(both, languages, no_offsets(4))
    assert apart < (found[0] * found[60]).sum() < 0.9999


def test_what_only_one_community_says_is_not_erased() -> None:
    """Three Polish comments about rent, all others about waiting: they must stay apart."""
    vectors = SAID[[0] * 40 + [2] * 3]
    found = centre(vectors, ["en"] * 40 + ["pl"] * 3, no_offsets(4))
    assert (found[0] * found[-1]).sum() < 0


def test_a_language_nobody_knows_is_left_alone() -> None:
    for language in (None, "xx", "zh-Hans"):
        assert not KNOWN.get(language).any()
    assert np.array_equal(KNOWN.get("pl-PL"), ACCENT)


def test_one_comment_and_none_are_no_trouble() -> None:
    assert centre(SAID[:0], [], KNOWN).shape == (0, 4)
    assert np.isfinite(centre(SAID[:1], [None], KNOWN)).all()


def test_a_row_of_zeros_stays_one() -> None:
    assert not unit(np.zeros((1, 3), dtype=np.float32)).any()


def test_only_sentences_that_a_language_has_are_compared() -> None:
    sentences = [
        {"en": "the wait was long", "pl": "the wait was long"},
        {"en": "the room was cold"},
        {"en": "the wait was cold", "cy": "the room was long"},
        {"so": "the room was long"},
    ]
    encoder = WordEncoder([text for sentence in sentences for text in sentence.values()])
    offsets = estimate(encoder, sentences)
    np.testing.assert_allclose(offsets.get("pl"), 0, atol=1e-6)
    assert offsets.get("cy").any()
    assert not offsets.get("so").any()

"""Easy read: every survey in short sentences, one thought each, for people who find reading hard."""

from __future__ import annotations

import re

import pytest

from feedback.survey.edition import offered_languages, source_texts

from .test_library import READY, bundle, grade

EASY = "en-x-easy"
LONGEST_SENTENCE = 14  # words


def texts(name: str) -> dict[str, str]:
    return bundle(name).editions[EASY].texts


def sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.!?])\s+", text) if each]


@pytest.mark.parametrize("name", READY)
class TestEasyRead:
    def test_leaves_no_text_out(self, name: str) -> None:
        assert list(texts(name)) == list(source_texts(bundle(name).survey))

    def test_keeps_every_sentence_short(self, name: str) -> None:
        long = [
            each
            for text in texts(name).values()
            for each in sentences(text)
            if len(each.split()) > LONGEST_SENTENCE
        ]
        named = [each for each in long if "Information Commissioner" not in each]
        assert named == []

    def test_is_easier_than_our_own_words(self, name: str) -> None:
        source, easy = source_texts(bundle(name).survey), texts(name)
        explained = [key for key in source if key.endswith((".hint", ".purpose", "intro"))]
        assert grade([easy[key] for key in explained]) < grade([source[key] for key in explained])
        assert grade([easy[key] for key in explained]) <= 3

    def test_shortens_nothing_that_people_need_to_get_help(self, name: str) -> None:
        for key, text in source_texts(bundle(name).survey).items():
            for number in re.findall(r"\d[\d ]{2,}\d|\b999\b|\b55\b|ico\.org\.uk|\S+@\S+\w", text):
                assert number in texts(name)[key], key

    def test_uses_no_short_forms_and_no_dashes(self, name: str) -> None:
        """“Don’t” and “it’s” are harder to read than “do not” and “it is”."""
        for text in texts(name).values():
            assert not re.search(
                r"n[’']t\b|\b(it|you|we|they|I|what)[’'](s|re|ve|m|ll)\b|[;–—]", text, re.I
            ), text


def test_it_is_a_choice_beside_english() -> None:
    editions = bundle("experience").editions
    reviewed = {tag: edition.reviewed_by for tag, edition in editions.items()}
    assert offered_languages(bundle("experience").survey, reviewed)[0] == "en"
    assert EASY in offered_languages(bundle("experience").survey, reviewed)


def test_a_sensitive_survey_offers_it_once_somebody_has_tried_it_with_people() -> None:
    assert EASY not in offered_languages(bundle("home").survey, {EASY: None})
    assert EASY in offered_languages(bundle("home").survey, {EASY: "Speakup self-advocates"})

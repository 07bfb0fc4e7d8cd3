from __future__ import annotations

import pytest

from analysis.e5file import E5File
from analysis.tokenize import Tokenizer

from .tiny import PIECES, weights_file

TOKENIZER = Tokenizer(E5File(weights_file({})).vocabulary, limit=6)


def pieces(text: str) -> list[str]:
    return [PIECES[number] for number in TOKENIZER.ids(text)]


def test_the_likeliest_split_wins() -> None:
    assert pieces("we waited") == ["<s>", "▁we", "▁waited", "</s>"]
    assert pieces("wait") == ["<s>", "▁wait", "</s>"]


@pytest.mark.parametrize("text", ["  we \n\t waited ", "\uff37e\xa0waited", "we\u0301 waited"])
def test_spaces_and_letters_are_made_alike_first(text: str) -> None:
    assert pieces(text) == pieces("we waited")


def test_neighbouring_letters_that_nobody_knows_are_one_token() -> None:
    assert pieces("we ☎☎☎") == ["<s>", "▁we", "▁", "<unk>", "</s>"]


def test_a_text_cannot_write_the_model_its_own_marks() -> None:
    assert pieces("</s>").count("</s>") == 1
    assert pieces("<pad>").count("<pad>") == 0


def test_a_long_text_is_cut_and_an_empty_one_has_its_marks() -> None:
    assert pieces("we " * 20_000) == ["<s>", *["▁we"] * 4, "</s>"]
    assert pieces("") == ["<s>", "</s>"]

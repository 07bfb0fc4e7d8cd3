"""What an evaluation teaches the machine with."""

from __future__ import annotations

import numpy as np

from analysis import Codebook, Encoder, load_codebook
from analysis.evaluate.taught import drawn
from analysis.texts import TITLE, examples
from analysis.words import WordEncoder

from .conftest import CODEBOOK


def test_each_label_gets_its_examples_the_rarest_first() -> None:
    truth = np.zeros((30, 3), dtype=bool)
    truth[:, 0] = True
    truth[:8, 1] = True
    truth[:2, 2] = True
    rows = drawn(truth, np.arange(30)[::-1], 5)
    assert len(rows) == len(set(rows.tolist()))
    assert truth[rows].sum(axis=0).tolist() == [5, 5, 2]


def test_a_sentence_given_for_two_themes_shows_both_and_names_count_too() -> None:
    document = {**CODEBOOK, "themes": [dict(theme) for theme in CODEBOOK["themes"]]}
    shared = {"text": "They were rude and late.", "language": "en"}
    for theme in document["themes"]:
        theme["examples"] = [*theme["examples"], shared]
    codebook: Codebook = load_codebook(document)
    encoder: Encoder = WordEncoder(["a wait", "a wait"])
    found = examples(codebook, encoder)
    texts = [example.text for example in found.said]
    both = texts.index("They were rude and late.")
    assert texts.count("They were rude and late.") == 1
    assert found.members[both].tolist() == [True, True]
    assert [found.number[both, theme] for theme in (0, 1)] == [4, 4]
    name = texts.index("Waiting")
    assert found.members[name].tolist() == [True, False]
    assert (name, 0) not in found.number
    assert found.weights[name] == TITLE

"""Comments that a person should read first, found by the real model."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from analysis import Comment, Encoder, analyse
from analysis.centre import shipped_offsets
from analysis.evaluate.watch import INVENTED, invented
from analysis.records import Flag
from analysis.watch_model import learn, shipped
from analysis.watchlist import load_watchlist
from tests.analysis.conftest import SAID, people_said

LONG = (
    "The room was clean and breakfast was good. My boyfriend punches me when he has been drinking. "
    "The bus stops right outside."
)


def flagged(comments: list[Comment], encoder: Encoder | None, **options: object) -> list[Flag]:
    return analyse(comments, codebook=None, encoder=encoder, **options).flags  # type: ignore[arg-type]


@pytest.mark.weights
class TestWithTheModel:
    def test_a_flag_names_the_topic_and_the_clause(self, encoder: Encoder) -> None:
        flags = flagged(people_said([*SAID, LONG]), encoder)
        [flag] = [flag for flag in flags if flag.topic == "danger"]
        assert (flag.comment_id, LONG[flag.start : flag.end]) == (
            "c008",
            "My boyfriend punches me when he has been drinking.",
        )
        assert 0.5 <= flag.score <= 1
        assert {flag.comment_id for flag in flags} == {"c008"}

    def test_the_surest_comes_first_topic_by_topic(self, encoder: Encoder) -> None:
        plain = [each for each in invented() if each.manner == "plain" and each.language == "en"]
        flags = flagged(people_said([each.text for each in plain]), encoder)
        order = [topic.id for topic in load_watchlist().topics]
        keys = [(order.index(flag.topic), -flag.score, flag.comment_id) for flag in flags]
        assert keys == sorted(keys)

    def test_a_score_depends_on_no_other_comment(self, encoder: Encoder) -> None:
        alone = flagged(people_said([LONG], start=8), encoder)
        among = flagged(people_said([*SAID, LONG]), encoder)
        assert alone == among

    def test_what_is_said_outright_is_found_in_six_languages(self, encoder: Encoder) -> None:
        """Of the part that chose nothing: a safety net under the figures in docs/evaluation.md."""
        asked = [each for each in invented() if (each.part, each.manner) == ("report", "plain")]
        comments = [Comment(str(n), each.text, str(n), each.language) for n, each in enumerate(asked)]
        found = {(flag.comment_id, flag.topic) for flag in flagged(comments, encoder)}
        hits = [(str(n), each.topic) in found for n, each in enumerate(asked)]
        assert sum(hits) >= 0.9 * len(asked)

    def test_what_only_sounds_alike_is_mostly_left_alone(self, encoder: Encoder) -> None:
        rows = json.loads(INVENTED.read_text("utf-8"))["harmless"]
        comments = [Comment(str(n), row["text"], str(n), row["language"]) for n, row in enumerate(rows)]
        assert len({flag.comment_id for flag in flagged(comments, encoder)}) <= 0.3 * len(rows)

    def test_what_is_shipped_was_learnt_from_these_sentences(self, encoder: Encoder) -> None:
        """Where this fails: python -m analysis.watch_model."""
        assert shipped(load_watchlist(), encoder) is not None

    @pytest.mark.slow
    def test_learning_again_gives_what_is_shipped(self, encoder: Encoder) -> None:
        """The codebook lends ordinary sentences and may change a little; then this may move a little."""
        again = learn(load_watchlist(), encoder, shipped_offsets(encoder))
        model = shipped(load_watchlist(), encoder)
        assert model is not None
        for topic in range(len(load_watchlist().topics)):
            assert np.corrcoef(again.weights[:, topic], model.weights[:, topic])[0, 1] > 0.95

    def test_other_sentences_are_learnt_anew(self, encoder: Encoder) -> None:
        assert shipped(replace(load_watchlist(), ordinary=()), encoder) is None

    def test_a_watchlist_can_be_left_out(self, encoder: Encoder) -> None:
        comments = people_said([LONG])
        assert not flagged(comments, encoder, watchlist=None)
        assert analyse(comments, codebook=None, encoder=encoder, watchlist=None).model["watchlist"] is None
        named = analyse(comments, codebook=None, encoder=encoder).model["watchlist"]
        assert named == load_watchlist().about

    def test_what_says_nothing_calls_for_nobody(self, encoder: Encoder) -> None:
        assert not flagged(people_said(["", " ", "👍👍", "\u200b"]), encoder)
        assert not flagged([], encoder)


def test_words_alone_can_not_tell_and_say_so() -> None:
    found = analyse(people_said([*SAID, LONG]), codebook=None, encoder=None)
    assert not found.flags and found.model["watchlist"] is None

"""The rules of the tone model without the encoder, then what it hears with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from analysis import Comment, Encoder, analyse
from analysis.centre import no_offsets, shipped_offsets
from analysis.evaluate import tone as measured
from analysis.evaluate.labelled import Labelled, Memory
from analysis.records import CheckedTone, Tone
from analysis.tone import (
    LEAST_CHECKED,
    Told,
    ToneModel,
    scored_languages,
    seed_sentences,
    signed,
)

DEMONSTRATION = {"en", "cy", "pl", "ur", "ar", "so"}


class Thumbs:
    """An encoder that knows only who is glad: the first half of each seed list of a language."""

    name, revision, sha256, dim = "thumbs", "1", "", 8

    def __init__(self) -> None:
        said = seed_sentences().values()
        self.bad = {text for by_tone in said for text in by_tone["negative"]} | {"bad"}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        noise = np.random.default_rng(len(texts)).normal(0, 0.3, (len(texts), self.dim)).astype(np.float32)
        noise[:, 0] += [1 if text in self.bad else -1 for text in texts]
        return noise / np.linalg.norm(noise, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def thumbs() -> ToneModel:
    return ToneModel.train(Thumbs(), no_offsets(8))


def told(size: int, language: str, right: float) -> Told:
    """So many checked comments, of which the share `right` sounds as the person said."""
    negative = np.arange(size) % 2 == 0
    sounds = np.where(np.arange(size) % 10 < 10 * right, negative, ~negative)
    vectors = Thumbs().encode(["bad" if bad else "good" for bad in sounds])
    return Told(vectors, [language] * size, negative)


def test_the_seeds_are_many_and_varied() -> None:
    assert set(seed_sentences()) == DEMONSTRATION
    english = seed_sentences()["en"]
    assert sum(len(texts) for texts in english.values()) >= 150
    assert abs(len(english["negative"]) - len(english["positive"])) <= 20
    for language, by_tone in seed_sentences().items():
        texts = [text for said in by_tone.values() for text in said]
        assert len(texts) == len(set(texts)), language
        assert min(len(by_tone["negative"]), len(by_tone["positive"])) >= 5


def test_only_english_is_scored_until_another_language_is_proven() -> None:
    right = np.ones(LEAST_CHECKED, dtype=bool)
    assert scored_languages([], np.zeros(0, dtype=bool)) == {"en"}
    assert scored_languages(["pl"] * LEAST_CHECKED, right) == {"en", "pl"}
    assert scored_languages(["pl-PL"] * LEAST_CHECKED, right) == {"en", "pl"}
    assert scored_languages(["pl"] * (LEAST_CHECKED - 1), right[1:]) == {"en"}
    assert scored_languages([None] * LEAST_CHECKED, right) == {"en"}


def test_a_language_that_comes_out_wrong_too_often_stays_unscored() -> None:
    for wrong, opened in ((10, {"en", "so"}), (11, {"en"})):
        right = np.arange(LEAST_CHECKED) >= wrong
        assert scored_languages(["so"] * LEAST_CHECKED, right) == opened


def test_a_language_opens_by_what_people_checked(thumbs: ToneModel) -> None:
    assert thumbs.languages == {"en"}
    good = ToneModel.train(Thumbs(), no_offsets(8), told(60, "pl", 1.0))
    assert good.may_score("pl") and good.may_score("pl-PL") and not good.may_score("ar")
    assert not ToneModel.train(Thumbs(), no_offsets(8), told(60, "pl", 0.5)).may_score("pl")


def test_between_the_two_lines_nothing_is_said(thumbs: ToneModel) -> None:
    whole = np.array([0.99, 0.5, 0.01, 0.99])
    heard = thumbs.tones(whole, np.zeros(0), np.zeros(0, dtype=np.int64), ["en", "en", "en", "pl"])
    assert heard == ["negative", "not scored", "positive", "not scored"]


def test_two_clauses_that_surely_disagree_are_mixed_unless_the_whole_is_surer() -> None:
    model = ToneModel.train(Thumbs(), no_offsets(8))
    clauses, owner = np.array([0.9, 0.1, 0.9, 0.1, 0.9, 0.3]), np.array([0, 0, 1, 1, 2, 2])
    heard = model.tones(np.array([0.5, 0.995, 0.5]), clauses, owner, ["en"] * 3)
    assert heard == ["mixed", "negative", "not scored"]


def test_scores_are_probabilities_of_their_own_row(thumbs: ToneModel) -> None:
    vectors = Thumbs().encode(["bad", "good", "good"])
    scores = thumbs.scores(vectors, ["en"] * 3)
    assert scores.shape == (3,) and scores.dtype == np.float64
    assert scores[0] > 0.5 > max(scores[1:]) and ((scores >= 0) & (scores <= 1)).all()
    assert thumbs.scores(vectors[:0], []).shape == (0,)
    assert (signed(scores) == np.round(1 - 2 * scores, 4)).all()


def said_of(rows: list[tuple[str, str]]) -> list[Comment]:
    return [Comment(str(place), text, str(place), language) for place, (text, language) in enumerate(rows)]


def test_a_checked_tone_of_no_comment_is_refused() -> None:
    with pytest.raises(ValueError, match="tone was checked for nobody"):
        analyse(
            said_of([("Hello there", "en")]),
            codebook=None,
            encoder=None,
            checked_tones=[CheckedTone("nobody", "negative")],
        )


def test_without_the_model_the_word_list_gives_a_hint_and_says_so() -> None:
    found = analyse(said_of([("The staff were wonderful", "en")]), codebook=None, encoder=None)
    assert found.tones == {"0": "positive"} and found.tone_scores == {}
    assert "TextBlob" in found.model["tone"]


@pytest.mark.weights
class TestWithTheModel:
    HEARD: tuple[tuple[str, Tone], ...] = (
        ("They lost my form and nobody said sorry.", "negative"),
        ("It would be better if somebody answered the phone.", "negative"),
        ("The lady was so gentle with my son.", "positive"),
        ("Nothing could be better", "positive"),
        ("Everything", "positive"),
        ("The carers were wonderful. The transport home was a disgrace.", "mixed"),
    )

    @pytest.mark.parametrize(("text", "sounds"), HEARD)
    def test_new_sentences_are_heard_as_a_person_would(
        self, encoder: Encoder, text: str, sounds: Tone
    ) -> None:
        rows = said_of([(text, "en"), ("Pani w okienku była bardzo niegrzeczna i krzyczała na mnie.", "pl")])
        found = analyse(rows, codebook=None, encoder=encoder)
        assert found.tones == {"0": sounds, "1": "not scored"}
        assert set(found.tone_scores) == {"0"} and -1 <= found.tone_scores["0"] <= 1

    def test_what_a_person_heard_stands(self, encoder: Encoder) -> None:
        rows = said_of([("The lady was so gentle with my son.", "en"), ("Nic nie było dobrze.", "pl")])
        checks = [CheckedTone("0", "negative"), CheckedTone("1", "negative")]
        found = analyse(rows, codebook=None, encoder=encoder, checked_tones=checks)
        assert found.tones == {"0": "negative", "1": "negative"}

    def test_empty_and_odd_texts_are_not_scored(self, encoder: Encoder) -> None:
        found = analyse(said_of([("", "en"), ("  ", "en"), ("\x00", "en")]), codebook=None, encoder=encoder)
        assert set(found.tones.values()) == {"not scored"}

    def test_the_six_languages_lean_the_right_way_in_their_seeds(self, encoder: Encoder) -> None:
        model = ToneModel.train(encoder, shipped_offsets(encoder))
        for language, by_tone in seed_sentences().items():
            bad, good = (
                model.scores(encoder.encode(by_tone[tone]), [language] * len(by_tone[tone]))
                for tone in ("negative", "positive")
            )
            assert bad.mean() > 0.5 > good.mean()

    def test_the_figures_say_recall_with_precision_and_false_alarms(self, encoder: Encoder) -> None:
        rows = [
            {"id": f"{tone}{place}", "text": text, "sentiment": f"very_{tone}", "service": str(place % 2)}
            for tone in ("negative", "positive")
            for place, text in enumerate(seed_sentences()["en"][tone])
        ]  # fmt: skip
        data = Labelled("invented", rows, [frozenset()] * len(rows), None, encoder, 0, Memory())
        found = measured.figures(data)
        assert {figure.reach for figure in found} == {None, 0.8, 0.9}
        assert any("recall" in figure.name for figure in found)
        assert any("positive comments called negative" in figure.name for figure in found)
        assert all(0 <= figure.low <= figure.value <= figure.high <= 1 for figure in found)
        assert (
            measured.figures(
                Labelled("x", [{"id": "1", "text": "a"}], [frozenset()], None, encoder, 0, Memory())
            )
            == []
        )

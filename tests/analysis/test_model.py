"""The real weights: the file we name and no other, exact tokens, vectors that mean something."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis import Encoder, EncoderUnavailable, load_encoder
from analysis.centre import centre, shipped_offsets
from analysis.e5file import E5File, WeightsBroken
from analysis.encode import E5Encoder, pack
from analysis.tokenize import QUERY
from analysis.weights import WeightsUnavailable, ensure, read_checked

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def e5(encoder: Encoder) -> E5Encoder:
    assert isinstance(encoder, E5Encoder)
    return encoder


def test_tokens_are_those_the_model_was_trained_with(e5: E5Encoder) -> None:
    ids = e5.tokenizer.ids
    assert ids("query: ") == [0, 41, 1294, 12, 2]
    assert ids("Hello world") == [0, 35378, 8999, 2]
    assert ids("  Hello \u00a0 world\u3000") == ids("Hello world")
    assert ids("") == [0, 2]


def test_what_has_no_token_is_one_unknown_token(e5: E5Encoder) -> None:
    assert e5.tokenizer.ids("\U000e0101") == [0, 6, 3, 2] or 3 in e5.tokenizer.ids("\U000e0101")


def test_a_long_story_is_cut_at_512_tokens_with_its_end_mark(e5: E5Encoder) -> None:
    ids = e5.tokenizer.ids("word " * 60_000)
    assert (len(ids), ids[0], ids[-1]) == (512, 0, 2)


def test_nothing_people_wrote_stays_in_the_tokenizer(e5: E5Encoder) -> None:
    e5.encode(["Nobody called Zephyrine was here"])
    assert e5.tokenizer._split.cache_info().currsize == 0


def test_vectors_are_unit_rows_of_four_decimals(e5: E5Encoder) -> None:
    vectors = e5.encode(["The wait was long.", "", "😀", "\x00", "ש\u202eabc"])
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-3
    assert (vectors == vectors.round(4)).all()


def test_a_vector_is_the_same_to_the_last_bit_whatever_stands_beside_it(e5: E5Encoder) -> None:
    texts = [f"{number} people waited {'a very long time ' * (number % 7)}today" for number in range(60)]
    together = e5.encode(texts)
    alone = np.concatenate([e5.encode([text]) for text in texts[:12]])
    backwards = e5.encode(texts[::-1])[::-1]
    assert np.array_equal(together[:12], alone)
    assert np.array_equal(together, backwards)


def test_the_quick_gelu_keeps_what_the_exact_one_says(e5: E5Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    from scipy.special import erf

    def exact(x: np.ndarray, bias: np.ndarray) -> None:
        x += bias
        x *= 0.5 * (1 + erf(x / np.float32(np.sqrt(2))))

    texts = [
        "The wait was long.",
        "Roedd y staff yn garedig.",
        "كان الانتظار طويلاً جداً.",
        "Nobody listened to me at all.",
    ]
    quick = e5.encode(texts)
    monkeypatch.setattr("analysis.transformer._gelu", exact)
    assert (quick * e5.encode(texts)).sum(axis=1).min() > 0.9995


def test_the_same_sentence_in_another_language_is_the_nearest(e5: E5Encoder) -> None:
    english = [
        "The wait was too long.",
        "The flat is damp and cold.",
        "The woman at the desk was kind.",
        "They lost my papers.",
    ]
    others = {
        "pl": [
            "Czekanie trwało za długo.",
            "W mieszkaniu jest wilgotno i zimno.",
            "Pani w okienku była miła.",
            "Zgubili moje dokumenty.",
        ],
        "ar": [
            "كان الانتظار طويلاً جداً.",
            "الشقة رطبة وباردة.",
            "كانت السيدة عند المكتب لطيفة.",
            "أضاعوا أوراقي.",
        ],
    }
    offsets = shipped_offsets(e5)
    base = centre(e5.encode(english), ["en"] * 4, offsets, shrink=np.inf)
    for language, texts in others.items():
        found = centre(e5.encode(texts), [language] * 4, offsets, shrink=np.inf)
        assert (found @ base.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_a_language_without_an_offset_is_left_as_it_is(e5: E5Encoder) -> None:
    vectors = centre(
        e5.encode(["Een zin in het Nederlands", "Another one"]), ["nl", None], shipped_offsets(e5)
    )
    assert np.isfinite(vectors).all()


def test_weights_with_one_byte_changed_are_refused(tmp_path: Path) -> None:
    data = bytearray(ensure().read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "weights.bin"
    changed.write_bytes(data)
    with pytest.raises(WeightsUnavailable, match="not the file we know"):
        read_checked(changed)
    with pytest.raises(EncoderUnavailable, match="not the file we know"):
        load_encoder(changed)


def test_absent_weights_say_how_to_fetch_them(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="python -m analysis weights"):
        load_encoder(tmp_path / "nothing.bin")


@pytest.mark.parametrize("size", [0, 3, 40, 5_000, 9_000_000])
def test_a_file_that_ends_early_is_no_weights_file(size: int) -> None:
    with pytest.raises(WeightsBroken):
        E5File(ensure().read_bytes()[:size])


def test_batches_hold_every_text_once_and_no_more_than_the_limit() -> None:
    lengths = [5, 500, 3, 20, 20, 480, 100]
    batches = pack(lengths, 480)
    assert sorted(index for batch in batches for index in batch) == list(range(7))
    assert all(len(batch) == 1 or sum(lengths[i] for i in batch) <= 480 for batch in batches)
    assert pack([], 480) == []


def test_the_prefix_is_the_one_the_model_wants() -> None:
    assert QUERY == "query: "

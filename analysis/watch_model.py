"""The model behind the watchlist, learnt from its sentences; shipped learnt, so that no run learns it again.

Each topic's sentences are told from those of the other topics, from what only sounds alike and from ordinary
ones; a second model tells all topics together from what sounds alike and from our few ordinary sentences, and
a part of it counts for each topic. `python -m analysis.watch_model` learns and writes it after a change.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analysis.centre import Offsets, shipped_offsets, unit
from analysis.codebook import load_codebook
from analysis.encode import Encoder, Vectors, load_encoder
from analysis.logistic import Logistic, fit
from analysis.watchlist import Sentence, Watchlist, load_watchlist

LEARNT = Path(__file__).parent / "watchlists" / "services.learnt.json"
# Chosen on invented comments (evaluate/watch.json, the part "tune"): how strongly weights are held back, and
# how much "something of all this" counts beside a topic.
STRENGTH = 2.0
ANY = 0.3
DIGITS = 4

_remembered: dict[tuple[str, str, str], Logistic] = {}


def model_of(watchlist: Watchlist, encoder: Encoder, offsets: Offsets) -> Logistic:
    """Log odds of each topic from unit vectors, language and middle taken away; weights (dim, topics).

    As shipped where it was learnt from these very sentences by this very encoder, else learnt now, which
    takes as long as reading 2,500 sentences. Remembered where the encoder has a hash to be known by.
    """
    key = (encoder.name, encoder.sha256, watchlist.of_sentences)
    if not encoder.sha256:
        return learn(watchlist, encoder, offsets)
    if key not in _remembered:
        found = shipped(watchlist, encoder) or learn(watchlist, encoder, offsets)
        _remembered.clear()
        _remembered[key] = found
    return _remembered[key]


def shipped(watchlist: Watchlist, encoder: Encoder, path: Path = LEARNT) -> Logistic | None:
    """None where another encoder or other sentences are used."""
    said = json.loads(path.read_text("utf-8"))
    if (said["encoder"], said["sentences"]) != (encoder.sha256, watchlist.of_sentences):
        return None
    return Logistic(np.array(said["weights"]).T, np.array(said["bias"]))


def learn(watchlist: Watchlist, encoder: Encoder, offsets: Offsets) -> Logistic:
    """Both models added up. The sentences of our services codebook are ordinary ones too."""
    own = _vectors(watchlist.sentences, encoder, offsets)
    examples = [example for theme in load_codebook().themes for example in theme.examples]
    codebook = _vectors([Sentence(e.text, e.language) for e in examples], encoder, offsets)
    of_seed = [number for number, topic in enumerate(watchlist.topics) for _ in topic.seeds]
    members = np.zeros((len(own) + len(codebook), len(watchlist.topics)), dtype=bool)
    members[np.arange(len(of_seed)), of_seed] = True
    each = fit(np.concatenate([own, codebook]), members, STRENGTH)
    any_topic = (np.arange(len(own)) < len(of_seed)).reshape(-1, 1)
    together = fit(own, any_topic, STRENGTH)
    return Logistic(each.weights + ANY * together.weights, each.bias + ANY * together.bias)


def _vectors(sentences: list[Sentence], encoder: Encoder, offsets: Offsets) -> Vectors:
    vectors = encoder.encode([sentence.text for sentence in sentences])
    return unit(vectors - np.stack([offsets.get(each.language) + offsets.middle for each in sentences]))


def write(model: Logistic, watchlist: Watchlist, encoder: Encoder, path: Path = LEARNT) -> None:
    said = {
        "note": "Learnt from services.json by python -m analysis.watch_model; one row of weights a topic.",
        "encoder": encoder.sha256,
        "sentences": watchlist.of_sentences,
        "bias": _short(model.bias),
        "weights": [_short(row) for row in model.weights.T],
    }
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in said.items())
    path.write_text("{\n" + lines.replace("], [", "],\n  [") + "\n}\n", "utf-8")


def _short(numbers: npt.NDArray[np.float64]) -> list[float]:
    return [float(number) for number in numbers.round(DIGITS)]


def main() -> None:
    watchlist, encoder = load_watchlist(), load_encoder()
    write(learn(watchlist, encoder, shipped_offsets(encoder)), watchlist, encoder)


if __name__ == "__main__":
    main()

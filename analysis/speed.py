"""How fast the encoder is here, beside what this machine's matrix products could do at the same moment.

A shared machine is faster in one second than in the next, so product and encoder take turns in short rounds;
what is given is the middle of the rounds' shares, with the quarters either side.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.codebook import load_codebook
from analysis.encode import BATCH_TOKENS, E5Encoder, Vectors, load_encoder
from analysis.pipeline import analyse
from analysis.records import Comment
from analysis.tokenize import QUERY
from analysis.vectors import Item, VectorCache

# Multiplications and additions per token: 12 layers of 4 * 384 * 384 + 2 * 384 * 1536 weights.
FLOP_PER_TOKEN = 2 * 12 * (4 * 384 * 384 + 2 * 384 * 1536)
SHAPE = (1024, 384, 1536)
ROUNDS = 15
BURST_SECONDS = 0.15
# Whole batches for each worker in a round.
BATCHES = 3
# Comments that the rest is timed on where none are given.
INVENTED = 500


@dataclass(frozen=True)
class Speed:
    """`tokens` and `texts` a second, `peak` in fp32 FLOP a second: middles; `share` (25 %, 50 %, 75 %)."""

    workers: int
    tokens: float
    texts: float
    peak: float
    share: tuple[float, float, float]

    def __str__(self) -> str:
        low, middle, high = self.share
        return (
            f"encoder, {self.workers} thread{'s' if self.workers > 1 else ''}: {self.texts:.0f} comments/s, "
            f"{self.tokens:.0f} tokens/s; fp32 GEMM peak {self.peak / 1e9:.0f} GFLOP/s, "
            f"share {middle:.2f} (half of the rounds {low:.2f} to {high:.2f})"
        )


def report(comments: Sequence[Comment] | None = None, cache: VectorCache | None = None) -> str:
    """Comments and tokens a second, fp32 GEMM peak and the share of it, for one thread and for two; then
    what all the rest takes, for `comments`.

    Without any, the texts are the shipped codebook's examples joined in threes, about as long as a survey's
    answers. Raises EncoderUnavailable.
    """
    sentences = [example for theme in load_codebook().themes for example in theme.examples]
    texts = [" ".join(e.text for e in sentences[i : i + 3]) for i in range(len(sentences) - 2)]
    said = comments or [
        Comment(f"c{number}", text, f"p{number}", sentences[number].language)
        for number, text in enumerate(texts[:INVENTED])
    ]
    encoders = [load_encoder(workers=workers) for workers in (1, 2)]
    lines = [str(measure(encoder, texts)) for encoder in encoders]
    return "\n".join([*lines, the_rest(encoders[1], said, cache)])


def the_rest(encoder: E5Encoder, comments: Sequence[Comment], cache: VectorCache | None = None) -> str:
    """Everything but the encoder, on one thread: an analysis whose vectors are all known."""
    kept = cache or Remembered()
    codebook = load_codebook()
    analyse(comments, codebook=codebook, encoder=encoder, cache=kept)
    start, spent = time.perf_counter(), time.process_time()
    analyse(comments, codebook=codebook, encoder=encoder, cache=kept)
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    thousands = len(comments) / 1000
    return (
        f"everything but the encoder, 1 thread: {seconds / thousands:.1f} s for 1,000 comments, "
        f"{spent / thousands:.1f} s of them computing ({len(comments):,} comments)"
    )


class Remembered:
    """A vector cache that lives as long as the measurement."""

    def __init__(self) -> None:
        self._known: dict[str, Vectors] = {}

    def load(self, model: str, items: Sequence[Item]) -> dict[int, Vectors]:
        return {place: self._known[text] for place, (_, text) in enumerate(items) if text in self._known}

    def save(self, model: str, items: Sequence[Item], vectors: Vectors) -> None:
        self._known |= {text: vector for (_, text), vector in zip(items, vectors, strict=True)}


def measure(encoder: E5Encoder, texts: Sequence[str], rounds: int = ROUNDS) -> Speed:
    """Encodes some of `texts` in each round, between two bursts of plain matrix products."""
    lengths = [len(encoder.tokenizer.ids(QUERY + text)) for text in texts]
    many = max(1, int(BATCHES * encoder.workers * BATCH_TOKENS / np.mean(lengths)))
    taken = []
    encoder.encode(texts[:many])
    for number in range(rounds):
        rows = [(number * many + place) % len(texts) for place in range(many)]
        before = gemm_peak(encoder.workers)
        start = time.perf_counter()
        encoder.encode([texts[row] for row in rows])
        seconds = time.perf_counter() - start
        peak = (before + gemm_peak(encoder.workers)) / 2
        tokens = sum(lengths[row] for row in rows)
        taken.append((tokens / seconds, many / seconds, peak, FLOP_PER_TOKEN * tokens / seconds / peak))
    per_second, texts_per_second, peak, _ = np.median(taken, axis=0)
    low, middle, high = np.quantile([share for *_, share in taken], (0.25, 0.5, 0.75))
    return Speed(
        encoder.workers, per_second, texts_per_second, peak, (float(low), float(middle), float(high))
    )


def gemm_peak(workers: int) -> float:
    """FLOP a second of a 1024 x 384 x 1536 float32 product, each worker at its own, one BLAS thread each."""
    with threadpool_limits(1), ThreadPoolExecutor(workers) as pool:
        until = time.perf_counter() + BURST_SECONDS
        return sum(pool.map(lambda _: _products(until), range(workers)))


def _products(until: float) -> float:
    rows, inner, columns = SHAPE
    left, right = np.ones((rows, inner), dtype=np.float32), np.ones((inner, columns), dtype=np.float32)
    out = np.empty((rows, columns), dtype=np.float32)
    start, count = time.perf_counter(), 0
    while time.perf_counter() < until or not count:
        np.matmul(left, right, out=out)
        count += 1
    return 2 * rows * inner * columns * count / (time.perf_counter() - start)

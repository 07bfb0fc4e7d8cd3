"""How fast the encoder is here, beside what this machine's matrix products could do at most."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.codebook import load_codebook
from analysis.encode import load_encoder

# Multiplications and additions per token: 12 layers of 4 * 384 * 384 + 2 * 384 * 1536 weights.
FLOP_PER_TOKEN = 2 * 12 * (4 * 384 * 384 + 2 * 384 * 1536)
TEXTS = 600
SHAPE = (1024, 384, 1536)
BEST_OF = 15


def report() -> str:
    """Comments and tokens a second, fp32 GEMM peak in GFLOP/s and the share of it, for one thread and two.

    The texts are the shipped codebook's examples joined in threes, about as long as a survey's answers.
    Raises EncoderUnavailable.
    """
    sentences = [example.text for theme in load_codebook().themes for example in theme.examples]
    texts = [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences) - 2)][:TEXTS]
    lines = []
    for threads, name in ((1, "1 thread"), (2, "2 threads")):
        encoder = load_encoder(workers=threads)
        tokens = sum(len(encoder.tokenizer.ids("query: " + text)) for text in texts)
        encoder.encode(texts[:64])
        seconds = _seconds(lambda e=encoder: e.encode(texts), 2)  # type: ignore[misc]
        peak = gemm_peak(threads)
        share = FLOP_PER_TOKEN * tokens / seconds / peak
        lines.append(
            f"encoder, {name}: {len(texts) / seconds:.0f} comments/s of "
            f"{tokens / len(texts):.0f} tokens, {tokens / seconds:.0f} tokens/s; fp32 GEMM peak "
            f"{peak / 1e9:.0f} GFLOP/s, share {share:.2f}"
        )
    return "\n".join(lines)


def gemm_peak(threads: int) -> float:
    """The best floating-point operations a second of a 1024 x 384 x 1536 float32 product on this many
    threads.
    """
    rows, inner, columns = SHAPE
    random = np.random.default_rng(0)
    left = random.standard_normal((rows, inner), dtype=np.float32)
    right = random.standard_normal((inner, columns), dtype=np.float32)
    out = np.empty((rows, columns), dtype=np.float32)
    with threadpool_limits(threads):
        return 2 * rows * inner * columns / _seconds(lambda: np.matmul(left, right, out=out), BEST_OF)


def _seconds(work: Callable[[], object], times: int) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best

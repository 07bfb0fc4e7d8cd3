"""The forward pass of a BERT-like encoder in numpy: in place, blocked to stay in cache, no padding.

12 layers, layer norm after each half, GELU, mean pooling. The attention's scale is folded into the weights at
load; query, key and value are one product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from analysis.e5file import E5File, Floats
from analysis.placing import Numbers, Places

GELU_ROWS = 16
# Phi(x) ~ 1 / (1 + exp(x * (A + B * x^2))), fitted to the GELU by erf: off by at most 3e-4, four times
# faster here.
GELU_A = np.float32(-2 * 0.79973199)
GELU_B = np.float32(-2 * 0.03489978)


@dataclass(frozen=True)
class _Layer:
    qkv: Floats
    qkv_bias: Floats
    out: Floats
    out_bias: Floats
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    norm_attention: tuple[Floats, Floats]
    norm_output: tuple[Floats, Floats]


class Transformer:
    """The layers of a weights file, as float32."""

    def __init__(self, file: E5File) -> None:
        self._file = file
        self._sizes = file.sizes
        hidden = file.sizes.hidden
        self._positions = file.tensor("emb.pos", -1, hidden) + file.tensor("emb.type", -1, hidden)[0]
        self._norm_embedding = (file.tensor("emb.ln.w", hidden), file.tensor("emb.ln.b", hidden))
        self._layers = [self._layer(number) for number in range(file.sizes.layers)]
        first = self._layers[0]
        with threadpool_limits(1):
            self._places = Places([first.qkv, first.out, first.up, first.down])

    def pool(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Token ids of some texts to their mean vectors of length 1: float32 (len(texts), hidden).

        To the last bit the same whichever texts stand beside a text, where BLAS runs on one thread.
        """
        lengths = [len(ids) for ids in texts]
        places, rows = self._places.of(texts)
        x = self._embed(texts, places, rows)
        buffers = _Buffers(rows, len(places), self._sizes.hidden, self._sizes.feed_forward)
        groups = equal_lengths(lengths)
        for layer in self._layers:
            self._run(layer, x, places, groups, buffers)
        means = np.add.reduceat(x[places], np.cumsum([0, *lengths[:-1]]), axis=0)
        means /= np.sqrt(np.einsum("ij,ij->i", means, means))[:, None]
        return means

    def _layer(self, number: int) -> _Layer:
        hidden, wide = self._sizes.hidden, self._sizes.feed_forward
        # numpy's sqrt gives float64, which would carry the whole product over.
        scale = np.float32(1 / np.sqrt(hidden // self._sizes.heads))

        def weight(name: str, rows: int, columns: int) -> Floats:
            return self._file.tensor(f"l{number}.{name}.w", rows, columns).T

        def bias(name: str, size: int) -> Floats:
            return self._file.tensor(f"l{number}.{name}.b", size)

        def norm(name: str) -> tuple[Floats, Floats]:
            return self._file.tensor(f"l{number}.{name}.w", hidden), bias(name, hidden)

        return _Layer(
            qkv=np.hstack(
                [
                    weight("q", hidden, hidden) * scale,
                    weight("k", hidden, hidden),
                    weight("v", hidden, hidden),
                ]
            ),
            qkv_bias=np.concatenate([bias("q", hidden) * scale, bias("k", hidden), bias("v", hidden)]),
            out=np.ascontiguousarray(weight("ao", hidden, hidden)),
            out_bias=bias("ao", hidden),
            up=np.ascontiguousarray(weight("fi", wide, hidden)),
            up_bias=bias("fi", wide),
            down=np.ascontiguousarray(weight("fo", hidden, wide)),
            down_bias=bias("fo", hidden),
            norm_attention=norm("aln"),
            norm_output=norm("oln"),
        )

    def _embed(self, texts: Sequence[Sequence[int]], places: Numbers, rows: int) -> Floats:
        hidden = self._sizes.hidden
        flat = np.fromiter((token for ids in texts for token in ids), dtype=np.int64, count=len(places))
        tokens = self._file.rows("emb.word", flat, hidden)
        tokens += self._positions[np.concatenate([np.arange(len(ids)) for ids in texts])]
        x = np.zeros((rows, hidden), dtype=np.float32)
        x[places] = tokens
        _normalise(x, *self._norm_embedding, self._sizes.epsilon)
        return x

    def _run(
        self,
        layer: _Layer,
        x: Floats,
        places: Numbers,
        groups: list[tuple[int, int, int]],
        buffers: _Buffers,
    ) -> None:
        np.matmul(x, layer.qkv, out=buffers.qkv)
        # From here the tokens of a text lie together; "clip" lets numpy write straight into the buffer.
        np.take(buffers.qkv, places, axis=0, out=buffers.together, mode="clip")
        buffers.together += layer.qkv_bias
        self._attend(buffers.together, groups, buffers.attended)
        buffers.mixed[places] = buffers.attended
        np.matmul(buffers.mixed, layer.out, out=buffers.small)
        buffers.small += layer.out_bias
        x += buffers.small
        _normalise(x, *layer.norm_attention, self._sizes.epsilon)
        np.matmul(x, layer.up, out=buffers.wide)
        _gelu(buffers.wide, layer.up_bias)
        np.matmul(buffers.wide, layer.down, out=buffers.small)
        buffers.small += layer.down_bias
        x += buffers.small
        _normalise(x, *layer.norm_output, self._sizes.epsilon)

    def _attend(self, qkv: Floats, groups: list[tuple[int, int, int]], mixed: Floats) -> None:
        """Each text attends to itself alone; texts of one length go through together."""
        heads, hidden = self._sizes.heads, self._sizes.hidden
        for start, count, length in groups:
            block = qkv[start : start + count * length].reshape(count, length, 3, heads, hidden // heads)
            query, key, value = (block[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
            scores = np.matmul(query, key.transpose(0, 1, 3, 2))
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=-1, keepdims=True)
            rows = mixed[start : start + count * length].reshape(count, length, heads, hidden // heads)
            rows[...] = np.matmul(scores, value).transpose(0, 2, 1, 3)


class _Buffers:
    def __init__(self, rows: int, tokens: int, hidden: int, wide: int) -> None:
        self.qkv = np.empty((rows, 3 * hidden), dtype=np.float32)
        self.together = np.empty((tokens, 3 * hidden), dtype=np.float32)
        self.attended = np.empty((tokens, hidden), dtype=np.float32)
        self.mixed = np.zeros((rows, hidden), dtype=np.float32)
        self.small = np.empty((rows, hidden), dtype=np.float32)
        self.wide = np.empty((rows, wide), dtype=np.float32)


def equal_lengths(lengths: Sequence[int]) -> list[tuple[int, int, int]]:
    """(first row, how many texts, length of each) for each run of equal lengths."""
    groups: list[tuple[int, int, int]] = []
    start = 0
    for length, run in groupby(lengths):
        count = len(list(run))
        groups.append((start, count, length))
        start += count * length
    return groups


def _normalise(x: Floats, weight: Floats, bias: Floats, epsilon: float) -> None:
    x -= x.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x)
    variance /= np.float32(x.shape[1])
    variance += np.float32(epsilon)
    np.sqrt(variance, out=variance)
    x /= variance[:, None]
    x *= weight
    x += bias


def _gelu(x: Floats, bias: Floats) -> None:
    """x = gelu(x + bias), in blocks of rows that stay in the cache."""
    scratch: npt.NDArray[np.float32] = np.empty((GELU_ROWS, x.shape[1]), dtype=np.float32)
    # exp runs to infinity where x is far below zero, and x / infinity is the 0 we want.
    with np.errstate(over="ignore"):
        for start in range(0, len(x), GELU_ROWS):
            block = x[start : start + GELU_ROWS]
            block += bias
            power = scratch[: len(block)]
            np.multiply(block, block, out=power)
            power *= GELU_B
            power += GELU_A
            power *= block
            np.exp(power, out=power)
            power += 1
            block /= power

"""The same weights through PyTorch, where it is installed: more kernels, bfloat16 where the machine has it.

Texts of one length go through together, longest first, without padding, as in `analysis.transformer`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.e5file import E5File
from analysis.encode import BATCH_TOKENS, DECIMALS, EncoderUnavailable, Vectors, pack
from analysis.tokenize import QUERY, Tokenizer
from analysis.transformer import equal_lengths
from analysis.weights import REQUIREMENT, WEIGHTS_SHA256

SHAPE = (1024, 384, 1536)
TRIES = 5


class TorchE5:
    """multilingual-e5-small by PyTorch on `threads` threads; satisfies the Encoder protocol.

    bfloat16 is taken only where one large product is faster in it: without support in hardware it is five
    times slower. Raises EncoderUnavailable where PyTorch is not installed.
    """

    sha256 = WEIGHTS_SHA256

    def __init__(self, data: bytes, threads: int) -> None:
        try:
            import torch
        except ImportError:
            raise EncoderUnavailable(
                "PyTorch is not installed; install torch, or leave --backend out."
            ) from None
        self._torch: Any = torch
        torch.set_num_threads(threads)
        file = E5File(data)
        self.dim = file.sizes.hidden
        self._kind = torch.bfloat16 if _bfloat16_pays(torch) else torch.float32
        self.name = "multilingual-e5-small by PyTorch"
        self.revision = f"{REQUIREMENT}, torch {torch.__version__} {self._kind}".replace("torch.", "")
        self.tokenizer = Tokenizer(file.vocabulary, file.sizes.positions)
        self._file = file
        self._layers = [self._layer(number) for number in range(file.sizes.layers)]
        hidden = file.sizes.hidden
        self._positions = file.tensor("emb.pos", -1, hidden) + file.tensor("emb.type", -1, hidden)[0]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 (len(texts), 384) unit rows rounded to 4 decimals; beyond 512 tokens a text is cut."""
        tokens = [self.tokenizer.ids(QUERY + text) for text in texts]
        self.tokenizer.forget()
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        with self._torch.inference_mode():
            for batch in pack([len(ids) for ids in tokens], BATCH_TOKENS):
                vectors[batch] = self._pool([tokens[index] for index in batch])
        return vectors.round(DECIMALS)

    def _pool(self, texts: Sequence[Sequence[int]]) -> Vectors:
        torch, functional = self._torch, self._torch.nn.functional
        sizes, hidden = self._file.sizes, self._file.sizes.hidden
        flat = np.concatenate([np.asarray(ids, dtype=np.int64) for ids in texts])
        words = self._file.rows("emb.word", flat, hidden)
        words += self._positions[np.concatenate([np.arange(len(ids)) for ids in texts])]
        x = self._normal(torch.from_numpy(words).to(self._kind), "emb.ln")
        groups = equal_lengths([len(ids) for ids in texts])
        for number, layer in enumerate(self._layers):
            qkv = functional.linear(x, *layer["qkv"])
            mixed = torch.empty_like(x)
            for start, count, length in groups:
                block = qkv[start : start + count * length].view(count, length, 3, sizes.heads, -1)
                query, key, value = block.permute(2, 0, 3, 1, 4)
                seen = functional.scaled_dot_product_attention(query, key, value)
                mixed[start : start + count * length] = seen.transpose(1, 2).reshape(-1, hidden)
            x = self._normal(x + functional.linear(mixed, *layer["ao"]), f"l{number}.aln")
            wide = functional.gelu(functional.linear(x, *layer["fi"]))
            x = self._normal(x + functional.linear(wide, *layer["fo"]), f"l{number}.oln")
        ends = np.cumsum([len(ids) for ids in texts])[:-1]
        means = np.stack([part.mean(axis=0) for part in np.split(x.float().numpy(), ends)])
        unit: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit

    def _layer(self, number: int) -> dict[str, tuple[Any, Any]]:
        hidden, wide = self._file.sizes.hidden, self._file.sizes.feed_forward
        parts = {name: self._linear(f"l{number}.{name}", hidden, hidden) for name in ("q", "k", "v", "ao")}
        qkv = tuple(self._torch.cat([parts[name][side] for name in "qkv"]) for side in (0, 1))
        return {
            "qkv": (qkv[0], qkv[1]),
            "ao": parts["ao"],
            "fi": self._linear(f"l{number}.fi", wide, hidden),
            "fo": self._linear(f"l{number}.fo", hidden, wide),
        }

    def _linear(self, name: str, rows: int, columns: int) -> tuple[Any, Any]:
        shapes = {"w": (rows, columns), "b": (rows,)}
        weight, bias = (
            self._torch.from_numpy(self._file.tensor(f"{name}.{part}", *shape)).to(self._kind)
            for part, shape in shapes.items()
        )
        return weight, bias

    def _normal(self, x: Any, name: str) -> Any:
        hidden, of = self._file.sizes.hidden, self._torch.from_numpy
        weight, bias = (of(self._file.tensor(f"{name}.{part}", hidden)).to(self._kind) for part in "wb")
        return self._torch.nn.functional.layer_norm(x, (hidden,), weight, bias, self._file.sizes.epsilon)


def _bfloat16_pays(torch: Any) -> bool:
    """Whether a 1024 x 384 x 1536 product is faster in bfloat16 here."""
    rows, inner, columns = SHAPE
    best = {}
    for kind in (torch.float32, torch.bfloat16):
        left, right = torch.ones(rows, inner, dtype=kind), torch.ones(inner, columns, dtype=kind)
        left @ right
        taken = []
        for _ in range(TRIES):
            start = time.perf_counter()
            left @ right
            taken.append(time.perf_counter() - start)
        best[kind] = min(taken)
    return bool(best[torch.bfloat16] < best[torch.float32])

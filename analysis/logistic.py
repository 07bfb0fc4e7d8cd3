"""One logistic model per theme over the same rows, fitted together by L-BFGS in numpy and scipy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from analysis.encode import Vectors

# Chosen on labelled comments (shared facts, "How to group", 8.3): regularisation, class weight exponent,
# iterations.
STRENGTH = 5.0
BALANCE = 0.5
ITERATIONS = 60


@dataclass(frozen=True)
class Logistic:
    """`weights` float64 (dim, themes), `bias` (themes,)."""

    weights: npt.NDArray[np.float64]
    bias: npt.NDArray[np.float64]

    def scores(self, vectors: Vectors) -> npt.NDArray[np.float64]:
        """The probability of each theme for each row, (n, themes), each theme by itself."""
        return np.asarray(expit(vectors @ self.weights + self.bias))


def fit(
    vectors: Vectors,
    members: npt.NDArray[np.bool_],
    strength: float = STRENGTH,
    balance: float = BALANCE,
    weights: npt.NDArray[np.float64] | None = None,
) -> Logistic:
    """Fits `members` (n, themes) from `vectors` (n, dim). `balance` 0 counts rows alike, 1 both sides of a
    theme alike; `weights` (n,) says how much each row counts.
    """
    rows, dim = vectors.shape
    across = np.ascontiguousarray(vectors.T)
    themes = members.shape[1]
    sign = np.where(members, 1.0, -1.0)
    inside = members.sum(axis=0).clip(1)
    weight = np.where(members, (np.maximum(rows - inside, 1) / inside) ** balance, 1.0)
    if weights is not None:
        weight *= weights[:, None]

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        table = flat.reshape(dim + 1, themes)
        # The products in single precision, which is all that the vectors have, and twice as fast.
        margin = sign * (vectors @ table[:dim].astype(np.float32) + table[dim])
        value = (weight * np.logaddexp(0, -margin)).sum() + (table[:dim] ** 2).sum() / (2 * strength)
        pull = -weight * sign * expit(-margin)
        gradient = np.vstack([across @ pull.astype(np.float32) + table[:dim] / strength, pull.sum(axis=0)])
        return float(value), gradient.ravel()

    found = minimize(
        loss, np.zeros((dim + 1) * themes), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}
    )
    table = found.x.reshape(dim + 1, themes)
    return Logistic(table[:dim], table[dim])

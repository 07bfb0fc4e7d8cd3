"""One linear model per theme over the same rows, fitted together by L-BFGS in numpy and scipy.

Either logistic, or with a margin (squared hinge): rows that are right by far no longer pull, which finds rare
themes better among many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from analysis.encode import Vectors

# Chosen on labelled comments (shared facts, "How to group", 8.3; the margin's on four fifths of one trust's):
# regularisation, class weight exponent, iterations.
STRENGTH = 5.0
MARGIN_STRENGTH = 0.3
BALANCE = 0.5
ITERATIONS = 60
MARGIN_ITERATIONS = 30
# Makes of a margin a score between 0 and 1 that is half where the model is in two minds.
STEEP = 2.0

Loss = Literal["logistic", "margin"]


@dataclass(frozen=True)
class Logistic:
    """`weights` float64 (dim, themes), `bias` (themes,); `steep` how fast a score runs to 0 and 1."""

    weights: npt.NDArray[np.float64]
    bias: npt.NDArray[np.float64]
    steep: float = 1.0

    def scores(self, vectors: Vectors) -> npt.NDArray[np.float64]:
        """How much of each theme each row holds, (n, themes) from 0 to 1, each theme by itself.

        A probability by the logistic loss; by the margin only an order, to be calibrated.
        """
        return np.asarray(expit(self.steep * (vectors @ self.weights + self.bias)))


def fit(
    vectors: Vectors,
    members: npt.NDArray[np.bool_],
    strength: float = STRENGTH,
    balance: float = BALANCE,
    weights: npt.NDArray[np.float64] | None = None,
    loss: Loss = "logistic",
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

    most = ITERATIONS if loss == "logistic" else MARGIN_ITERATIONS

    def pain(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        table = flat.reshape(dim + 1, themes)
        # The products in single precision, which is all that the vectors have, and twice as fast.
        margin = sign * (vectors @ table[:dim].astype(np.float32) + table[dim])
        short = np.logaddexp(0, -margin) if loss == "logistic" else np.maximum(0, 1 - margin)
        value = (weight * (short if loss == "logistic" else short**2)).sum()
        value += (table[:dim] ** 2).sum() / (2 * strength)
        pull = -weight * sign * (expit(-margin) if loss == "logistic" else 2 * short)
        gradient = np.vstack([across @ pull.astype(np.float32) + table[:dim] / strength, pull.sum(axis=0)])
        return float(value), gradient.ravel()

    found = minimize(
        pain, np.zeros((dim + 1) * themes), jac=True, method="L-BFGS-B", options={"maxiter": most}
    )
    table = found.x.reshape(dim + 1, themes)
    return Logistic(table[:dim], table[dim], 1.0 if loss == "logistic" else STEEP)

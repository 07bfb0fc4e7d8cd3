"""Are the comments found that a person called negative?"""

from __future__ import annotations

import numpy as np

from analysis.evaluate.figure import Figure, bootstrap
from analysis.evaluate.labelled import Labelled
from analysis.language import base
from analysis.tone import tone


def figures(data: Labelled) -> list[Figure]:
    """Recall of the comments that a person called negative; [] where no one said."""
    if not data.has("sentiment"):
        return []
    negative = [row for row in data.rows if "negative" in row["sentiment"]]
    heard = np.array(
        [tone(row["text"], base(row.get("language") or "en")) in ("negative", "mixed") for row in negative]
    )
    return [
        bootstrap(
            "tone hint (TextBlob): negative comments found (recall)", len(heard), data.seed,
            lambda at: float(heard[at].mean()),
        )
    ]  # fmt: skip

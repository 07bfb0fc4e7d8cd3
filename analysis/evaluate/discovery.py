"""Do groups found without a codebook follow what is said, in whichever language?

Needs `topic`, `language` and `sentence`, which joins the translations of one sentence. First all languages
pooled; then as people speak: each sentence in one random language, and each language with its own topics.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_mutual_info_score, v_measure_score

from analysis.evaluate.figure import Figure, Rows, bootstrap
from analysis.evaluate.grouping import together
from analysis.evaluate.labelled import Labelled
from analysis.pipeline import analyse

DRAWS = 6
OWN_TOPICS = 2

Names = npt.NDArray[np.str_]
Draw = tuple[Names, Names, Names]


def figures(data: Labelled) -> list[Figure]:
    """Agreement of primary themes with topics and with languages, no codebook given."""
    if not (data.has("topic") and data.has("sentence") and len(set(data.languages)) > 1):
        return []
    topics = np.array([row["topic"] for row in data.rows])
    spoken = np.array([tag or "" for tag in data.languages])
    themes = _themes(data, np.arange(len(topics)))
    sentences = _sentences(data)

    def over_sentences(name: str, names: Names, reach: float, *, at_most: bool = False) -> Figure:
        """Whole sentences are drawn, or translations of one would count as many."""
        return bootstrap(
            f"languages pooled: {name} (V-measure)", len(sentences), data.seed,
            lambda at: _v_measure(names, themes, _rows(sentences, at)), reach=reach, at_most=at_most,
        )  # fmt: skip

    return [
        over_sentences("topic", topics, 0.40),
        over_sentences("language, 0 is best", spoken, 0.01, at_most=True),
        together("languages pooled: one sentence in one group, share of pairs", data, themes, reach=0.90),
        *_as_spoken("each sentence in one language", data, topics, spoken, skewed=False),
        *_as_spoken("each language its own two topics", data, topics, spoken, skewed=True, reach=0.34),
    ]


def _as_spoken(
    name: str, data: Labelled, topics: Names, spoken: Names, *, skewed: bool, reach: float | None = None
) -> list[Figure]:
    """Means over random draws; the interval is that of the mean."""
    of_topic, of_language = [], []
    for draw in range(DRAWS):
        rows = one_language_each(data, topics, spoken, data.seed + draw, skewed=skewed)
        themes = _themes(data, rows)
        of_topic.append(adjusted_mutual_info_score(topics[rows], themes))
        of_language.append(adjusted_mutual_info_score(spoken[rows], themes))
    note = f"{DRAWS} random draws"
    return [
        bootstrap(
            f"{name}: topic (AMI)", DRAWS, data.seed, lambda at: float(np.array(of_topic)[at].mean()),
            reach=reach, note=note,
        ),
        bootstrap(
            f"{name}: language (AMI)", DRAWS, data.seed, lambda at: float(np.array(of_language)[at].mean()),
            note=note,
        ),
    ]  # fmt: skip


def one_language_each(data: Labelled, topics: Names, spoken: Names, seed: int, *, skewed: bool) -> Rows:
    """One translation of each sentence. `skewed`: each language has two topics, dealt in a random order;
    a sentence whose topic no language has is left out.
    """
    random = np.random.default_rng(seed)
    dealt = random.permutation(sorted(set(topics)))
    languages = sorted(set(spoken))
    own = {
        tag: {dealt[(OWN_TOPICS * place + more) % len(dealt)] for more in range(OWN_TOPICS)}
        for place, tag in enumerate(languages)
    }
    kept = []
    for rows in _sentences(data):
        fit = [row for row in rows if not skewed or topics[row] in own[spoken[row]]]
        if fit:
            kept.append(fit[random.integers(len(fit))])
    return np.array(sorted(kept), dtype=np.int64)


def _themes(data: Labelled, rows: Rows) -> Names:
    comments = [data.comments[row] for row in rows]
    found = analyse(
        comments, codebook=None, encoder=data.encoder, seed=data.seed, cache=data.cache, watchlist=None
    )
    primary = {coding.comment_id: coding.theme_id for coding in found.codings if coding.primary}
    return np.array([primary[comment.id] for comment in comments])


def _sentences(data: Labelled) -> list[list[int]]:
    sentences: dict[str, list[int]] = {}
    for row, said in enumerate(data.rows):
        sentences.setdefault(said["sentence"], []).append(row)
    return list(sentences.values())


def _rows(sentences: Sequence[Sequence[int]], at: Rows) -> Rows:
    return np.array([row for place in at for row in sentences[place]], dtype=np.int64)


def _v_measure(names: Names, themes: Names, rows: Rows) -> float:
    return float(v_measure_score(names[rows], themes[rows]))

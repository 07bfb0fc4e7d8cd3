"""Is what five people tell among a thousand found, whichever language they tell it in?

Invented topics (rare.json), each told by five people in five languages, one topic at a time, are laid among
comments of the file and service sentences in other languages. Found: one of the first ten groups of a few
people holds three or more of the five, and they are half of it or more.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from analysis.centre import PARALLEL
from analysis.evaluate.figure import Figure, bootstrap
from analysis.evaluate.labelled import Labelled
from analysis.few import SHOWN
from analysis.pipeline import analyse
from analysis.records import Comment, ThemeSet

TOPICS = Path(__file__).with_name("rare.json")
AMONG = 955
LEAST_COMMENTS = 200
OTHERS = ("cy", "pl", "ur", "ar", "so", "ro", "pa", "es")
FOUND = 3


def figures(data: Labelled) -> list[Figure]:
    """The share of topics found, told plainly and told within a longer story. Needs a codebook."""
    if data.codebook is None or len(data.comments) < LEAST_COMMENTS:
        return []
    said = json.loads(TOPICS.read_text("utf-8"))
    among = background(data)
    return [
        _share(f"a rare topic told {how}: in the first {SHOWN} groups of a few", data, said, among, stories)
        for how, stories in (("plainly", False), ("within a story", True))
    ]


def background(data: Labelled) -> list[Comment]:
    """Comments of the file, drawn at random, and each shipped service sentence in one other language."""
    random = np.random.default_rng(data.seed)
    rows = np.sort(random.permutation(len(data.comments))[:AMONG])
    sentences = json.loads(PARALLEL.read_text("utf-8"))["sentences"]
    others = [
        Comment(f"sentence-{place}", sentence[tag], f"sentence-{place}", tag)
        for place, sentence in enumerate(sentences)
        if (tag := OTHERS[place % len(OTHERS)]) in sentence
    ]
    return [data.comments[row] for row in rows] + others


def told(said: dict[str, Any], topic: str, *, stories: bool) -> list[Comment]:
    """Five comments on the topic, each in another language; in `stories` among other sentences."""
    comments = []
    for place, (tag, text) in enumerate(said["topics"][topic].items()):
        before, after = said["around"][tag][place % len(said["around"][tag])]
        text = f"{before} {text} {after}" if stories else text
        comments.append(Comment(f"rare-{tag}", text, f"rare-{tag}", tag))
    return comments


def is_found(found: ThemeSet, rare: set[str]) -> bool:
    """Whether a group of a few people is mostly about the rare topic."""
    few = {theme.id for theme in found.themes if theme.kind == "few"}
    groups: dict[str, set[str]] = {}
    for coding in found.codings:
        if coding.theme_id in few:
            groups.setdefault(coding.theme_id, set()).add(coding.comment_id)
    return any(FOUND <= len(group & rare) >= len(group) / 2 for group in groups.values())


def _share(name: str, data: Labelled, said: dict[str, Any], among: list[Comment], stories: bool) -> Figure:
    hits, lost = [], []
    for topic in sorted(said["topics"]):
        rare = told(said, topic, stories=stories)
        found = analyse(
            among + rare, codebook=data.codebook, encoder=data.encoder, seed=data.seed, cache=data.cache,
            watchlist=None,
        )  # fmt: skip
        hits.append(is_found(found, {comment.id for comment in rare}))
        lost += [] if hits[-1] else [topic]
    values = np.array(hits, dtype=float)
    note = f"{len(hits)} topics; not found: {', '.join(lost) or 'none'}"
    return bootstrap(name, len(values), data.seed, lambda at: float(values[at].mean()), reach=1.0, note=note)

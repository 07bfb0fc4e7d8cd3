"""An analysis goes by the codebook that its survey has at that time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from analysis.codebook import load_codebook
from feedback.jobs.encoder import CODEBOOKS, RememberingEncoder
from feedback.jobs.worker import Worker
from feedback.store import codebooks, runs
from feedback.store.database import Store
from feedback.store.models import Theme
from feedback.store.surveys import PublishedSurvey
from tests.support.telling import DAY


def themes_of(store: Store) -> set[str]:
    with store.read() as session:
        return set(session.scalars(select(Theme.theme_id).where(Theme.kind == "codebook")))


def test_the_next_run_sorts_into_the_themes_that_the_owner_confirmed(
    store: Store, story: PublishedSurvey, worker: Worker, told_stories: Callable[[], list[str]]
) -> None:
    told_stories()
    runs.request(store, story.survey_id, DAY)
    worker.drain()
    assert themes_of(store) <= {theme.id for theme in load_codebook().themes}
    document = load_codebook().as_json()
    for theme in document["themes"]:
        theme["id"] = f"our-{theme['id']}"
    codebooks.propose(store, story.survey_id, load_codebook(document), None, DAY)
    waiting = codebooks.proposal(store, story.survey_id)
    assert waiting and codebooks.adopt(store, story.survey_id, waiting.key, None, DAY)
    worker.drain()
    run = runs.newest(store, story.survey_id)
    assert run is not None and run.state == "done"
    assert themes_of(store) and all(theme_id.startswith("our-") for theme_id in themes_of(store))


class CountingEncoder:
    """Stands for the model where only what is asked of it matters."""

    name, revision, sha256, dim = "counting", "1", "0" * 64, 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: list[str]) -> npt.NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_sentences_are_encoded_once_for_as_long_as_their_codebook_is_among_the_last() -> None:
    model = CountingEncoder()
    encoder = RememberingEncoder(model)  # type: ignore[arg-type]
    for number in range(CODEBOOKS):
        encoder.remember(str(number), [f"sentence {number}", "shared"])
        encoder.encode([f"sentence {number}", "shared"])
    assert sorted(model.asked) == sorted(["shared", *(f"sentence {n}" for n in range(CODEBOOKS))])
    encoder.remember("0", ["sentence 0", "shared"])
    assert np.array_equal(encoder.encode(["shared", "sentence 0"]), [[6, 1], [10, 1]])
    encoder.remember("new", ["another"])
    encoder.encode(["sentence 1"])
    assert model.asked[-1] == "sentence 1"
    assert len(model.asked) == CODEBOOKS + 2


def test_what_people_say_never_stays_in_memory() -> None:
    model = CountingEncoder()
    encoder = RememberingEncoder(model)  # type: ignore[arg-type]
    encoder.remember("a", ["ours"])
    encoder.encode(["somebody's words"])
    encoder.encode(["somebody's words"])
    assert model.asked == ["somebody's words"] * 2

"""Works on analysis runs, one at a time, for as long as the table says that one waits."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import date

from analysis import Codebook, Comment, EncoderUnavailable, analyse, load_encoder
from feedback.store import codebooks, comments, heeded, runs, surveys, themes
from feedback.store.comments import CommentToSort
from feedback.store.database import Store
from feedback.store.vectors import SealedVectorCache

from .encoder import RememberingEncoder
from .heartbeat import Heartbeat, LeaseLost

log = logging.getLogger("heard.jobs")
Progress = Callable[[str, int, int], None]
FAILED = "The analysis stopped with an unexpected error ({kind})."


class Worker:
    """One for a process: the model is loaded once, when it is first needed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._encoder: RememberingEncoder | None = None
        self._busy = threading.Lock()

    def drain(self) -> None:
        """Work until no run waits; returns at once where another thread does so already."""
        if not self._busy.acquire(blocking=False):
            return
        try:
            while lease := self.next_lease():
                self.work(lease)
        finally:
            self._busy.release()

    def next_lease(self) -> runs.Lease | None:
        for run_id in runs.reconcile(self.store, time.time()):
            if lease := runs.take(self.store, run_id, time.time()):
                return lease
        return None

    def work(self, lease: runs.Lease, watch: Progress | None = None) -> bool:
        """One attempt at a run; True when it ended well and was still ours."""
        try:
            with Heartbeat(self.store, lease) as heart:
                return self.analyse(lease, heart.progress, watch)
        except LeaseLost:
            log.warning("run %d was taken over by another worker", lease.run_id)
        except Exception as error:  # whatever it was, the run must not stay "running"
            # Never its message: a library may have put somebody's words into it.
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("run %d stopped with %s\n%s", lease.run_id, type(error).__name__, place)
            runs.give_back(self.store, lease, FAILED.format(kind=type(error).__name__))
        return False

    def analyse(self, lease: runs.Lease, beat: Progress, watch: Progress | None) -> bool:
        def progress(stage: str, done: int, total: int) -> None:
            beat(stage, done, total)
            if watch:
                watch(stage, done, total)

        said = heeded.read(self.store, lease.survey_id)
        to_sort = list(comments.to_sort(self.store, lease.survey_id))
        codebook = codebooks.in_use(self.store, lease.survey_id).codebook
        if encoder := self.encoder():
            encoder.remember(codebook.sha256, examples(codebook))
        theme_ids = [theme.id for theme in codebook.themes]
        found = analyse(
            [for_analysis(comment) for comment in to_sort],
            codebook=codebook,
            encoder=encoder,
            cache=SealedVectorCache(self.store),
            languages=languages_of(self.store, lease.survey_id, to_sort),
            earlier=said.earlier,
            checked=said.known(theme_ids, to_sort),
            progress=progress,
        )
        return themes.save(self.store, lease, found, to_sort, date.today(), codebook, said)

    def encoder(self) -> RememberingEncoder | None:
        """The model; without its weights the analysis sorts by words alone and says so."""
        if self._encoder is None:
            try:
                self._encoder = RememberingEncoder(load_encoder())
            except EncoderUnavailable as error:
                log.warning("%s", error)
        return self._encoder


def examples(codebook: Codebook) -> list[str]:
    return [example.text for theme in codebook.themes for example in theme.examples]


def for_analysis(comment: CommentToSort) -> Comment:
    return Comment(
        id=comment.id,
        text=comment.text,
        person=comment.response_id,
        language=comment.language,
        question=comment.question,
        service=comment.service,
        readable=comment.readable,
    )


def languages_of(store: Store, survey_id: int, to_sort: Sequence[CommentToSort]) -> list[str]:
    """Those the survey is offered in, and those that people answered in before it changed."""
    survey = surveys.find_by_id(store, survey_id)
    return sorted({*(survey.languages if survey else ()), *(comment.language for comment in to_sort)})

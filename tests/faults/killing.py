"""Kill the server while people send, and count afterwards: nothing lost, nothing doubled."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from feedback.store import comments, responses, surveys
from feedback.store.database import Store
from tests.support.live import LiveServer
from tests.support.load import Hurried

REPLAYS = 0.05  # of the acknowledged are sent once more, as after a lost answer


@dataclass
class Tally:
    kills: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)  # words -> receipt
    replies_differ: int = 0
    lost: int = 0
    doubled: int = 0
    partial: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.partial or self.replies_differ or self.errors)


def kill_under_load(
    server: LiveServer,
    store: Store,
    kill: Callable[[], None],
    kills: int,
    acknowledged: int,
    clients: int = 8,
    longest: float = 300,
) -> Tally:
    """Until so many kills and so many acknowledgements are reached (or the time is over)."""
    tally = Tally()
    until = time.monotonic() + longest
    enough = threading.Event()
    lock = threading.Lock()

    def people(seed: int) -> None:
        chance = random.Random(seed)
        with Hurried(server.port) as person:
            while not enough.is_set() and time.monotonic() < until:
                words = f"{uuid.uuid4().hex} told under load"
                try:
                    receipt = person.insists(words, until)
                    replayed = receipt is not None and chance.random() < REPLAYS
                    again = person.insists_on_sending(until) if replayed else receipt
                except Exception as error:
                    with lock:
                        tally.errors.append(repr(error))
                    return
                if receipt is None or again is None:  # out of time before the server answered
                    return
                with lock:
                    tally.acknowledged[words] = receipt
                    tally.replies_differ += again != receipt

    crowd = [threading.Thread(target=people, args=(seed,)) for seed in range(clients)]
    for person in crowd:
        person.start()
    chance = random.Random(0)
    try:
        while time.monotonic() < until and any(person.is_alive() for person in crowd):
            share = acknowledged * (tally.kills + 1) / (kills + 1)
            if tally.kills < kills and len(tally.acknowledged) >= share:
                time.sleep(chance.random() * 0.2)
                kill()
                tally.kills += 1
            elif tally.kills >= kills and len(tally.acknowledged) >= acknowledged:
                break
            time.sleep(0.01)
    finally:
        enough.set()
        for person in crowd:
            person.join()
    count(store, tally)
    return tally


def count(store: Store, tally: Tally) -> None:
    found = surveys.find(store, "story")
    assert found is not None
    kept = Counter(comment.text for comment in comments.to_sort(store, found.survey_id))
    tally.doubled = sum(times > 1 for times in kept.values())
    for words, receipt in tally.acknowledged.items():
        told = responses.find_by_receipt(store, receipt)
        if told is None or words not in kept:
            tally.lost += 1
        elif told.words != {"happened": words} or told.answers.get("which_service") != "hostel":
            tally.partial += 1

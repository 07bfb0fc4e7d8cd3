"""The crowd, in a process of its own: `python -m tests.bench.crowd PORT CLIENTS SECONDS DRAFTS`.

First everybody walks from the start page to the receipt for SECONDS; then DRAFTS walks up to "check
your answers" are prepared, and only their sending is measured. Prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.support.load import Hurried, Refused

WORDS = "They listened and called me back the next day, but the door was locked when I came. " * 4


def main(port: int, clients: int, seconds: float, drafts: int) -> None:
    with Hurried(port) as first:  # the first page of a fresh server is nobody's measure
        for _ in range(3):
            first.walks_to_check(WORDS)
            first.sends()
    walks, walking, steps = walk(port, clients, seconds)
    sent, sending, latencies = send(port, clients, drafts)
    json.dump(
        {
            "walks_per_second": walks / walking,
            "request_p95_ms": 1000 * percentile(steps, 95),
            "sends_per_second": sent / sending,
            "send_p95_ms": 1000 * percentile(latencies, 95),
            "send_max_ms": 1000 * max(latencies),
        },
        sys.stdout,
    )


def walk(port: int, clients: int, seconds: float) -> tuple[int, float, list[float]]:
    done, steps = [0] * clients, []
    start = time.perf_counter()

    def person(number: int) -> None:
        with Timed(port) as timed:
            while time.perf_counter() - start < seconds:
                timed.walks_to_check(WORDS)
                timed.sends()
                done[number] += 1
        steps.extend(timed.seconds)

    together(person, clients)
    return sum(done), time.perf_counter() - start, steps


def send(port: int, clients: int, drafts: int) -> tuple[int, float, list[float]]:
    ready: list[Timed] = []

    def prepare(number: int) -> None:
        with Hurried(port) as walker:
            for _ in range(number, drafts, clients):
                walker.walks_to_check(WORDS)
                ready.append(Timed(port, cookies=dict(walker.cookies), token=walker.token))

    together(prepare, clients)
    latencies: list[float] = []

    def press_send(number: int) -> None:
        connection = None
        for person in ready[number::clients]:
            person.connection = connection
            status, headers, _ = person.ask("POST", f"/s/{person.slug}/check", {"token": person.token})
            if status != 303 or not urlsplit(headers["Location"]).path.endswith("/sent"):
                raise Refused(status, "sending")
            latencies.extend(person.seconds)
            connection = person.connection
        if connection is not None:
            connection.close()

    start = time.perf_counter()
    together(press_send, clients)
    return len(ready), time.perf_counter() - start, latencies


class Timed(Hurried):
    """Notes how long each request took."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None, token: str = "") -> None:
        super().__init__(port, cookies=cookies or {}, token=token)
        self.seconds: list[float] = []

    def ask(self, *args, **kwargs):
        start = time.perf_counter()
        answer = super().ask(*args, **kwargs)
        self.seconds.append(time.perf_counter() - start)
        return answer


def together(work: Callable[[int], None], clients: int) -> None:
    faults: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            faults.append(error)

    crowd = [threading.Thread(target=guarded, args=(number,)) for number in range(clients)]
    for person in crowd:
        person.start()
    for person in crowd:
        person.join()
    if faults:
        raise faults[0]


def percentile(values: list[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))

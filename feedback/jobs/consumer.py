"""The worker process: `python -m feedback.jobs.consumer`."""

from __future__ import annotations

import logging
import sys

from feedback import create_app

from .queue import Queue


def main() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="worker: %(levelname)s %(message)s")
    logging.getLogger("heard.jobs").setLevel(logging.INFO)
    queue: Queue = create_app().extensions["heard_queue"]
    # Two threads: one may be busy with a long analysis while the other sweeps up.
    consumer = queue.huey.create_consumer(workers=2, worker_type="thread", periodic=True)
    queue.remind(0)  # whatever waits from before the last stop
    consumer.run()


if __name__ == "__main__":
    main()

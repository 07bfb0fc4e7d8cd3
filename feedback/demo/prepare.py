"""`python -m feedback.demo.prepare`: migrate, publish, load, analyse.

A process of its own, so that the model's memory is given back before anything is served.
"""

from __future__ import annotations

import sys
from datetime import date

from feedback import create_app
from feedback.store.database import Store

from . import load


def main() -> None:
    app = create_app(demo=True)
    store: Store = app.extensions["heard_store"]
    store.migrate()
    load.publish_library(store, date.today())
    survey = load.find(store, load.SLUG)
    if new := load.load_answers(store, survey):
        print(f"{new} invented answers were loaded.", file=sys.stderr, flush=True)
    load.analyse(app, survey)


if __name__ == "__main__":
    main()

"""A thank-you page means that the story is kept, whatever happens to the server next.

`make bench` does the same with 20 kills and 2,000 stories.
"""

from __future__ import annotations

import pytest

from feedback.store.database import Store
from tests.support.live import LiveServer
from tests.support.postgres import PostgresServer

from .killing import kill_under_load

pytestmark = pytest.mark.slow


def test_killing_the_server_loses_nothing_and_doubles_nothing(site: tuple[LiveServer, Store]) -> None:
    server, store = site

    def kill() -> None:
        server.kill()
        server.start()

    tally = kill_under_load(server, store, kill, kills=3, acknowledged=200)
    assert tally.kills == 3 and len(tally.acknowledged) >= 200
    assert tally.is_clean, tally


@pytest.mark.postgres
@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_killing_the_database_loses_nothing_and_doubles_nothing(
    site: tuple[LiveServer, Store], doomed_postgres: PostgresServer
) -> None:
    server, store = site

    def kill() -> None:
        doomed_postgres.kill()
        doomed_postgres.start()

    tally = kill_under_load(server, store, kill, kills=2, acknowledged=100)
    assert tally.kills == 2 and len(tally.acknowledged) >= 100
    assert tally.is_clean, tally

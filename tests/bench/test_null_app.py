"""What everything is compared with goes all the way too: a walk to its end, and nothing kept."""

from __future__ import annotations

import pytest

from feedback.store.models import Draft, Response
from tests.support.load import Hurried
from tests.support.telling import count

from .sites import site


@pytest.mark.slow
def test_the_site_over_nothing_takes_an_answer_and_keeps_none() -> None:
    with site("nothing") as over_nothing, Hurried(over_nothing.server.port) as person:
        person.walks_to_check("They listened.")
        person.sends()
        assert count(over_nothing.store, Response) == count(over_nothing.store, Draft) == 0

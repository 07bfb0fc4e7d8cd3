"""Answers wait in three tabs, everything goes wrong, and as many rows are there, each once.

In `make test` 60 answers and two kills; in `make bench` 200 and five.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, Page

from feedback import create_app
from feedback.collect.outbox_token import make
from feedback.store import comments, receipt_code, responses
from feedback.store.models import Response
from feedback.store.surveys import PublishedSurvey
from tests.support import surveys
from tests.support.live import LiveServer
from tests.support.telling import count
from tests.support.wire import Wire

from .conftest import Site
from .offline import READY, Traveller, traveller

ANSWERS, KILLS = (200, 5) if "HEARD_CROWD" in os.environ else (60, 2)
BY_HAND = 6
QUEUE = """async ([texts, version, token]) => {
  for (const text of texts) {
    const key = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
    const pages = { story: [['happened', text]], service: [['which_service', 'hostel'], ['better', '']] };
    const walk = { ...heardOffline.blank(key), version, token, pages, readers: 'service' };
    await heardStore.put('walks', walk);
    await heardOffline.queue(walk);
  }
}"""


@pytest.fixture
def doomed(migrated: Path, tmp_path: Path) -> Iterator[tuple[Site, PublishedSurvey, str]]:
    """A site of its own to kill, its survey, and a token that expired long ago."""
    instance = Path(shutil.copytree(migrated, tmp_path / "instance"))
    app = create_app(
        instance=instance, key_file=instance / "heard.key",
        database_url=f"sqlite:///{instance / 'heard.db'}", demo=True,
    )  # fmt: skip
    store = app.extensions["heard_store"]
    story = surveys.publish(store, "story")
    with time_machine.travel("2026-01-01 12:00"), app.app_context():
        expired = make("story")
    server = LiveServer(instance, workers=2).start()
    yield Site(server.url, store, server), story, expired
    server.stop()
    store.engine.dispose()


def test_answers_in_three_tabs_arrive_once_whatever_happens(
    browser: Browser, doomed: tuple[Site, PublishedSurvey, str]
) -> None:
    site, story, expired = doomed
    chance = random.Random(20261122)
    wire = Wire(site.server.port).up()
    texts = [f"Answer number {number}." for number in range(ANSWERS)]
    chance.shuffle(texts)
    with traveller(browser, wire) as person:
        tabs = [person.visits().page, person.another_tab(), person.another_tab()]
        for tab in tabs[1:]:
            tab.goto(f"{wire.url}/s/story")
            tab.evaluate(READY)
        person.loses_the_network()
        by_hand(person, tabs, texts[:BY_HAND])
        for number, tab in enumerate(tabs):
            for token, share in (
                (expired, texts[BY_HAND + number :: 6]),
                ("", texts[BY_HAND + number + 3 :: 6]),
            ):
                tab.evaluate(QUEUE, [share, story.version_id, token])
        assert len(person.shelf("outbox")) == ANSWERS
        lost = Counter[str]()

        def loses(_method: str, path: str) -> int | None:
            """After the site did its work: one answer in four never reaches the phone."""
            if "outbox" in path and chance.random() < 0.25:
                lost[path.rpartition("/")[2].partition("?")[0]] += 1
                return 504
            return None

        wire.loses = loses
        wire.up()
        kills = 0
        for _turn in range(600):
            left = len(tabs[0].evaluate("() => heardStore.all('outbox')"))
            if not left:
                break
            if kills < KILLS and left < ANSWERS * (KILLS - kills) / (KILLS + 1):
                kills += 1
                site.server.kill()
                disturb(tabs, chance)
                site.server.start()
            disturb(tabs, chance)
            tabs[0].wait_for_timeout(200)
        assert person.shelf("outbox") == [], "still waiting"
        receipts = person.shelf("sent")
    wire.cut()

    assert kills == KILLS and lost["outbox-send"] > ANSWERS / 10
    rows = Counter(comment.text for comment in comments.to_sort(site.store, story.survey_id))
    assert count(site.store, Response) == ANSWERS
    assert rows == Counter(texts), "lost or doubled"
    codes = {receipt_code.read(receipt["code"]) for receipt in receipts}
    assert len(codes) == ANSWERS
    opened = [responses.find_by_receipt(site.store, str(code)) for code in codes]
    assert Counter(own.words["happened"] for own in opened if own) == Counter(texts)
    assert {receipt["note"] for receipt in receipts} == {""}, "nobody is told that they changed anything"


def by_hand(person: Traveller, tabs: list[Page], texts: list[str]) -> None:
    """Page by page in the shell, one tab after the other."""
    for number, text in enumerate(texts):
        person.page = tabs[number % len(tabs)]
        person.opens("/s/story").goes_on_to("story").answers(happened=text)
        for step in ("service", "who", "check", "sent"):
            person.goes_on_to(step)
        person.reads("Your answers wait on this phone")


def disturb(tabs: list[Page], chance: random.Random) -> None:
    """What sets an outbox going, in any order and in several tabs at once."""
    for tab in chance.sample(tabs, k=len(tabs)):
        what = chance.choices(["online", "visibilitychange", "load", "nothing"], [4, 4, 1, 3])[0]
        if what == "load":
            tab.reload(wait_until="commit")
        elif what == "online":
            tab.evaluate("() => { dispatchEvent(new Event('online')); }")
        elif what == "visibilitychange":
            tab.evaluate("() => { document.dispatchEvent(new Event('visibilitychange')); }")

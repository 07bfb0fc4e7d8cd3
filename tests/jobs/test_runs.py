"""Who may work on a run: one worker at a time, and another when that one falls silent."""

from __future__ import annotations

from datetime import date

from feedback.store import removal, runs
from feedback.store.database import Store
from feedback.store.models import Run
from feedback.store.surveys import PublishedSurvey
from tests.support.telling import DAY, count, told

NOW = 1_000_000.0
LATER = NOW + runs.LEASE_SECONDS + 1


def state(store: Store, run_id: int) -> str:
    found = runs.get(store, run_id)
    assert found is not None
    return found.state


def test_asking_twice_waits_once(store: Store, story: PublishedSurvey) -> None:
    assert runs.request(store, story.survey_id, DAY) == runs.request(store, story.survey_id, DAY)
    assert count(store, Run) == 1


def test_asking_while_one_runs_makes_another_that_sees_what_is_new(
    store: Store, story: PublishedSurvey
) -> None:
    first = runs.request(store, story.survey_id, DAY)
    assert runs.take(store, first, NOW)
    assert runs.request(store, story.survey_id, DAY) != first


def test_a_run_is_taken_by_one_worker(store: Store, story: PublishedSurvey) -> None:
    run_id = runs.request(store, story.survey_id, DAY)
    assert runs.take(store, run_id, NOW) is not None
    assert runs.take(store, run_id, NOW) is None
    assert runs.reconcile(store, NOW) == []


def test_a_silent_worker_loses_its_run_and_can_write_nothing_more(
    store: Store, story: PublishedSurvey
) -> None:
    run_id = runs.request(store, story.survey_id, DAY)
    dead = runs.take(store, run_id, NOW)
    assert runs.reconcile(store, LATER) == [run_id]
    alive = runs.take(store, run_id, LATER)
    assert dead and alive
    assert not runs.beat(store, dead, LATER, "vectors", 1, 2)
    with store.write() as session:
        assert not runs.finish(session, dead, DAY, {}, {})
    runs.give_back(store, dead, "too late")
    assert state(store, run_id) == "running"
    with store.write() as session:
        assert runs.finish(session, alive, DAY, {}, {})
    assert state(store, run_id) == "done"


def test_a_beating_worker_keeps_its_run(store: Store, story: PublishedSurvey) -> None:
    run_id = runs.request(store, story.survey_id, DAY)
    lease = runs.take(store, run_id, NOW)
    assert lease and runs.beat(store, lease, NOW + runs.LEASE_SECONDS - 1, "vectors", 1, 2)
    assert runs.take(store, run_id, LATER) is None


def test_a_run_that_always_stops_is_given_up_with_a_sentence(store: Store, story: PublishedSurvey) -> None:
    run_id = runs.request(store, story.survey_id, DAY)
    now = NOW
    for _ in range(runs.MOST_ATTEMPTS):
        assert runs.take(store, run_id, now)
        now += runs.LEASE_SECONDS + 1
    assert runs.reconcile(store, now) == []
    found = runs.get(store, run_id)
    assert found is not None and found.state == "failed"
    assert found.error == runs.GAVE_UP.format(times=runs.MOST_ATTEMPTS)


def test_withdrawing_has_what_was_analysed_analysed_again(store: Store, story: PublishedSurvey) -> None:
    mine, other = told(store, story).receipt, told(store, story).receipt
    assert mine and other
    removal.withdraw(store, mine, DAY)
    assert count(store, Run) == 0  # nothing had been analysed
    lease = runs.take(store, runs.request(store, story.survey_id, DAY), NOW)
    assert lease
    removal.withdraw(store, other, DAY)  # while it is being read
    newest = runs.newest(store, story.survey_id)
    assert newest is not None and newest.state == "waiting" and newest.id != lease.run_id


def test_new_words_make_a_survey_stale_until_a_run_has_seen_them(
    store: Store, story: PublishedSurvey, worker
) -> None:
    assert list(runs.stale_surveys(store)) == []
    told(store, story)
    assert list(runs.stale_surveys(store)) == [story.survey_id]
    runs.request(store, story.survey_id, date.today())
    worker.drain()
    assert list(runs.stale_surveys(store)) == []
    told(store, story)
    assert list(runs.stale_surveys(store)) == [story.survey_id]

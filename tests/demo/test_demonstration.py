"""The demonstration: invented answers, worth looking at, loaded once however often it starts."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from feedback.demo import card, load
from feedback.demo.__main__ import let_staff_in, offered
from feedback.demo.answers_file import DemoAnswer
from feedback.store import redactions, removal, responses, runs, surveys
from feedback.store.database import Store
from feedback.store.models import Comment, Response
from feedback.store.staff import StaffDatastore
from feedback.store.surveys import PublishedSurvey
from feedback.survey.parts import WORDS
from tests.support.respondent import Respondent
from tests.support.sorting import Sorting
from tests.support.staff import Staff
from tests.support.telling import count

ANSWERS = list(load.all_answers(load.ANSWERS))


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


@pytest.fixture
def survey(store: Store) -> PublishedSurvey:
    load.publish_library(store, date(2026, 5, 1))
    return load.find(store, load.SLUG)


@pytest.fixture
def few_answers(tmp_path: Path) -> Path:
    lines = (load.ANSWERS / "en.jsonl").read_text(encoding="utf-8").splitlines()[:10]
    (tmp_path / "en.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def words(answer: DemoAnswer, survey: PublishedSurvey) -> list[str]:
    free = {question.id for question in survey.definition.questions if question.type in WORDS}
    return [str(given) for name, given in answer.answers.items() if name in free]


def test_there_are_enough_answers_in_six_languages_over_six_months_and_several_services() -> None:
    assert len(ANSWERS) >= 300
    assert set(Counter(answer.language for answer in ANSWERS)) == {"en", "cy", "pl", "ur", "ar", "so"}
    assert len({answer.received.strftime("%Y-%m") for answer in ANSWERS}) >= 6
    assert len({answer.service for answer in ANSWERS}) >= 5
    assert len({answer.id for answer in ANSWERS}) == len(ANSWERS)


def test_no_two_stories_are_alike_or_begin_alike(survey: PublishedSurvey) -> None:
    told = [text for answer in ANSWERS for text in words(answer, survey) if len(text.split()) > 6]
    assert len(set(told)) == len(told)
    openings = Counter(" ".join(text.casefold().split()[:6]) for text in told)
    assert [opening for opening, times in openings.items() if times > 1] == []


def test_some_say_little_and_some_say_much(survey: PublishedSurvey) -> None:
    lengths = [sum(len(text.split()) for text in words(answer, survey)) for answer in ANSWERS]
    assert min(length for length in lengths if length) <= 2
    assert max(lengths) >= 250


def test_every_answer_is_one_that_the_pages_would_take(survey: PublishedSurvey) -> None:
    definition = survey.definition
    for answer in ANSWERS:
        assert definition.service(answer.service) or answer.service is None, answer.id
        for name, given in answer.answers.items():
            options = {option.id for option in definition.question(name).options}
            if options:
                assert set(given if isinstance(given, list) else [given]) <= options, (answer.id, name)


def test_starting_again_doubles_nothing(store: Store, survey: PublishedSurvey, few_answers: Path) -> None:
    assert load.load_answers(store, survey, few_answers) == 10
    before = count(store, Response), count(store, Comment)
    load.publish_library(store, date(2026, 5, 2))
    assert load.load_answers(store, load.find(store, load.SLUG), few_answers) == 0
    assert (count(store, Response), count(store, Comment)) == before
    assert load.find(store, load.SLUG).version == 1


def test_an_answer_withdrawn_from_the_demonstration_stays_gone(
    store: Store, survey: PublishedSurvey, few_answers: Path
) -> None:
    load.load_answers(store, survey, few_answers)
    key = next(load.all_answers(few_answers)).submission(store, survey).key
    sent = responses.became_of(store, key)
    receipt = sent.receipt if sent else None
    assert receipt and removal.withdraw(store, receipt, date(2026, 12, 1))
    assert load.load_answers(store, survey, few_answers) == 0
    assert count(store, Response) == 9


def test_it_is_analysed_once_until_something_is_new(
    app: Flask, store: Store, survey: PublishedSurvey, few_answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEARD_WEIGHTS", str(few_answers / "none"))
    load.load_answers(store, survey, few_answers)
    load.analyse(app, survey)
    first = runs.newest(store, survey.survey_id)
    assert first is not None and first.state == "done" and load.is_rough(first)
    load.analyse(app, survey)
    assert runs.newest(store, survey.survey_id) == first


def test_whoever_answers_or_reads_is_told_that_it_is_invented(
    app: Flask, store: Store, survey: PublishedSurvey, respondent: Respondent, commissioner: Staff,
    few_answers: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for slug in surveys.slugs(store):
        respondent.goes_to(f"/s/{slug}/notice").sees("This is a demonstration.")
    monkeypatch.setenv("HEARD_WEIGHTS", str(few_answers / "none"))
    load.load_answers(store, survey, few_answers)
    load.analyse(app, survey)
    commissioner.goes_to("/manage").sees("Its answers are invented, for demonstration.")
    commissioner.opens_report(load.SLUG).sees("Every answer here is invented")


def test_what_to_open_is_written_for_its_owner_only(
    store: Store, survey: PublishedSurvey, tmp_path: Path
) -> None:
    path = tmp_path / card.NAME
    given = card.passwords(path)
    made = card.make("http://127.0.0.1:8000", offered(store), load.SLUG, given)
    card.write(path, made)
    card.write(path, made)
    assert path.stat().st_mode & 0o777 == 0o600
    read = json.loads(path.read_text())
    assert set(read) == {"url", "surveys", "report", "sign_ins"}
    assert {"slug": "experience", "languages": survey.languages} in read["surveys"]
    assert {"en", "en-x-easy", "ar", "cy", "pl", "so", "ur"} <= set(survey.languages)
    assert card.passwords(path) == given
    assert len(set(given.values())) == len(card.STAFF)


def test_the_printed_passwords_open_the_door_each_time(
    app: Flask, store: Store, survey: PublishedSurvey, tmp_path: Path
) -> None:
    given = card.passwords(tmp_path / card.NAME)
    for _ in range(2):
        with app.app_context():
            let_staff_in(store, given)
    for role, email in card.STAFF.items():
        assert Staff(app, email, given[role]).signs_in().page.url == "/manage"


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"sign_ins": [1]}'])
def test_a_damaged_card_is_made_anew(tmp_path: Path, content: str) -> None:
    path = tmp_path / card.NAME
    path.write_text(content)
    assert set(card.passwords(path)) == set(card.STAFF)


def test_invented_words_with_nothing_personal_are_shown_and_no_person_is_said_to_have_read_them(
    store: Store, survey: PublishedSurvey
) -> None:
    load.load_answers(store, survey)
    read = load.read_invented(store, survey, date(2026, 5, 1))
    everyone = redactions.languages(store, survey.survey_id)
    waiting = redactions.waiting(store, survey.survey_id, everyone)
    assert read > 300 and 10 <= waiting <= read / 5
    done = redactions.done(store, survey.survey_id, 0, read)
    assert all(reading.demonstration and reading.by is None for reading in done)
    assert load.read_invented(store, survey, date(2026, 5, 1)) == 0


def test_all_groups_of_a_few_people_but_one_were_looked_at_for_the_demonstration(
    app: Flask, store: Store, publish, commissioner: Staff, owner: Staff
) -> None:
    said = {f"{word}, {number}.": f"few-{word}" for word in ("bread", "soup", "tea") for number in range(3)}
    rated = Sorting(store, publish("rated"))
    rated.tell(*said)
    rated.sort(said)
    user = StaffDatastore(store).find_user(email=owner.email)
    assert user is not None
    assert load.look_at_groups(store, rated.survey, user.id, date(2026, 5, 1)) == 2
    commissioner.opens_report("rated").sees("1 group told by a few people waits", "2 more things were told")
    commissioner.goes_to("/manage/rated/history").sees("Shown to readers", owner.email)
    assert load.look_at_groups(store, rated.survey, user.id, date(2026, 5, 1)) == 0

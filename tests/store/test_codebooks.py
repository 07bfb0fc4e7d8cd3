"""Versions of a survey's codebook: numbered, sealed where they stand, never half."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from analysis.codebook import Codebook, load_codebook
from feedback.store import codebooks, runs, surveys
from feedback.store.codebook_models import CodebookProposal, CodebookVersion
from feedback.store.database import Store
from feedback.store.encryption import CannotOpen
from feedback.store.surveys import PublishedSurvey
from tests.support.telling import DAY, count


def changed(name: str) -> Codebook:
    document = load_codebook().as_json()
    document["themes"][0]["name"] = name
    return load_codebook(document)


def adopts(store: Store, survey: PublishedSurvey, codebook: Codebook) -> int:
    assert codebooks.propose(store, survey.survey_id, codebook, None, DAY)
    waiting = codebooks.proposal(store, survey.survey_id)
    assert waiting and waiting.codebook == codebook
    done = codebooks.adopt(store, survey.survey_id, waiting.key, None, DAY)
    assert done
    return done[0]


def test_a_survey_uses_what_is_shipped_until_its_owner_confirms_another(
    store: Store, story: PublishedSurvey
) -> None:
    assert codebooks.in_use(store, story.survey_id) == codebooks.InUse(0, load_codebook())
    assert adopts(store, story, changed("Queues")) == 1
    assert adopts(store, story, changed("Time")) == 2
    assert codebooks.in_use(store, story.survey_id) == codebooks.InUse(2, changed("Time"))
    assert codebooks.version(store, story.survey_id, 1) == changed("Queues")
    assert codebooks.version(store, story.survey_id, 0) == load_codebook()
    assert codebooks.version(store, story.survey_id, 3) is None
    assert [(row.number, row.made_on, row.by) for row in codebooks.versions(store, story.survey_id)] == [
        (2, DAY, None),
        (1, DAY, None),
    ]


def test_the_codebook_of_one_survey_is_not_that_of_another(store: Store, publish) -> None:
    story, quiet = publish("story"), publish("quiet")
    adopts(store, story, changed("Queues"))
    assert codebooks.in_use(store, quiet.survey_id) == codebooks.InUse(0, load_codebook())


def test_a_new_version_asks_for_one_run(store: Store, story: PublishedSurvey) -> None:
    adopts(store, story, changed("Queues"))
    adopts(store, story, changed("Time"))
    run = runs.newest(store, story.survey_id)
    assert run is not None and (run.id, run.state) == (1, runs.WAITING)


def test_a_proposal_is_used_once_and_only_if_it_is_the_one_looked_at(
    store: Store, story: PublishedSurvey
) -> None:
    survey_id = story.survey_id
    codebooks.propose(store, survey_id, changed("Queues"), None, DAY)
    first = codebooks.proposal(store, survey_id)
    codebooks.propose(store, survey_id, changed("Time"), None, DAY)
    second = codebooks.proposal(store, survey_id)
    assert first and second and count(store, CodebookProposal) == 1
    assert codebooks.adopt(store, survey_id, first.key, None, DAY) is None
    assert codebooks.adopt(store, survey_id, second.key, None, DAY)
    assert codebooks.adopt(store, survey_id, second.key, None, DAY) is None
    assert count(store, CodebookVersion) == 1


def test_what_says_the_same_is_no_proposal_and_drops_the_one_before(
    store: Store, story: PublishedSurvey
) -> None:
    codebooks.propose(store, story.survey_id, changed("Queues"), None, DAY)
    assert not codebooks.propose(store, story.survey_id, load_codebook(), None, DAY)
    assert codebooks.proposal(store, story.survey_id) is None


def test_a_document_can_be_read_in_its_own_place_only(store: Store, story: PublishedSurvey, publish) -> None:
    adopts(store, story, changed("Queues"))
    adopts(store, story, changed("Time"))
    with store.write() as session:
        sealed = session.scalar(select(CodebookVersion.document_sealed).where(CodebookVersion.number == 1))
        session.execute(
            update(CodebookVersion).where(CodebookVersion.number == 2).values(document_sealed=sealed)
        )
    with pytest.raises(CannotOpen):
        codebooks.in_use(store, story.survey_id)


def test_a_survey_published_before_codebooks_were_named_uses_services(store: Store, publish) -> None:
    survey = publish("story")
    assert "codebook" not in survey.definition.as_json()
    found = surveys.find_by_id(store, survey.survey_id)
    assert found and found.definition.codebook == "services"


def test_a_proposal_that_nobody_confirmed_does_not_lie_about_for_ever(
    store: Store, story: PublishedSurvey
) -> None:
    codebooks.propose(store, story.survey_id, changed("Queues"), None, DAY)
    assert codebooks.drop_forgotten(store, DAY + timedelta(days=30)) == 0
    assert codebooks.drop_forgotten(store, DAY + timedelta(days=31)) == 1
    assert codebooks.proposal(store, story.survey_id) is None

"""One survey with something in each list of staff's: told, said aloud, sorted, flagged, checked, decided."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace

from sqlalchemy import select

from analysis import Change, Codebook, Expected, Flag, ThemeChange, ToCheck, load_codebook
from feedback.store import (
    checks,
    codebooks,
    comments,
    drafts,
    flags,
    framing_sites,
    invitations,
    recordings,
    redactions,
    runs,
    short_links,
    spoken_questions,
    surveys,
    theme_edits,
    theme_status,
    themes,
    transcripts,
)  # fmt: skip
from feedback.store.checks import Checker
from feedback.store.database import Store
from feedback.store.recordings import Sound
from feedback.store.staff_models import User
from feedback.store.surveys import PublishedSurvey
from feedback.store.theme_edits import Decider
from feedback.store.theme_status import Became
from feedback.survey.edition import Edition
from feedback.survey.loading import Bundle, load_bundle, parse_survey
from feedback.survey.reading_choice import ReadingChoice
from feedback.web.access import ROLES
from tests.report.conftest import CODEBOOK, TODAY, Told, many, says, theme_set

from .sounds import BEEP, mp3
from .surveys import FOLDER
from .telling import told

SLUG = "shown"
NOBODY, PLAN, SERVICE, ANYONE = ReadingChoice
NAMED = "Nurse Gwenllian rang from 07700 900123, and nobody came to CF10 3AT."
OPEN, ALIKE, CLOSED = "He said he would hit me.", "She threw a chair at me.", "I want it all to end."
DONE = "They shouted at my son."
FLAGGED = {OPEN: "danger", ALIKE: "danger", CLOSED: "self_harm", DONE: "children"}
TOLD = (
    *many(14, quoted=True, reading_choice=PLAN, feeling="better"),
    *many(12, "انتظرت أسابيع", language="ar", quoted=True, reading_choice=PLAN, feeling="worse"),
    *many(11, "They were kind", "kind", quoted=True, reading_choice=PLAN),
    says("Nobody was kind to me.", "kind", against=True, reading_choice=PLAN),
    *many(6, "The soup was cold", "suggested-1", quoted=True, reading_choice=PLAN),
    *many(3, "The bread was gone", "few-1", reading_choice=PLAN),
    says(OPEN, reading_choice=PLAN),
    says(ALIKE, reading_choice=PLAN),
    says(CLOSED, reading_choice=NOBODY),
    says(DONE, reading_choice=PLAN),
)
LATER = (says(NAMED, reading_choice=SERVICE), says(f"Again: {NAMED}", reading_choice=SERVICE))


def fill(store: Store) -> None:
    survey = published(store)
    with store.read() as session:
        by = session.scalars(select(User.id).order_by(User.id)).first()
    reach(store, survey)
    say_aloud(store, survey, by)
    change_codebook(store, survey, by)
    people = Told(store, survey)
    people.hear(TOLD)
    ids = sort(store, survey)
    people.hear(LATER)
    decide(store, survey, ids, by)


def published(store: Store) -> PublishedSurvey:
    document = load_bundle(FOLDER / "rated.json").survey.as_json() | {
        "slug": SLUG, "voice": True, "demonstration": False,
        "safeguarding": {"names": "the safeguarding lead", "hours": "Monday to Friday, 9 to 5"},
    }  # fmt: skip
    survey = parse_survey(document)
    drafts_of_translators = {
        "ar": Edition(language="ar", texts={"title": "كيف أصبحت بعد ذلك"}),
        "cy": Edition(language="cy", texts={"title": "Sut oeddech chi wedyn"}),
    }
    surveys.publish(store, Bundle(survey, drafts_of_translators), TODAY)
    found = surveys.find(store, SLUG)
    assert found
    return found


def reach(store: Store, survey: PublishedSurvey) -> None:
    for service, language in ((None, None), ("hostel", "ar")):
        short_links.make(store, survey.survey_id, service, language, TODAY)
        invitations.make(store, survey.survey_id, service, 20)
    framing_sites.set_for(store, survey.survey_id, ["https://www.example.org"])
    sound = Sound("audio/mpeg", mp3())
    spoken_questions.put(store, survey, "happened", "en", sound, TODAY)


def say_aloud(store: Store, survey: PublishedSurvey, by: int | None) -> None:
    """Two recordings: one waits, one is written down."""
    for _each in range(2):
        key = secrets.token_bytes(32)
        drafts.save_page(store, key, survey.version_id, {}, time.time(), 3600)
        assert recordings.keep(store, key, "happened", Sound("audio/webm", BEEP))
        voices = {name: held.digest for name, held in recordings.of_draft(store, key).items()}
        told(store, survey, key=key, words={}, voices=voices, reading_choice=PLAN)
    first, _second = transcripts.waiting(store, survey.survey_id, 2)
    assert transcripts.write(store, survey.survey_id, first, "They sent me away twice.", by, TODAY)


def change_codebook(store: Store, survey: PublishedSurvey, by: int | None) -> None:
    """One version that is used now, and one that waits for a word."""
    shipped = load_codebook()
    propose(store, survey, replace(shipped, themes=shipped.themes[1:]), by)
    waiting = codebooks.proposal(store, survey.survey_id)
    assert waiting and codebooks.adopt(store, survey.survey_id, waiting.key, by, TODAY)
    first, *rest = shipped.themes
    propose(store, survey, replace(shipped, themes=(replace(first, name="Queues مرحبا"), *rest[1:])), by)


def propose(store: Store, survey: PublishedSurvey, codebook: Codebook, by: int | None) -> None:
    assert codebooks.propose(store, survey.survey_id, codebook, by, TODAY)


def sort(store: Store, survey: PublishedSurvey) -> dict[str, str]:
    """An analysis as the worker saves it; the comments by their words."""
    lease = runs.take(store, runs.request(store, survey.survey_id, TODAY), now=1_000_000.0)
    assert lease
    said = {telling.words: telling for telling in TOLD}
    to_sort = [each for each in comments.to_sort(store, survey.survey_id) if each.text in said]
    ids = {comment.text: comment.id for comment in to_sort}
    by_hand = theme_set(said, to_sort)
    found = replace(
        by_hand,
        model=by_hand.model | {"watchlist": {"name": "by hand"}},
        flags=[Flag(ids[words], topic, 0.9, 0, len(words)) for words, topic in FLAGGED.items()],
        to_check=[ToCheck(ids[f"It took weeks, {each}."], "random") for each in range(6)],
        expected=Expected(0.6, 0.56, 0.64, 120, 30),
        changes=[
            Change(ids[f"It took weeks, {each}."], ("kind",), ("waiting",), "others checked")
            for each in range(6)
        ],
        theme_changes=[
            ThemeChange("waiting", "kept", 20, 26, 20, 6),
            ThemeChange("kind", "kept", 18, 12, 12, 0),
        ],
    )
    assert themes.save(store, lease, found, to_sort, TODAY, CODEBOOK)
    return ids


def decide(store: Store, survey: PublishedSurvey, ids: dict[str, str], by: int | None) -> None:
    read = list(ids.values())[:30]
    redactions.confirm(store, survey.survey_id, {each: [] for each in read}, by, TODAY)
    assert flags.settle(
        store, flags.sees(store, survey.survey_id, ROLES), ids[DONE], flags.PASSED_ON, "Told them.", by, TODAY
    )
    for number, theme in enumerate(("waiting", "kind")):
        checks.save(store, Checker(survey.survey_id, ids[f"It took weeks, {number}."], 0, by, TODAY), [theme])
    theme_edits.name(
        store, Decider(survey.survey_id, "kind", 0, by, TODAY), "Kindness of staff", "How they were."
    )
    words = {"en": "A second worker since May.", "ar": "عاملة ثانية منذ مايو."}
    assert theme_status.say(store, survey.survey_id, "waiting", Became(0, "trying", words, TODAY), by)

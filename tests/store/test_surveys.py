"""Published is published: versions and editions are only ever added."""

from __future__ import annotations

from datetime import date

from feedback.store import surveys
from feedback.store.database import Store
from feedback.store.editions import bring_in, note_review
from feedback.store.models import SurveyVersion, TextEdition
from feedback.survey.edition import Edition
from feedback.survey.loading import Bundle, load_bundle
from tests.support.surveys import FOLDER
from tests.support.telling import count, telling, told

TODAY = date(2026, 3, 1)


def bundle(title: str | None = None, **editions: Edition) -> Bundle:
    loaded = load_bundle(FOLDER / "story.json")
    survey = loaded.survey.model_copy(update={"title": title}) if title else loaded.survey
    return Bundle(survey, loaded.editions | editions)


def arabic(title: str, reviewed_by: str | None = None) -> Edition:
    return Edition(language="ar", reviewed_by=reviewed_by, texts={"title": title})


def test_a_survey_is_found_as_it_was_published(store: Store) -> None:
    published = surveys.publish(store, bundle(), TODAY)
    assert (published.version, published.new_version, published.new_editions) == (1, True, ["ar", "cy"])
    found = surveys.find(store, "story")
    assert found is not None
    assert found.definition == bundle().survey
    assert found.definition.hash == bundle().survey.hash
    assert found.languages == ["en", "ar", "cy"]
    assert surveys.slugs(store) == ["story"]
    assert surveys.find(store, "stories") is None


def test_publishing_the_same_again_changes_nothing(store: Store) -> None:
    surveys.publish(store, bundle(), TODAY)
    again = surveys.publish(store, bundle(), TODAY)
    assert (again.version, again.new_version, again.new_editions) == (1, False, [])
    assert (count(store, SurveyVersion), count(store, TextEdition)) == (1, 2)


def test_a_change_is_a_new_version_and_the_old_one_stays_readable(store: Store) -> None:
    surveys.publish(store, bundle(), TODAY)
    first = surveys.find(store, "story")
    assert first is not None
    told(store, first)
    assert surveys.publish(store, bundle("A new title"), TODAY).version == 2
    newest = surveys.find(store, "story")
    assert newest is not None
    assert (newest.version, newest.definition.title, newest.survey_id) == (2, "A new title", first.survey_id)
    old = surveys.find_version(store, first.version_id)
    assert (old.version, old.definition.title) == (1, "Your visit")


def test_going_back_to_old_words_is_a_new_version_too(store: Store) -> None:
    for title in (None, "Other", None):
        surveys.publish(store, bundle(title), TODAY)
    found = surveys.find(store, "story")
    assert found is not None and (found.version, found.definition.title) == (3, "Your visit")


def test_a_better_translation_is_a_new_edition_of_the_same_version(store: Store) -> None:
    surveys.publish(store, bundle(), TODAY)
    before = surveys.find(store, "story")
    assert before is not None
    told(store, before, edition_id=before.editions["ar"].id)
    outcome = surveys.publish(store, bundle(ar=arabic("عنوان آخر", "A. Speaker")), TODAY)
    assert (outcome.version, outcome.new_version, outcome.new_editions) == (1, False, ["ar"])
    after = surveys.find(store, "story")
    assert after is not None and after.version_id == before.version_id
    assert (after.editions["ar"].number, after.editions["ar"].reviewed_by) == (2, "A. Speaker")
    assert after.editions["ar"].id != before.editions["ar"].id
    assert count(store, TextEdition) == 3, "the edition that a response was written under is kept"


def test_what_is_not_translated_is_shown_in_the_surveys_own_language(store: Store) -> None:
    surveys.publish(store, bundle(), TODAY)
    found = surveys.find(store, "story")
    assert found is not None
    welsh = found.wording("cy")
    assert welsh("title") is not None and welsh("title").language == "cy"
    assert (welsh("intro").text, welsh("intro").language) == ("Tell us about one visit to a service.", "en")
    assert welsh("no such text") is None
    assert found.missing("ar") > 0 and found.missing("pl") > found.missing("ar")


def test_a_sensitive_survey_offers_only_languages_that_a_speaker_has_read(store: Store) -> None:
    quiet = load_bundle(FOLDER / "quiet.json").survey
    draft = Edition(language="ar", texts={"title": "رأيك"})
    surveys.publish(store, Bundle(quiet, {"ar": draft}), TODAY)
    found = surveys.find(store, "quiet")
    assert found is not None
    assert found.languages == ["en"] and found.edition("ar") is None
    assert found.wording("ar")("title").language == "en"
    read = draft.model_copy(update={"reviewed_by": "A. Speaker"})
    surveys.publish(store, Bundle(quiet, {"ar": read}), TODAY)
    found = surveys.find(store, "quiet")
    assert found is not None and found.languages == ["en", "ar"]


def test_a_response_keeps_its_version_and_its_edition(store: Store) -> None:
    from sqlalchemy import select

    from feedback.store.models import Response
    from feedback.store.responses import submit

    surveys.publish(store, bundle(), TODAY)
    found = surveys.find(store, "story")
    assert found is not None
    submit(store, telling(found, language="ar", edition_id=found.editions["ar"].id))
    with store.read() as session:
        row = session.execute(select(Response.survey_version_id, Response.text_edition_id)).one()
    assert tuple(row) == (found.version_id, found.editions["ar"].id)


def brought_in(store: Store, language: str, **texts: str) -> surveys.PublishedSurvey:
    bring_in(store, newest(store), language, texts)
    return newest(store)


def newest(store: Store) -> surveys.PublishedSurvey:
    found = surveys.find(store, "story")
    assert found is not None
    return found


def test_the_same_file_again_takes_no_translators_work_back(store: Store) -> None:
    surveys.publish(store, bundle(), TODAY)
    brought = brought_in(store, "ar", title="عنوان أفضل")
    note_review(store, brought, "ar", brought.editions["ar"].number, "A. Speaker", TODAY)
    again = surveys.publish(store, bundle(), TODAY)
    assert (again.new_editions, again.newer_than_their_files) == ([], ["ar"])
    kept = newest(store).editions["ar"]
    assert (kept.texts["title"], kept.reviewed_by) == ("عنوان أفضل", "A. Speaker")


def test_a_new_version_keeps_what_translators_brought_where_our_words_are_the_same(store: Store) -> None:
    surveys.publish(store, bundle(), TODAY)
    brought_in(store, "ro", title="Vizita dumneavoastră", intro="Povestiți-ne despre o vizită.")
    brought_in(store, "ar", intro="أخبرنا عن زيارة واحدة.")
    for title in ("A new title", "Another title"):  # each time the old files lie beside it
        surveys.publish(store, bundle(title), TODAY)
        found = newest(store)
        assert found.editions["ro"].texts == {"intro": "Povestiți-ne despre o vizită."}
        assert found.languages == ["en", "ar", "cy", "ro"]
        assert found.editions["ar"].texts["intro"] == "أخبرنا عن زيارة واحدة."
        assert found.editions["ar"].texts["title"] == bundle().editions["ar"].texts["title"]


def test_a_reading_counts_for_the_words_that_were_read(store: Store) -> None:
    surveys.publish(store, bundle(), TODAY)
    brought = brought_in(store, "ro", title="Vizita dumneavoastră")
    note_review(store, brought, "ro", 1, "A. Speaker", TODAY)
    asked = bundle()
    other_rules = Bundle(asked.survey.model_copy(update={"draft_days": 3}), asked.editions)
    surveys.publish(store, other_rules, TODAY)
    assert newest(store).version == 2 and newest(store).editions["ro"].reviewed_by == "A. Speaker"
    new_words = other_rules.survey.model_copy(update={"intro": "Tell us about two visits."})
    surveys.publish(store, Bundle(new_words, asked.editions), TODAY)
    assert newest(store).version == 3 and newest(store).editions["ro"].reviewed_by is None


def test_a_better_file_takes_the_place_of_what_was_brought_before(store: Store) -> None:
    surveys.publish(store, bundle(), TODAY)
    brought_in(store, "ar", title="عنوان أفضل")
    surveys.publish(store, bundle(ar=arabic("الأفضل")), TODAY)
    assert newest(store).editions["ar"].texts == {"title": "الأفضل"}

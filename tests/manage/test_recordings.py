"""Staff listen where the teller lets them, write it down, and it counts as a comment from then on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from feedback.store import comments
from feedback.store.comments import CommentToSort
from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey
from feedback.store.voice_models import Recording
from feedback.survey.reading_choice import Reader
from tests.collect.test_voice import changes, hears, tells_aloud
from tests.support.respondent import Respondent
from tests.support.sounds import BEEP
from tests.support.staff import Staff

PAGE = "/manage/spoken/recordings"
HEARD = "I waited five hours in the corridor."


@pytest.fixture(autouse=True)
def spoken(publish: Callable[[str], PublishedSurvey]) -> PublishedSurvey:
    return publish("spoken")


def to_sort(store: Store, survey: PublishedSurvey) -> list[CommentToSort]:
    return list(comments.to_sort(store, survey.survey_id))


def opens_first(staff: Staff) -> Staff:
    staff.goes_to(PAGE)
    links = (each.get("href", "") for each in staff.page.all("a"))
    return staff.goes_to(next(link for link in links if f"{PAGE}/" in link))


def writes(staff: Staff, text: str) -> Staff:
    form = next(form for form in staff.page.forms if "text" in form.controls)
    form.fill("text", text)
    return staff.presses(form=form)


def test_what_is_written_down_is_a_spoken_comment(
    commissioner: Staff, respondent: Respondent, store: Store, spoken: PublishedSurvey
) -> None:
    code = tells_aloud(respondent)
    assert to_sort(store, spoken) == []  # nobody has heard it: there are no words to sort
    opens_first(commissioner).sees("What happened?")
    [sound] = [each.get("src", "") for each in commissioner.page.all("audio")]
    assert commissioner.client.get(sound, base_url=commissioner.base_url).data == BEEP
    writes(commissioner, HEARD).sees("spoken, written down by commissioner@example.org", HEARD)
    [sorted_now] = to_sort(store, spoken)
    assert (sorted_now.text, sorted_now.readable) == (HEARD, True)
    [read] = comments.readable(store, Reader.COMMISSIONER, [sorted_now.id]).values()
    assert read.mode == "voice"
    respondent.reads_back(code).sees("Somebody listened and wrote down:", HEARD)


def test_nobody_means_nobody(commissioner: Staff, owner: Staff, respondent: Respondent, store: Store) -> None:
    code = tells_aloud(respondent, readers=None)
    for staff in (commissioner, owner):
        staff.goes_to(PAGE).sees("1 recording may be heard by nobody", "To be written down: 0")
    respondent.reads_back(code)
    assert hears(respondent)  # its teller still can
    with store.read() as session:
        recording_id = session.scalars(select(Recording.id)).one()
    for staff in (commissioner, owner):
        for url in (f"{PAGE}/{recording_id}", f"{PAGE}/{recording_id}/sound"):
            assert staff.client.get(url, base_url=staff.base_url).status_code == 404


def test_written_anew_it_is_another_comment_and_two_at_once_are_told(
    commissioner: Staff, owner: Staff, respondent: Respondent, store: Store, spoken: PublishedSurvey
) -> None:
    tells_aloud(respondent)
    opens_first(commissioner)
    opens_first(owner)
    writes(commissioner, HEARD)
    writes(owner, "I waited, I think.").sees(
        "Somebody else wrote it down meanwhile.", HEARD, "I waited, I think."
    )
    assert owner.status == 409
    [first] = to_sort(store, spoken)
    writes(owner, "I waited for hours.").sees("I waited for hours.", "owner@example.org")
    [second] = to_sort(store, spoken)
    assert second.text == "I waited for hours." and second.id != first.id


def test_empty_and_endless_are_refused_kindly(commissioner: Staff, respondent: Respondent) -> None:
    tells_aloud(respondent)
    opens_first(commissioner)
    assert writes(commissioner, "  ").sees("Write down what you hear.").status == 400
    assert writes(commissioner, "a" * 20_001).sees("This is longer than").status == 400


def test_a_change_that_keeps_the_sound_keeps_what_was_written(
    commissioner: Staff, respondent: Respondent, store: Store, spoken: PublishedSurvey
) -> None:
    code = tells_aloud(respondent)
    writes(opens_first(commissioner), HEARD)
    [before] = to_sort(store, spoken)
    changes(respondent, code)
    respondent.goes_to("/s/spoken/story").answers(happened="And nobody said sorry.").goes_on()
    respondent.goes_to_readers().goes_on().goes_on()
    assert {each.text for each in to_sort(store, spoken)} == {HEARD, "And nobody said sorry."}
    assert before.id in {each.id for each in to_sort(store, spoken)}
    changes(respondent, code)
    respondent.goes_to("/s/spoken/story")
    respondent.form.fill("drop-voice", ["happened"])
    respondent.goes_on().goes_to_readers().goes_on().goes_on()
    assert [each.text for each in to_sort(store, spoken)] == ["And nobody said sorry."]


def test_workers_and_strangers_hear_nothing(worker: Staff, respondent: Respondent) -> None:
    tells_aloud(respondent)
    assert worker.goes_to(PAGE).status == 403
    assert respondent.goes_to(PAGE).page.url.endswith("/sign-in")

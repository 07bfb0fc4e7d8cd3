"""An owner gives questions a voice; people hear it without a script, while it says what the page says."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from feedback.settings import ROOT
from feedback.store import surveys
from feedback.store.database import Store
from feedback.store.surveys import PublishedSurvey
from feedback.survey.loading import load_bundle
from tests.support.respondent import Respondent
from tests.support.sounds import mp3, tone
from tests.support.staff import Staff
from tests.support.surveys import FOLDER

PAGE = "/manage/spoken/read-aloud/en"
LIBRARY = ROOT / "feedback/survey/library"


@pytest.fixture(autouse=True)
def spoken(publish: Callable[[str], PublishedSurvey]) -> PublishedSurvey:
    return publish("spoken")


def gives(owner: Staff, audio: bytes, name: str = "question.mp3", to: str = f"{PAGE}/happened") -> Staff:
    owner.goes_to(to.rpartition("/")[0])
    form = next(form for form in owner.page.forms if form.action == to)
    token = form.data()["csrf_token"][0]
    boundary, body = encode_multipart({"csrf_token": token, "sound": FileStorage(io.BytesIO(audio), name)})
    kind = f"multipart/form-data; boundary={boundary}"
    send = owner.client.post(
        form.action, data=body, content_type=kind, base_url=owner.base_url, follow_redirects=True
    )
    return owner.meets(send)


def sounds(person: Respondent) -> list[str]:
    person.opens("spoken").begins()
    return [each.get("src", "") for each in person.page.all("audio") if each.get("src")]


def test_people_hear_what_the_owner_gave(owner: Staff, respondent: Respondent) -> None:
    assert sounds(respondent) == []
    gives(owner, mp3()).sees("Saved.")
    [url] = sounds(respondent)
    played = respondent.client.get(url, base_url=respondent.base_url)
    assert (played.mimetype, played.data) == ("audio/mpeg", mp3())
    assert played.headers["X-Content-Type-Options"] == "nosniff"
    assert "media-src 'self'" in respondent.response.headers["Content-Security-Policy"]  # type: ignore[union-attr]
    gives(owner, tone(), "another.wav")
    assert respondent.client.get(url, base_url=respondent.base_url).mimetype == "audio/wav"
    owner.goes_to("/manage/spoken/read-aloud").sees("1 of 3 questions")
    owner.goes_to(PAGE)
    owner.presses(form=next(form for form in owner.page.forms if form.action.endswith("/delete")))
    assert sounds(respondent) == []
    assert respondent.client.get(url, base_url=respondent.base_url).status_code == 404


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("meaning_mattered", "Intee ayay kuu muhiim ahayd tani?"),
        ("about_you_ask", "Ma ku weydiin karnaa dhowr su’aalood oo adiga kugu saabsan?"),
    ],
)
def test_what_a_story_means_and_about_you_are_read_too(
    owner: Staff, respondent: Respondent, store: Store, question: str, label: str
) -> None:
    """In Somali, for which hardly a phone has a voice."""
    surveys.publish(store, load_bundle(LIBRARY / "experience.json"), date(2026, 3, 1))
    gives(owner, mp3(), to=f"/manage/experience/read-aloud/so/{question}").sees("Saved.")
    assert owner.page.language == "en" and label in owner.page.text, "the owner sees what is to be read"
    respondent.opens("experience", lang="so").begins()
    heard = []
    for _page in range(12):
        heard += [each.get("src") for each in respondent.page.all("audio")]
        if respondent.page.url.endswith("/check"):
            break
        respondent.goes_on()
    assert heard == [f"/s/experience/aloud/{question}/so?lang=so"]


@pytest.mark.parametrize("audio", [b"<script>alert(1)</script>", tone()[:-20], b"\x89PNG" + bytes(90)])
def test_what_is_no_whole_sound_is_refused(owner: Staff, respondent: Respondent, audio: bytes) -> None:
    assert gives(owner, audio).sees("no sound that phones can play").status == 400
    assert gives(owner, b"").sees("Choose a file").status == 400
    assert sounds(respondent) == []


def test_5_mb_are_enough(owner: Staff, respondent: Respondent) -> None:
    assert gives(owner, mp3(13_000)).status == 413
    assert sounds(respondent) == []


def test_other_words_silence_it(owner: Staff, respondent: Respondent, store: Store) -> None:
    gives(owner, mp3())
    bundle = load_bundle(FOLDER / "spoken.json")
    first, *others = bundle.survey.pages
    [asked] = first.questions
    page = first.model_copy(update={"questions": (asked.model_copy(update={"label": "What went on?"}),)})
    survey = bundle.survey.model_copy(update={"pages": (page, *others)})
    surveys.publish(store, replace(bundle, survey=survey), date(2026, 4, 1))
    assert sounds(respondent) == []
    owner.goes_to(PAGE).sees("The words of the question changed since.")

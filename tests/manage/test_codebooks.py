"""An owner makes a survey's codebook their own, sees what would be different, and can go back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug import formparser
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from analysis.codebook import SHIPPED, Codebook, decode, encode, load_codebook
from feedback.store import codebooks, runs, surveys
from feedback.store.codebook_models import CodebookProposal, CodebookVersion
from feedback.store.database import Store
from feedback.survey.definition import Survey
from tests.support.staff import Staff

PAGE = "/manage/story/codebook"
SECRET = "The blue gate at Tillbrook Lane was locked again."


@pytest.fixture
def store(app: Flask) -> Store:
    found: Store = app.extensions["heard_store"]
    return found


def sends(owner: Staff, raw: bytes, name: str = "mine.json", page: str = PAGE) -> Staff:
    owner.goes_to(page)
    form = next(form for form in owner.page.forms if "file" in form.controls)
    token = form.data()["csrf_token"][0]
    boundary, body = encode_multipart({"csrf_token": token, "file": FileStorage(io.BytesIO(raw), name)})
    return owner.meets(
        owner.client.post(
            form.action,
            data=body,
            content_type=f"multipart/form-data; boundary={boundary}",
            follow_redirects=True,
        )
    )


def edited(change: Callable[[list[dict[str, Any]]], object], codebook: Codebook | None = None) -> bytes:
    document = (codebook or load_codebook()).as_json()
    change(document["themes"])
    return json.dumps(document).encode()


def with_one_more_sentence(themes: list[dict[str, Any]]) -> None:
    themes[0]["examples"].append({"text": SECRET, "language": "en"})


def in_use(store: Store, survey_id: int) -> Codebook:
    return codebooks.in_use(store, survey_id).codebook


def test_a_survey_names_a_codebook_that_is_shipped() -> None:
    assert get_args(Survey.model_fields["codebook"].annotation) == SHIPPED


def test_an_owner_sees_the_themes_and_which_translations_are_drafts(owner: Staff, story) -> None:
    owner.goes_to("/manage").follows(PAGE)
    first = load_codebook().themes[0]
    owner.sees("In use: the one that comes with Heard.", "Public services at large", first.name)
    owner.sees("Welsh: 5 examples (5 drafts)", f"{first.names['cy']} draft", first.exclusions)
    owner.sees("No speaker has read the names in these languages yet: Welsh, Polish")


@pytest.mark.parametrize(
    ("name", "theme"), [("housing", "Damp, mould and cold"), ("home", "Being believed and not blamed")]
)
def test_a_survey_of_housing_or_of_abuse_has_a_codebook_of_its_field(
    owner: Staff, store: Store, name: str, theme: str
) -> None:
    from feedback.settings import ROOT
    from feedback.survey.loading import load_bundle

    bundle = load_bundle(ROOT / "feedback" / "survey" / "library" / f"{name}.json")
    surveys.publish(store, bundle, date.today())
    owner.goes_to(f"/manage/{name}/codebook").sees(theme)


@pytest.mark.parametrize("kind", ["json", "csv", "qdc"])
def test_what_is_taken_away_and_brought_back_unchanged_changes_nothing(
    owner: Staff, store: Store, story, kind: str
) -> None:
    response = owner.client.get(f"{PAGE}/download/0/{kind}")
    assert response.headers["Content-Disposition"] == f'attachment; filename="story-codebook-0.{kind}"'
    raw = response.get_data()
    assert decode(raw, f".{kind}", known=load_codebook()).codebook.themes == load_codebook().themes
    sends(owner, raw, f"mine.{kind}").sees("This says the same as the codebook in use.")
    assert codebooks.versions(store, story.survey_id) == []


def test_nothing_is_used_before_the_owner_has_seen_and_confirmed_it(
    owner: Staff, store: Store, story
) -> None:
    sends(owner, edited(with_one_more_sentence))
    owner.sees("What would be different", "1 theme would change", "1 new sentence", SECRET)
    assert in_use(store, story.survey_id) == load_codebook()
    assert runs.newest(store, story.survey_id) is None
    owner.presses("Use it from now on").sees("Version 1 is used from now on.", "In use: version 1.")
    assert SECRET in [example.text for example in in_use(store, story.survey_id).themes[0].examples]
    run = runs.newest(store, story.survey_id)
    assert run is not None and run.state == "waiting"


def test_themes_that_go_come_and_change_are_named(owner: Staff, story) -> None:
    def change(themes: list[dict[str, Any]]) -> None:
        gone = themes.pop(2)
        themes.append(gone | {"id": "dogs", "name": "Dogs"})
        themes[0] |= {"name": "Queues", "definition": "How long it takes."}
        themes[1], themes[3] = themes[3], themes[1]

    sends(owner, edited(change))
    first, _, gone, *_ = load_codebook().themes
    owner.sees("1 theme would go", gone.name, "1 theme would be new", "Dogs")
    owner.sees(f"Queues Now: {first.name}", "another name", "another meaning", "Then: How long it takes.")
    owner.sees("The themes would stand in another order.")


def test_a_change_can_be_left(owner: Staff, store: Store, story) -> None:
    sends(owner, edited(with_one_more_sentence))
    leave = next(form for form in owner.page.forms if form.action.endswith("/changes/drop"))
    owner.presses(form=leave).sees("Nothing was changed.").does_not_see(SECRET)
    assert codebooks.proposal(store, story.survey_id) is None
    owner.goes_to(f"{PAGE}/changes").sees("Take it away")


def test_an_owner_goes_back_and_nothing_is_lost(owner: Staff, store: Store, story) -> None:
    sends(owner, edited(with_one_more_sentence)).presses("Use it from now on")
    back = next(form for form in owner.page.forms if form.action.endswith("/versions/0"))
    owner.presses(form=back).sees("1 sentence goes", SECRET).presses("Use it from now on")
    owner.sees("In use: version 2.", "Version 1, ", "owner@example.org")
    assert in_use(store, story.survey_id).themes == load_codebook().themes
    again = next(form for form in owner.page.forms if form.action.endswith("/versions/1"))
    owner.presses(form=again).presses("Use it from now on").sees("In use: version 3.", SECRET)


def test_a_proposal_that_somebody_replaced_is_looked_at_again(
    owner: Staff, new_staff, store: Store, story
) -> None:
    sends(owner, edited(with_one_more_sentence))
    other = new_staff("owner", email="second@example.org").signs_in()
    sends(other, edited(lambda themes: themes.pop(3)))
    owner.presses("Use it from now on")
    owner.sees("Something changed since you looked.", "1 theme would go").does_not_see(SECRET)
    assert in_use(store, story.survey_id) == load_codebook()


def test_two_owners_who_confirm_at_once_make_one_version(owner: Staff, store: Store, story) -> None:
    sends(owner, edited(with_one_more_sentence))
    looked_at = owner.form.data()
    owner.presses("Use it from now on")
    owner.client.post(f"{PAGE}/changes", data=looked_at)
    assert [row.number for row in codebooks.versions(store, story.survey_id)] == [1]


def test_what_was_compared_with_an_older_version_is_compared_anew(owner: Staff, store: Store, story) -> None:
    survey_id = story.survey_id
    first = decode(edited(with_one_more_sentence), ".json").codebook
    second = decode(edited(lambda themes: themes.pop()), ".json").codebook
    assert codebooks.propose(store, survey_id, first, 1, date.today())
    key = codebooks.proposal(store, survey_id).key  # type: ignore[union-attr]
    assert codebooks.adopt(store, survey_id, key, 1, date.today())
    assert codebooks.propose(store, survey_id, second, 1, date.today())
    with store.write() as session:
        session.get_one(CodebookProposal, survey_id).compared_with = 0
    stale = codebooks.proposal(store, survey_id)
    assert stale and codebooks.adopt(store, survey_id, stale.key, 1, date.today()) is None
    owner.goes_to(f"{PAGE}/changes").sees("1 theme would go", "1 sentence goes")
    owner.presses("Use it from now on").sees("In use: version 2.")


def test_sentences_lie_sealed_in_the_database_and_never_in_a_temporary_file(
    owner: Staff, app: Flask, store: Store, story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an upload was laid down on a disk")

    for maker in ("TemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(formparser, maker, refuse, raising=False)
    big = edited(lambda themes: (with_one_more_sentence(themes), themes[0].update({"not": SECRET})))
    sends(owner, b" " * 1_000_000 + big).presses("Use it from now on").sees(SECRET)
    with store.read() as session:
        [sealed] = session.scalars(select(CodebookVersion.document_sealed)).all()
    assert b"Tillbrook" not in sealed
    assert b"Tillbrook" not in (app.extensions["heard_settings"].instance / "heard.db").read_bytes()


def bad(name: str, raw: bytes, said: str) -> Any:
    return pytest.param(name, raw, said, id=f"{name}: {said}")


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        bad("", b"", "Choose a file that ends in .json, .csv or .qdc."),
        bad("mine.xlsx", b"PK", "Choose a file that ends in .json, .csv or .qdc."),
        bad("mine.json", b"{", "line 1, column 2: is not JSON"),
        bad("mine.json", b"\xff\xfe", "The file is not UTF-8"),
        bad("mine.json", b"{}", "themes: must be a list with at least one theme"),
        bad(
            "mine.json",
            edited(lambda themes: themes[1].update(id=themes[0]["id"])),
            "themes[1].id: is the same as themes[0].id",
        ),
        bad(
            "mine.json",
            edited(lambda themes: themes[0]["examples"][0].update(text="a" * 60_000)),
            "themes[0].examples[0].text: is longer than 2000 characters",
        ),
        bad(
            "mine.json",
            edited(lambda themes: themes[0].update(name="a\0b")),
            "themes[0].name: holds a broken character",
        ),
        bad("MINE.CSV", b"theme_id,name\n", "line 1: has no column definition"),
        bad(
            "mine.qdc",
            b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><CodeBook>&b;</CodeBook>',
            "line 1: declares a document type, which can do harm",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told_where_and_changes_nothing(
    owner: Staff, store: Store, story, name: str, raw: bytes, said: str
) -> None:
    sends(owner, raw, name)
    assert owner.status == 400
    owner.sees(said, "Please look at this first", "In use: the one that comes with Heard.")
    assert codebooks.proposal(store, story.survey_id) is None


def test_of_very_many_faults_some_are_shown(owner: Staff, story) -> None:
    sends(owner, edited(lambda themes: themes[0].update(examples=[{"language": "en"}] * 60)))
    owner.sees("themes[0].examples[49].text: is missing", "and 10 more").does_not_see("examples[50].text")


def test_a_file_of_over_five_megabytes_is_refused(owner: Staff, store: Store, story) -> None:
    sends(owner, b" " * 5_200_000)
    assert owner.status == 413
    sends(owner, b" " * 5_050_000)
    assert owner.status == 400
    owner.sees("The file is larger than 5 MB")


def test_hostile_words_are_shown_as_words(owner: Staff, story) -> None:
    def change(themes: list[dict[str, Any]]) -> None:
        themes[0] |= {"name": "<script>alert(1)</script>", "definition": "{{ 7*7 }} \u202eمرحبا"}

    sends(owner, edited(change)).presses("Use it from now on").sees("<script>alert(1)</script>", "{{ 7*7 }}")
    table = owner.client.get(f"{PAGE}/download/1/csv").get_data().decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(table)))["name"] == "<script>alert(1)</script>"


def test_a_code_file_keeps_ids_and_examples_and_says_what_it_lacks(owner: Staff, store: Store, story) -> None:
    extra = b'<Code guid="00000000-0000-4000-8000-000000000001" name="Dogs" isCodable="true"/></Codes>'
    raw = encode(load_codebook(), ".qdc").replace(b"</Codes>", extra)
    sends(owner, raw, "mine.qdc").sees(
        "1 theme came without examples, so its name", "1 theme would be new", "Dogs"
    )
    owner.presses("Use it from now on")
    themes = in_use(store, story.survey_id).themes
    assert themes[:-1] == load_codebook().themes
    assert (themes[-1].id, len(themes[-1].examples)) == ("dogs", 1)


@pytest.mark.parametrize("role", ["commissioner", "worker"])
def test_only_an_owner_opens_a_codebook(new_staff, story, role: str) -> None:
    person = new_staff(role).signs_in()
    for url in (PAGE, f"{PAGE}/changes", f"{PAGE}/download/0/json"):
        assert person.goes_to(url).status == 403
    person.goes_to("/manage").does_not_see("Codebook")


def test_an_upload_without_our_own_page_before_it_is_refused(owner: Staff, store: Store, story) -> None:
    data = {"file": (io.BytesIO(edited(with_one_more_sentence)), "mine.json")}
    assert owner.client.post(PAGE, data=data).status_code in (400, 403)
    assert codebooks.proposal(store, story.survey_id) is None


@pytest.mark.parametrize(
    "url", ["/manage/nothing/codebook", f"{PAGE}/download/7/json", f"{PAGE}/download/0/exe"]
)
def test_what_is_not_there_is_not_found(owner: Staff, story, url: str) -> None:
    assert owner.goes_to(url).status == 404

"""An owner sends a survey's texts to translators, brings them back, and notes who read them."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook

from feedback.store import surveys
from feedback.survey import texts_files
from feedback.survey.edition import source_texts
from feedback.survey.loading import Bundle
from feedback.survey.translating import entries
from tests.support.respondent import Respondent
from tests.support.staff import Staff

AR = "/manage/story/texts"


def newest(app: Flask, slug: str = "story") -> surveys.PublishedSurvey:
    found = surveys.find(app.extensions["heard_store"], slug)
    assert found is not None
    return found


def brings(person: Staff, file: bytes, name: str, language: str = "ro", slug: str = "story") -> Staff:
    person.goes_to(f"/manage/{slug}/texts")
    form = next(form for form in person.page.forms if "file" in form.controls)
    data = {"csrf_token": form.values["csrf_token"][0], "language": language}
    return person.meets(
        person.client.post(
            form.action,
            data=data | {"file": (io.BytesIO(file), name)},
            base_url=person.base_url,
            follow_redirects=True,
        )
    )


def filled_in(survey: surveys.PublishedSurvey, kind: str, **changed: str) -> bytes:
    texts = {key: f"{text} (ro)" for key, text in source_texts(survey.definition).items()}
    told = entries(survey.definition, texts | {k.replace("__", "."): v for k, v in changed.items()}, {})
    return texts_files.written(kind, told, "ro", "Your visit")


def test_an_owner_sees_how_far_each_translation_is(owner: Staff, story) -> None:
    owner.goes_to("/manage").follows("/manage/story/texts").sees(
        "Cymraeg", "draft, no speaker has read it yet"
    )
    total = len(source_texts(story.definition))
    owner.sees(f"{total - story.missing('cy')} of {total}")


def test_the_words_of_the_pages_have_their_own_list(owner: Staff) -> None:
    owner.goes_to("/manage").follows("/manage/translations").sees("Cymraeg", "Soomaali", "draft", "yes")


@pytest.mark.parametrize("kind", ["po", "xlsx", "csv"])
def test_texts_go_out_and_come_back(app: Flask, owner: Staff, story, kind: str) -> None:
    owner.client.get(f"{AR}/ro/{kind}").get_data()
    brings(owner, filled_in(story, kind), f"story.ro.{kind}").sees("The translation is in.")
    survey = newest(app)
    assert survey.missing("ro") == 0 and survey.editions["ro"].reviewed_by is None
    assert survey.editions["ro"].texts["title"] == f"{story.definition.title} (ro)"
    brings(owner, filled_in(story, kind), f"story.ro.{kind}").sees("This says the same as before.")
    assert newest(app).editions["ro"].number == 1
    again = owner.client.get(f"{AR}/ro/{kind}").get_data()
    rows = texts_files.read(kind, again).rows
    assert {row.key: row.translation for row in rows} == survey.editions["ro"].texts


def test_easy_read_goes_out_as_po_too(owner: Staff, story) -> None:
    """Its tag is of our own making: translators' programs take it for English."""
    response = owner.client.get("/manage/story/texts/en-x-easy/po")
    assert response.status_code == 200 and b"Language: en\\n" in response.get_data()


def test_what_a_file_does_not_name_stays(app: Flask, owner: Staff, story) -> None:
    brings(owner, filled_in(story, "csv"), "ro.csv")
    title = f"key,source,translation\ntitle,{story.definition.title},Vizita dvs.\n"
    brings(owner, title.encode(), "ro.csv").sees("The translation is in.")
    texts = newest(app).editions["ro"].texts
    assert texts["title"] == "Vizita dvs." and len(texts) == len(source_texts(story.definition))


FAULTS = {
    "unknown": ("nothing.here", "Hm", "Da", "the survey has no such text"),
    "stale": ("title", "Your old visit", "Da", "our words have changed"),
    "placeholder": ("title", "Your visit", "Da {name}", "{name} is not in our words"),
    "control": ("title", "Your visit", "Da\x07", "a sign that nobody can write"),
    "bidi": ("title", "Your visit", "Da \u202eunu", "turns text round"),
    "long": ("title", "Your visit", "Da " * 100, "is too long: at most 200"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named_by_its_row_and_nothing_is_kept(
    app: Flask, owner: Staff, story, fault: str
) -> None:
    key, source, translation, says = FAULTS[fault]
    rows = f'key,source,translation\nintro,"{story.definition.intro}",Bun\n{key},"{source}","{translation}"\n'
    brings(owner, rows.encode(), "ro.csv").sees("Nothing was changed", f"row 3: {key}:", says)
    assert owner.status == 400 and "ro" not in newest(app).editions


def test_all_faults_are_named_at_once(owner: Staff, story) -> None:
    rows = "".join(f"made_up_{number},x,y\n" for number in range(60))
    brings(owner, f"key,source,translation\n{rows}".encode(), "ro.csv")
    owner.sees("row 2: made_up_0", "row 51: made_up_49", "and 10 more")


@pytest.mark.parametrize(
    ("name", "file", "says"),
    [
        ("ro.csv", b"\xff\xfe\x00k", "is not UTF-8"),
        ("ro.csv", b"one,two\n1,2\n", "there is no column"),
        ("ro.csv", b"", "there is no text in this file"),
        ("ro.csv", b"key,source,translation\n", "there is no text in this file"),
        ("ro.xlsx", b"PK\x03\x04 not really", "no .xlsx spreadsheet"),
        ("ro.xlsx", b"", "no .xlsx spreadsheet"),
        ("ro.po", b'msgid "Your visit"\nmsgstr "Vizita"\n', "says no msgctxt"),
        ("ro.po", b'msgctxt "title"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', "plural forms"),
        ("ro.po", b'title: Vizita\n', "no PO file that can be read"),
        ("ro.doc", b"words", "Choose a file that ends in"),
    ],
)  # fmt: skip
def test_what_is_no_translation_is_refused_whole(
    app: Flask, owner: Staff, story, name: str, file: bytes, says: str
) -> None:
    brings(owner, file, name).sees(says)
    assert owner.status == 400 and "ro" not in newest(app).editions


def test_a_formula_in_a_spreadsheet_is_no_translation(app: Flask, owner: Staff, story) -> None:
    book = Workbook()
    book.active.append(["key", "source", "translation"])
    book.active.append(["title", story.definition.title, '=HYPERLINK("http://x","y")'])
    file = io.BytesIO()
    book.save(file)
    brings(owner, file.getvalue(), "ro.xlsx").sees("row 2: title: holds a formula")


def test_what_we_write_never_runs_in_a_spreadsheet(app: Flask, owner: Staff, story) -> None:
    file = filled_in(story, "xlsx", title="=1+1")
    [cell] = [row[2] for row in load_workbook(io.BytesIO(file)).active.iter_rows() if row[0].value == "title"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert '"\'=1+1"' in filled_in(story, "csv", title="=1+1").decode()
    brings(owner, filled_in(story, "csv", title="=1+1"), "ro.csv")
    assert newest(app).editions["ro"].texts["title"] == "=1+1"


def test_a_sensitive_survey_offers_a_language_once_a_speaker_is_named(
    app: Flask, owner: Staff, publish
) -> None:
    quiet = publish("quiet")
    brings(owner, filled_in(quiet, "po"), "quiet.ro.po", slug="quiet").sees("draft", "not yet")
    assert newest(app, "quiet").languages == ["en"]
    form = next(form for form in owner.page.forms if "who" in form.controls)
    form.fill("who", "Ioana Example")
    owner.presses(form=form).sees("Noted.", "read by Ioana Example")
    assert newest(app, "quiet").languages == ["en", "ro"]
    assert newest(app, "quiet").editions["ro"].reviewed_on == date.today()
    Respondent(app).opens("quiet", lang="ro").begins().sees("(ro)")
    brings(owner, filled_in(quiet, "po", title="Altfel"), "quiet.ro.po", slug="quiet")
    assert newest(app, "quiet").languages == ["en"]  # what changed since, nobody has read


@pytest.mark.parametrize(
    ("who", "on"), [("", "2026-01-01"), ("x" * 201, "2026-01-01"), ("Ioana", "2999-01-01"), ("Ioana", "")]
)
def test_a_reading_has_a_name_and_a_day_that_has_been(
    app: Flask, owner: Staff, story, who: str, on: str
) -> None:
    owner.goes_to("/manage/story/texts")
    form = next(form for form in owner.page.forms if "/cy/" in form.action)
    form.values |= {"who": [who], "on": [on]}
    owner.presses(form=form)
    assert owner.status == 400 and newest(app).editions["cy"].reviewed_by is None


def test_a_reading_of_something_older_is_not_noted(app: Flask, owner: Staff, story) -> None:
    owner.goes_to("/manage/story/texts")
    form = next(form for form in owner.page.forms if "/cy/" in form.action)
    form.values |= {"who": ["Siân Example"], "number": ["7"]}
    owner.presses(form=form).sees("Nothing was noted.")
    assert newest(app).editions["cy"].reviewed_by is None


def test_when_our_words_change_what_still_fits_is_filled_in_and_the_rest_is_marked(
    app: Flask, owner: Staff, story
) -> None:
    store = app.extensions["heard_store"]
    brings(owner, filled_in(story, "po"), "ro.po")
    changed = story.definition.model_copy(update={"title": "Your last visit"})
    surveys.publish(store, Bundle(changed, {}), date(2026, 5, 1))
    owner.goes_to("/manage/story/texts").sees("Română", "1 to look at again: our words changed")
    file = owner.client.get(f"{AR}/ro/po").get_data(as_text=True)
    assert f'#| msgid "{story.definition.title}"' in file and "#, fuzzy" in file
    assert newest(app).missing("ro") == 1
    brings(owner, file.encode(), "ro.po").sees("Nothing was changed.")  # a guess is no translation
    assert newest(app).missing("ro") == 1


def test_only_an_owner_comes_near(commissioner: Staff, story) -> None:
    for address in (AR, f"{AR}/cy/po", "/manage/translations"):
        assert commissioner.client.get(address).status_code == 403

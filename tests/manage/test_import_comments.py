"""An organisation brings in what it was told before: once, whole, and with what it promised then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update

from feedback.store import removal
from feedback.store.comments import readable, to_sort
from feedback.store.database import Store
from feedback.store.models import Comment, Import, Response, Tombstone
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import Reader
from tests.support.telling import count

Bring = Callable[..., Result]
STATED = ("--source", "Cards at the desk, 2025", "--told", "That the council reads them.")
HEAD = "id,text,language,service,date\n"


@pytest.fixture
def store(app: Flask) -> Store:
    return app.extensions["heard_store"]


@pytest.fixture
def bring(app: Flask, story: PublishedSurvey, tmp_path: Path) -> Bring:
    """bring(csv, *options) imports a file with this content into the story survey."""

    def invoke(content: str | bytes, *options: str, **given: object) -> Result:
        file = tmp_path / "held.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        command = ["import-comments", "story", str(file), "--question", "happened", *options]
        return app.test_cli_runner().invoke(args=command, **given)

    return invoke


def texts(store: Store, survey: PublishedSurvey) -> set[str]:
    return {comment.text for comment in to_sort(store, survey.survey_id)}


def test_comments_come_in_with_where_from_and_what_was_promised(store: Store, story, bring: Bring) -> None:
    said = bring(HEAD + "1,They listened.,en,hostel,2026-01-05\n2,لم يستمع أحد,ar,,\n", *STATED)
    assert said.exit_code == 0, said.output
    assert "Brought in 2 comments." in said.output
    assert texts(store, story) == {"They listened.", "لم يستمع أحد"}
    with store.read() as session:
        held = session.scalars(select(Import)).one()
        modes = set(session.scalars(select(Response.mode)))
        receipts = set(session.scalars(select(Response.receipt_hash)))
    assert (held.source, held.told) == ("Cards at the desk, 2025", "That the council reads them.")
    assert (modes, receipts) == ({"imported"}, {None})


def test_unless_said_otherwise_nobody_reads_them(store: Store, story, bring: Bring) -> None:
    bring(HEAD + "1,They listened.,,,\n", *STATED)
    ids = [comment.id for comment in to_sort(store, story.survey_id)]
    assert readable(store, Reader.COMMISSIONER, ids) == {}


@pytest.mark.parametrize(
    ("choice", "reader"), [("plan_and_pay", Reader.COMMISSIONER), ("anyone", Reader.PUBLIC)]
)
def test_what_people_agreed_to_is_kept(
    store: Store, story, bring: Bring, choice: str, reader: Reader
) -> None:
    bring(HEAD + "1,They listened.,,,\n", *STATED, "--choice", choice)
    [comment] = to_sort(store, story.survey_id)
    assert readable(store, reader, [comment.id])[comment.id].text == "They listened."


def test_what_is_not_stated_is_asked_for(store: Store, bring: Bring) -> None:
    said = bring(HEAD + "1,They listened.,,,\n", input="Old cards\nNothing much\n")
    assert "Where do these comments come from" in said.output
    assert "What were people told" in said.output
    with store.read() as session:
        assert session.scalars(select(Import.told)).one() == "Nothing much"


def test_without_an_answer_nothing_comes_in(store: Store, bring: Bring) -> None:
    assert bring(HEAD + "1,They listened.,,,\n", input="").exit_code == 1
    assert bring(HEAD + "1,They listened.,,,\n", "--source", " ", "--told", "x").exit_code == 2
    assert count(store, Response) == 0


def test_a_second_import_doubles_nothing(store: Store, bring: Bring) -> None:
    bring(HEAD + "1,They listened.,,,\n", *STATED)
    said = bring(HEAD + "1,Other words.,,,\n2,The bus was late.,,,\n", *STATED)
    assert "Brought in 1 comments." in said.output
    assert "1 were here already" in said.output
    assert "the first words are kept" in said.output
    assert count(store, Response) == count(store, Comment) == 2


def test_the_same_id_from_another_source_is_another_comment(store: Store, bring: Bring) -> None:
    bring(HEAD + "1,They listened.,,,\n", *STATED)
    bring(HEAD + "1,They listened.,,,\n", "--source", "Phone calls", "--told", "x")
    assert count(store, Response) == 2


def test_what_was_removed_stays_gone(store: Store, story, bring: Bring) -> None:
    bring(HEAD + "1,They listened.,,,\n", *STATED)
    tomorrow = date.today() + timedelta(days=1)
    assert removal.remove_older_than(store, story.survey_id, tomorrow, date.today()) == 1
    said = bring(HEAD + "1,They listened.,,,\n", *STATED)
    assert "1 were withdrawn or are past their time" in said.output
    assert (count(store, Response), count(store, Tombstone)) == (0, 1)


REFUSED = {
    "2,,en,,": "text is empty",
    "2,  \0 ,en,,": "text is empty",
    ",words,en,,": "has no id",
    "1,again,en,,": "id 1 is on line 2 already",
    "2,words,xx,,": "language xx is not a language known here",
    "2,words,../..,,": "language ../.. is not a language known here",
    "2,words,en,spa,": "service spa is not a service of this survey",
    "2,words,en,,3/4/2026": "date 3/4/2026 is not a day written like",
    "2,words,en,,2999-01-01": "date 2999-01-01 has not come yet",
    "2,words,en,,1999-01-01": "date 1999-01-01 is longer ago than this survey keeps words",
    "2,words,en,,,more": "has more cells than the first line has names",
    f"2,{'x' * 20_001},en,,": "text is over 20,000 characters",
    f"{'x' * 201},words,en,,": "id is over 200 characters",
}


@pytest.mark.parametrize(("row", "reason"), REFUSED.items(), ids=list(REFUSED.values()))
def test_a_bad_row_is_named_by_line_and_left_out(
    store: Store, story, bring: Bring, row: str, reason: str
) -> None:
    said = bring(HEAD + f"1,They listened.,en,,\n{row}\n", *STATED)
    assert said.exit_code == 1
    assert f"held.csv:3: {reason}" in " ".join(said.output.split())
    assert texts(store, story) == {"They listened."}


def test_a_line_is_counted_as_an_editor_counts_it(bring: Bring) -> None:
    said = bring(HEAD + '1,"two\nlines",,,\n2,,,,\n', *STATED)
    assert "held.csv:4: text is empty" in said.output


def test_a_dry_run_tells_and_stores_nothing(store: Store, bring: Bring) -> None:
    said = bring(HEAD + "1,They listened.,en,,\n2,,en,,\n", *STATED, "--dry-run")
    assert "Would bring in 1 comments." in said.output
    assert "held.csv:3: text is empty" in said.output
    assert count(store, Response) == count(store, Import) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no column called id"),
        (b"id,words\n1,x\n", "has no column called text. It has: id, words."),
        (b"id,text\n1,caf\xe9\n", "is not UTF-8 text"),
        (b'id,text\n1,"open\n', "is not a proper CSV"),
    ],
)
def test_a_file_that_cannot_be_read_brings_nothing(
    store: Store, bring: Bring, content: bytes, said: str
) -> None:
    refused = bring(content, *STATED)
    assert refused.exit_code == 1 and said in refused.output
    assert count(store, Response) == 0


def test_columns_may_have_other_names(store: Store, story, bring: Bring) -> None:
    content = "ref;x,comment,when\nA1,They listened.,2026-02-01\n"
    columns = ("--id-column", "ref;x", "--text-column", "comment", "--date-column", "when")
    assert bring("\ufeff" + content, *STATED, *columns).exit_code == 0
    assert texts(store, story) == {"They listened."}


def test_when_the_store_fails_half_way_nothing_is_kept(store: Store, bring: Bring, monkeypatch) -> None:
    """The rows of one file go in together: the last of them fails, none of them stays."""
    bring(HEAD + "1,Here before.,,,\n", *STATED)
    with store.write() as session:
        taken = session.scalars(select(Comment.id)).one()
        session.execute(update(Response).values(key_hash=b"0" * 32))  # as if it were somebody else's
    ids = iter(["a" * 32, "b" * 32, "c" * 32, taken])
    monkeypatch.setattr("feedback.store.responses.uuid.uuid4", lambda: type("", (), {"hex": next(ids)}))
    assert bring(HEAD + "2,One.,,,\n3,Two.,,,\n", *STATED).exit_code == 1
    assert count(store, Response) == count(store, Comment) == count(store, Import) == 1


@pytest.mark.parametrize("question", ["which_service", "nothing"])
def test_words_go_to_a_question_that_takes_words(app: Flask, story, tmp_path: Path, question: str) -> None:
    file = tmp_path / "held.csv"
    file.write_text(HEAD)
    command = ["import-comments", "story", str(file), *STATED, "--question", question]
    refused = app.test_cli_runner().invoke(args=command)
    assert refused.exit_code == 2 and "is not a free-text question" in refused.output

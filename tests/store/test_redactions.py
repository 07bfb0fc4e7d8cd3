"""Nothing is passed on unread; what was taken out stays out, and the original stays whole."""

from __future__ import annotations

from datetime import date

import pytest

from feedback.store import redactions, removal
from feedback.store.comments import readable
from feedback.store.database import Store
from feedback.store.models import Comment
from feedback.store.redaction_models import CommentRead, Redaction
from feedback.store.redactions import COVER, Out, Piece, pieces
from feedback.store.report import Span, opened
from feedback.survey.reading_choice import Reader, ReadingChoice
from tests.support.telling import count, told

TODAY = date(2026, 4, 1)
SAID = "Nurse Sarah rang from 07700 900123."
SARAH, PHONE = Out(6, 11, "name"), Out(22, 34, "phone")


@pytest.fixture
def survey(publish):
    return publish("story")


def comment_of(store: Store) -> str:
    with store.read() as session:
        return session.query(Comment.id).scalar()


def all_of(store: Store, reader: Reader):
    span = Span(comment_of(store), 0, 0, "en", "not scored")
    return opened(store, reader, [span]).get(span)


def reads(store: Store, survey, *outs: Out) -> int:
    return redactions.confirm(store, survey.survey_id, {comment_of(store): outs}, None, TODAY)


def test_words_that_nobody_read_are_covered_for_who_may_check_them_and_kept_from_others(
    store, survey
) -> None:
    told(store, survey, SAID, reading_choice=ReadingChoice.ANYONE)
    excerpt = all_of(store, Reader.COMMISSIONER)
    assert excerpt.words == f"Nurse {COVER * 5} rang from {COVER * 5} {COVER * 6}."
    assert not excerpt.seen.is_read
    assert all_of(store, Reader.SERVICE) is None
    assert all_of(store, Reader.PUBLIC) is None


def test_what_a_person_took_out_is_out_for_everyone_and_the_rest_is_shown(store, survey) -> None:
    told(store, survey, SAID, reading_choice=ReadingChoice.ANYONE)
    assert reads(store, survey, PHONE) == 1
    for reader in Reader:
        excerpt = all_of(store, reader)
        assert excerpt.seen.is_read
        assert excerpt.pieces == [Piece("Nurse Sarah rang from "), Piece("", "phone"), Piece(".")]


def test_the_original_is_not_touched(store, survey) -> None:
    told(store, survey, SAID)
    reads(store, survey, SARAH, PHONE)
    [comment] = readable(store, Reader.COMMISSIONER, [comment_of(store)]).values()
    assert comment.text == SAID


def test_a_quote_that_cuts_through_a_name_shows_no_part_of_it(store, survey) -> None:
    told(store, survey, SAID)
    reads(store, survey, SARAH)
    span = Span(comment_of(store), 8, 16, "en", "not scored")
    excerpt = opened(store, Reader.COMMISSIONER, [span])[span]
    assert excerpt.pieces == [Piece("", "name"), Piece(" rang")]
    assert excerpt.pieces_before == [Piece("Nurse "), Piece("", "name")]
    assert "Sarah"[:2] not in excerpt.before and "rah" not in excerpt.words


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (0, 5, [Piece("Nurse")]),
        (0, 6, [Piece("Nurse ")]),
        (6, 11, [Piece("", "name")]),
        (7, 10, [Piece("", "name")]),
        (11, 16, [Piece(" rang")]),
        (10, 12, [Piece("", "name"), Piece(" ")]),
        (3, 3, []),
    ],
)
def test_pieces_of_any_stretch(start: int, end: int, shown: list[Piece]) -> None:
    assert pieces(SAID, start, end, [SARAH, PHONE]) == shown


def test_spans_are_code_points_in_any_script(store, survey) -> None:
    words = "😀 اسمي فاطمة وأنا هنا"
    told(store, survey, words, language="ar")
    at = words.index("فاطمة")
    assert all_of(store, Reader.COMMISSIONER).words == words.replace("فاطمة", COVER * 5)
    reads(store, survey, Out(at, at + 5, "name"))
    assert all_of(store, Reader.COMMISSIONER).pieces[1] == Piece("", "name")


def test_overlapping_and_impossible_spans_are_made_whole(store, survey) -> None:
    told(store, survey, SAID)
    reads(
        store,
        survey,
        Out(9, 14, "other"),
        SARAH,
        Out(30, 999, "phone"),
        Out(50, 60, "name"),
        Out(-5, 0, "name"),
    )
    outs = all_of(store, Reader.COMMISSIONER).seen.outs
    assert outs == (Out(6, 14, "name"), Out(30, len(SAID), "phone"))


def test_words_that_changed_since_they_were_read_count_as_unread(store, survey) -> None:
    told(store, survey, SAID, reading_choice=ReadingChoice.ANYONE)
    reads(store, survey)
    comment_id = comment_of(store)
    with store.write() as session:
        comment = session.get_one(Comment, comment_id)
        comment.text_sealed = store.keyring.seal(b"Call Ahmed instead", f"comment.text:{comment_id}")
    assert "Ahmed" not in all_of(store, Reader.COMMISSIONER).words
    assert all_of(store, Reader.SERVICE) is None


def test_taking_it_back_puts_the_comment_in_the_queue_again(store, survey) -> None:
    told(store, survey, SAID)
    assert redactions.waiting(store, survey.survey_id, ["en"]) == 1
    reads(store, survey, SARAH)
    assert redactions.waiting(store, survey.survey_id, ["en"]) == 0
    assert redactions.unread(store, survey.survey_id, ["en"], 10) == []
    assert redactions.undo(store, survey.survey_id, comment_of(store))
    assert redactions.unread(store, survey.survey_id, ["en"], 10) == [comment_of(store)]
    assert count(store, Redaction) == 0
    assert not redactions.undo(store, survey.survey_id, comment_of(store))


def test_of_two_who_read_the_same_words_the_first_counts(store, survey) -> None:
    told(store, survey, SAID)
    assert reads(store, survey, SARAH) == 1
    assert reads(store, survey) == 0
    assert all_of(store, Reader.COMMISSIONER).seen.outs == (SARAH,)


def test_words_of_step_one_are_never_in_the_queue(store, survey) -> None:
    told(store, survey, SAID, reading_choice=ReadingChoice.NOBODY)
    assert redactions.unread(store, survey.survey_id, ["en"], 10) == []
    assert redactions.waiting(store, survey.survey_id, ["en"]) == 0
    assert reads(store, survey, SARAH) == 0
    assert not redactions.undo(store, survey.survey_id, comment_of(store))


def test_another_survey_has_no_say(store, survey, publish) -> None:
    told(store, survey, SAID)
    other = publish("rated")
    assert redactions.unread(store, other.survey_id, ["en"], 10) == []
    assert redactions.confirm(store, other.survey_id, {comment_of(store): []}, None, TODAY) == 0
    reads(store, survey)
    assert not redactions.undo(store, other.survey_id, comment_of(store))


def test_who_takes_their_words_back_takes_the_rows_with_them(store, survey) -> None:
    receipt = told(store, survey, SAID).receipt
    reads(store, survey, SARAH, PHONE)
    assert (count(store, CommentRead), count(store, Redaction)) == (1, 2)
    assert removal.withdraw(store, receipt, TODAY)
    assert (count(store, CommentRead), count(store, Redaction)) == (0, 0)


def test_no_word_of_the_text_is_kept_beside_it(store, survey) -> None:
    told(store, survey, SAID)
    reads(store, survey, SARAH)
    with store.read() as session:
        row = session.query(CommentRead).one()
        assert len(row.text_hash) == 32 and b"Sarah" not in row.text_hash

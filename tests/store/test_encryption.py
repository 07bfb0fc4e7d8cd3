"""A stolen database is unreadable; a ciphertext opens only where it was stored."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text, update

from feedback.store import comments, drafts
from feedback.store.database import Store
from feedback.store.encryption import (
    CannotOpen,
    KeyFileError,
    Keyring,
    create_key_file,
    read_key_file,
)
from feedback.store.models import Comment, Draft
from feedback.store.surveys import PublishedSurvey
from feedback.survey.reading_choice import Reader
from tests.support.telling import told

CANARY = "kanarienvogel zwölf حكاية"
NOW = 1_800_000_000


def stored_bytes(store: Store, folder: Path) -> Iterator[bytes]:
    """Everything a thief of the database would hold."""
    if store.url.startswith("sqlite"):
        for file in folder.glob("heard.db*"):
            yield file.read_bytes()
        return
    with psycopg.connect(store.url.replace("+psycopg", "")) as connection:
        tables = connection.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        for (table,) in tables:
            with connection.cursor().copy(f"COPY {table} TO STDOUT (FORMAT binary)") as rows:  # type: ignore[arg-type]
                yield b"".join(bytes(row) for row in rows)


def test_no_word_and_no_answer_stands_in_the_database(
    store: Store, story: PublishedSurvey, tmp_path: Path
) -> None:
    key = b"k" * 32
    drafts.save_page(store, key, story.version_id, {"happened": f"draft {CANARY}"}, NOW, 60)
    outcome = told(store, story, CANARY, answers={"felt": f"option {CANARY}"})
    assert outcome.receipt is not None
    told(store, story, "Something plain.")
    seen = b"".join(stored_bytes(store, tmp_path))
    assert b"Your visit" in seen, "the search itself must be able to find text"
    for secret in (CANARY.encode(), CANARY.encode("utf-16-le"), json.dumps(CANARY).encode()[1:-1]):
        assert secret not in seen
    assert b"kanarienvogel" not in seen
    assert outcome.receipt.encode() not in seen
    assert key not in seen


def test_ciphertexts_swapped_between_rows_are_refused(store: Store, story: PublishedSurvey) -> None:
    told(store, story, "Mine.")
    told(store, story, "Yours.")
    with store.write() as session:
        (one, first), (two, second) = session.execute(select(Comment.id, Comment.text_sealed)).all()
        session.execute(update(Comment).where(Comment.id == one).values(text_sealed=second))
        session.execute(update(Comment).where(Comment.id == two).values(text_sealed=first))
    with pytest.raises(CannotOpen):
        comments.readable(store, Reader.COMMISSIONER, [one, two])


def test_a_ciphertext_moved_to_a_row_of_another_name_is_refused(store: Store, story: PublishedSurvey) -> None:
    told(store, story)
    with store.write() as session:
        session.execute(update(Comment).values(id="0" * 32))
    with pytest.raises(CannotOpen):
        comments.readable(store, Reader.COMMISSIONER, ["0" * 32])


def test_one_persons_draft_does_not_open_under_anothers_key(store: Store, story: PublishedSurvey) -> None:
    for key in (b"a" * 32, b"b" * 32):
        drafts.save_page(store, key, story.version_id, {"happened": str(key)}, NOW, 60)
    with store.write() as session:
        sealed = session.scalars(select(Draft.answers_sealed)).first()
        session.execute(update(Draft).values(answers_sealed=sealed))
    opened = 0
    for key in (b"a" * 32, b"b" * 32):
        try:
            drafts.load(store, key, NOW)
            opened += 1
        except CannotOpen:
            pass
    assert opened == 1


def test_a_stolen_database_cannot_be_opened_with_another_key_file(
    store: Store, story: PublishedSurvey, tmp_path: Path
) -> None:
    told(store, story)
    create_key_file(tmp_path / "other.key")
    thief = Store(store.url, read_key_file(tmp_path / "other.key"))
    with store.read() as session:
        ids = list(session.scalars(select(Comment.id)))
    with pytest.raises(CannotOpen):
        comments.readable(thief, Reader.COMMISSIONER, ids)
    thief.engine.dispose()


def test_a_changed_byte_is_noticed(keyring: Keyring) -> None:
    sealed = keyring.seal(b"words", "here")
    for position in range(len(sealed)):
        broken = bytearray(sealed)
        broken[position] ^= 1
        with pytest.raises(CannotOpen):
            keyring.open(bytes(broken), "here")
    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            keyring.open(sealed[:length], "here")


def test_the_same_words_never_look_the_same(keyring: Keyring) -> None:
    assert keyring.seal(b"words", "here") != keyring.seal(b"words", "here")


def test_an_older_key_still_opens_what_it_sealed(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    create_key_file(path)
    before = read_key_file(path).seal(b"words", "here")
    content = json.loads(path.read_text())
    content["keys"]["00000001"] = base64.b64encode(bytes(32)).decode()
    content["current"] = "00000001"
    path.write_text(json.dumps(content))
    keyring = read_key_file(path)
    assert keyring.open(before, "here") == b"words"
    assert keyring.seal(b"words", "here")[1:5] == bytes.fromhex("00000001")


def test_keyed_hashes_differ_by_purpose_and_by_where_the_parts_end(keyring: Keyring) -> None:
    hashes = [
        keyring.keyed_hash("a", b"bc", b"d"),
        keyring.keyed_hash("a", b"b", b"cd"),
        keyring.keyed_hash("ab", b"c", b"d"),
        keyring.keyed_hash("a", b"bcd"),
    ]
    assert len(set(hashes)) == 4
    assert keyring.keyed_hash("a", b"bc", b"d") == hashes[0]


def test_a_key_file_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "new" / "heard.key"
    create_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        create_key_file(path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"keys": {}, "current": "00", "pepper": ""}', "\x00"])
def test_a_damaged_key_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "heard.key"
    path.write_text(content)
    with pytest.raises(KeyFileError, match=r"heard\.key"):
        read_key_file(path)


def test_a_missing_key_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="key create"):
        read_key_file(tmp_path / "none.key")


def test_deleted_words_leave_no_bytes_behind(store: Store, story: PublishedSurvey, tmp_path: Path) -> None:
    """Even as ciphertext: in the file on SQLite, in a dump on PostgreSQL."""
    told(store, story, CANARY)
    with store.read() as session:
        sealed = session.scalars(select(Comment.text_sealed)).one()
    with store.write() as session:
        session.execute(text("DELETE FROM response"))
    if store.url.startswith("sqlite"):
        with store.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert sealed not in b"".join(stored_bytes(store, tmp_path))

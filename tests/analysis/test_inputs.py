from __future__ import annotations

from pathlib import Path

import pytest

from analysis.inputs import InputError, read_comments


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "comments.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_every_cell_comes_back_as_it_was_written(tmp_path: Path) -> None:
    text = '  Two lines\r\nand "quotes", =1+1, \u202e and a NUL \x00  '
    cell = '"' + text.replace('"', '""') + '"'
    (comment,) = read_comments(written(tmp_path, f"id,text,colour\r\n é1 ,{cell},blue\r\n"))
    assert (comment.id, comment.text) == (" é1 ", text)


def test_a_person_is_the_comment_where_nobody_is_named(tmp_path: Path) -> None:
    said = read_comments(written(tmp_path, "id,person,text\n1,ann,Hello\n2,,Hello again\n"))
    assert [comment.person for comment in said] == ["ann", "2"]
    assert all(comment.readable for comment in said)


def test_a_language_that_is_none_is_left_out(tmp_path: Path) -> None:
    said = read_comments(written(tmp_path, "id,text,language\n1,a,zh-Hans\n2,b,../..\n3,c,\n"))
    assert [comment.language for comment in said] == ["zh-Hans", None, None]


def test_question_and_service_are_kept_where_they_are(tmp_path: Path) -> None:
    first, second = read_comments(
        written(tmp_path, "id,text,question,service\n1,a,What helped?,Library\n2,b,,\n")
    )
    assert (first.question, first.service) == ("What helped?", "Library")
    assert (second.question, second.service) == (None, None)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert read_comments(written(tmp_path, b"\xef\xbb\xbfid,text\n1,hello\n"))[0].id == "1"


def test_sixty_thousand_characters_are_one_comment(tmp_path: Path) -> None:
    (comment,) = read_comments(written(tmp_path, f'id,text\n1,"{"word " * 12_000}"\n'))
    assert len(comment.text) == 60_000


def test_a_fault_deep_in_the_file_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 4: has 1 cells where 2 are named"):
        read_comments(written(tmp_path, 'id,text\n1,"two\nlines"\n2\n'))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_comments(tmp_path)

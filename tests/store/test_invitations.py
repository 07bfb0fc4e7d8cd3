"""A code is good for one answer, whoever comes at the same time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from feedback.store import invitations, plain_codes
from feedback.store.database import Store
from feedback.store.models import Response
from feedback.store.responses import submit
from feedback.store.surveys import PublishedSurvey
from tests.support.telling import telling

PHONES = 8


def test_of_many_phones_at_once_one_is_invited_and_none_loses_its_words(
    store: Store, story: PublishedSurvey
) -> None:
    [code] = invitations.make(store, story.survey_id, None, 1)
    spent = invitations.code_hash(store, code)
    together = threading.Barrier(PHONES)

    def sends(number: int) -> bool:
        submission = telling(story, f"Words {number}.", invitation=spent)
        together.wait()
        return submit(store, submission).first

    with ThreadPoolExecutor(PHONES) as phones:
        assert all(phones.map(sends, range(PHONES)))
    with store.read() as session:
        came = sorted(str(each) for each in session.scalars(select(Response.came_by)))
    assert came == ["invited", *["open"] * (PHONES - 1)]
    assert invitations.find_unused(store, story.survey_id, code) is None


@pytest.mark.parametrize("length", [6, 12])
def test_every_wrong_sign_and_every_swap_shows(length: int) -> None:
    code = plain_codes.make(length)
    assert plain_codes.read(code.lower(), length) == code
    for at in range(length):
        for sign in set(plain_codes.SIGNS) - {code[at]}:
            assert plain_codes.read(code[:at] + sign + code[at + 1 :], length) is None
    for at in range(length - 1):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert swapped == code or plain_codes.read(swapped, length) is None

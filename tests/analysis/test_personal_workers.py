"""Names behind "my worker", in twenty languages: found, and plain sentences about workers left alone.

How well the rules did when they first met each part stands in personal_workers.txt.
"""

from __future__ import annotations

import pytest

from analysis.personal import find
from tests.analysis.personal_set import Marked, of_workers
from tests.analysis.test_personal_found import LANGUAGES
from tests.analysis.test_personal_rules import steps


def told_in(language: str) -> list[Marked]:
    return [marked for marked in of_workers() if marked.language == language]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_name_of_a_worker_is_found_and_nothing_more_or_less(language: str) -> None:
    named = [marked for marked in told_in(language) if marked.details]
    found = [[(each.start, each.end) for each in marked.found(language)] for marked in named]
    wanted = [[(start, end) for _, start, end in marked.details] for marked in named]
    whole = [one == other for one, other in zip(found, wanted, strict=True)]
    assert len(named) >= 6 and sum(whole) / len(named) >= 0.9, [
        marked.text for marked, right in zip(named, whole, strict=True) if not right
    ]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_plain_sentence_about_a_worker_is_left_alone(language: str) -> None:
    plain = [marked for marked in told_in(language) if not marked.details]
    alarms = [word for marked in plain for word in marked.alarms(language)]
    assert len(plain) >= 6 and len(alarms) / len(plain) <= 0.1, alarms


def test_not_knowing_the_language_cries_wolf_no_more_often() -> None:
    plain = [marked for marked in of_workers() if not marked.details]
    alarms = [word for marked in plain for word in marked.alarms(None)]
    assert len(alarms) / len(plain) <= 0.02, alarms


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "My worker was Oduya.", "Oduya"),
        ("en", "my worker's name is oduya", "oduya"),
        ("ar", "موظفتي سارة الحسن ساعدتني", "سارة الحسن"),
        ("ur", "میری ورکر مناہل طارق نے فون کیا", "مناہل طارق"),
        ("zh-Hans", "我的社工欧阳娜娜很好", "欧阳娜娜"),
        ("gu", "મારી વર્કર સીતાબેન આવ્યાં", "સીતાબેન"),
        ("tr", "Danışmanım Oduya'ya sordum", "Oduya'ya"),
    ],
)
def test_how_far_a_name_reaches(language: str, text: str, name: str) -> None:
    assert [text[each.start : each.end] for each in find(text, language)] == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I spoke to Citizens Advice. Thank you Shelter. I spoke to Women's Aid."),
        ("en", "We went to Barry Island with my worker."),
        ("cy", "Diolch i Shelter Cymru."),
        ("tr", "Danışmanım Cardiff'te yaşıyor."),
        ("en", "My worker was Turkish. My nurse was Llamau staff."),
    ],
)
def test_organisations_places_and_peoples_are_nobodys_name(language: str, text: str) -> None:
    assert find(text, language) == []


@pytest.mark.parametrize(
    "piece", ["my worker was ", "میری ورکر سارہ ", "我的社工", "lucrătoarea mea ", "ناوی "]
)
def test_work_grows_with_the_length_of_the_text(piece: str) -> None:
    def work(length: int) -> int:
        text = (piece * length)[:length]
        return steps(lambda: find(text))

    find(piece)
    assert work(16_000) <= 5 * work(4_000) + 1_000

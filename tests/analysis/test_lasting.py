"""A theme that people worked on is the same theme after the next answers, and a run says what moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.assemble import Member
from analysis.codebook import Codebook, load_codebook
from analysis.lasting import is_wanted, keep_ids, match, named, rejected, with_confirmed
from analysis.records import Comment, Earlier, EarlierTheme, Edits, Kind, Theme
from tests.analysis.conftest import CODEBOOK

VECTOR = np.ones(3, dtype=np.float32)
PEOPLE = {str(n): Comment(str(n), f"This is what person {n} said", f"p{n}", "en") for n in range(60)}
PRESENT = {comment_id: (comment, VECTOR) for comment_id, comment in PEOPLE.items()}


def ids(*numbers: int) -> frozenset[str]:
    return frozenset(str(number) for number in numbers)


def group(theme_id: str, *numbers: int, kind: Kind = "few") -> list[Member]:
    return [Member(PEOPLE[str(n)], theme_id, kind, 0.5, None, VECTOR, True) for n in numbers]


def words(*numbers: int) -> dict[str, tuple[int, int]]:
    return {str(n): (0, 4) for n in numbers}


def earlier(**themes: EarlierTheme) -> Earlier:
    return Earlier(themes, comment_ids=ids(*range(40)))


def few(*numbers: int, edits: Edits | None = None) -> EarlierTheme:
    return EarlierTheme("few", ids(*numbers), edits or Edits())


def kept(members: list[Member], before: Earlier, codebook: Codebook | None = None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for member in keep_ids(members, before, PRESENT, codebook):
        found.setdefault(member.theme_id, set()).add(member.comment.id)
    return found


def test_a_group_with_new_comments_is_the_same_theme() -> None:
    """Six old comments and twenty new ones: what is new says nothing against it."""
    before = earlier(dogs=few(0, 1, 2, 3, 4, 5))
    assert kept(group("few-9", *range(6), *range(40, 60)), before).keys() == {"dogs"}


def test_another_group_is_another_theme() -> None:
    assert kept(group("few-9", 10, 11, 12), earlier(dogs=few(0, 1, 2))).keys() == {"few-9"}


def test_of_two_halves_the_larger_keeps_the_name() -> None:
    before = earlier(dogs=few(*range(10)))
    found = kept(group("few-8", *range(4)) + group("few-9", *range(4, 10)), before)
    assert found == {"few-8": set(ids(*range(4))), "dogs": set(ids(*range(4, 10)))}


def test_where_two_come_together_the_one_a_person_named_stays() -> None:
    before = earlier(large=few(*range(12)), named=few(*range(12, 20), edits=Edits(name="Dogs")))
    assert kept(group("few-9", *range(20)), before).keys() == {"named"}


def test_ids_are_given_one_to_one() -> None:
    before = earlier(a=few(0, 1, 2, 3), b=few(4, 5, 6, 7))
    found = match({"x": set(ids(0, 1, 2, 4)), "y": set(ids(3, 5, 6, 7))}, before, PRESENT)
    assert found == {"x": "a", "y": "b"}


def test_a_group_never_takes_the_id_of_another_theme() -> None:
    """The id of a group is made of its comments, so an old set of comments could come back as a new group."""
    before = earlier(**{"few-1": few(0, 1, 2)})
    found = kept(group("few-1", 20, 21, 22), before)
    assert "few-1" not in found
    assert set(ids(20, 21, 22)) in found.values()


def test_what_a_person_named_is_not_lost_when_nobody_finds_it_again() -> None:
    before = earlier(dogs=few(0, 1, 2, edits=Edits(name="Dogs", words=words(0, 1, 2))))
    assert kept([], before) == {"dogs": set(ids(0, 1, 2))}
    assert kept([], earlier(dogs=few(0, 1, 2))) == {}


def test_a_merged_group_goes_to_its_target_also_with_its_new_comments() -> None:
    merged = Edits(merged_into="cats", words=words(0, 1, 2))
    before = earlier(dogs=few(0, 1, 2, edits=merged), cats=few(10, 11, 12))
    found = kept(group("few-8", 1, 2, 50) + group("few-9", 10, 11, 12), before)
    assert found == {"cats": set(ids(0, 1, 2, 50, 10, 11, 12))}


def test_a_group_can_be_merged_into_a_theme_of_the_codebook() -> None:
    before = earlier(dogs=few(0, 1, edits=Edits(merged_into="waiting", words=words(0, 1))))
    members = keep_ids(group("waiting", 0, 5, kind="codebook"), before, PRESENT, load_codebook(CODEBOOK))
    assert {(m.comment.id, m.theme_id, m.kind) for m in members} == {
        ("0", "waiting", "codebook"), ("1", "waiting", "codebook"), ("5", "waiting", "codebook"),
    }  # fmt: skip


def test_two_merged_into_each_other_stay_as_they_are() -> None:
    before = earlier(
        a=few(0, 1, 2, edits=Edits(merged_into="b")), b=few(3, 4, 5, edits=Edits(merged_into="a"))
    )
    assert sum(map(len, kept(group("x", 0, 1, 2) + group("y", 3, 4, 5), before).values())) == 6


def test_a_target_that_no_codebook_has_any_more_takes_nothing() -> None:
    gone = EarlierTheme("codebook", ids(20))
    before = earlier(dogs=few(0, 1, 2, edits=Edits(merged_into="gone")), gone=gone)
    assert kept(group("x", 0, 1, 2), before).keys() == {"dogs"}


def test_what_people_called_no_theme_is_not_suggested_again() -> None:
    before = earlier(fine=few(*range(8), edits=Edits(not_a_theme=True, words=words(*range(8)))))
    again = group("x", *range(4), 50, 51, 52) + group("y", *range(4, 8), 53)
    assert kept(again + group("z", 20, 21, 22), before).keys() == {"z"}
    assert rejected(ids(0, 1, 30, 50, 51, 52), before) == "fine"
    assert rejected(ids(0, 30, 31), before) is None
    assert rejected(ids(50, 51), before) is None


def test_a_group_that_people_worked_on_is_wanted() -> None:
    before = earlier(dogs=few(0, 1, 2, edits=Edits(name="Dogs")), cats=few(5, 6, 7))
    assert is_wanted(ids(0, 1, 50), before)
    assert not is_wanted(ids(5, 6, 7), before)
    assert not is_wanted(ids(50), before)


def test_nothing_is_added_to_a_comment_that_a_person_checked() -> None:
    before = earlier(dogs=few(0, 1, 2, edits=Edits(name="Dogs", words=words(0, 1, 2))))
    members = keep_ids([], before, PRESENT, None, checked={"1"})
    assert {m.comment.id for m in members} == ids(0, 2)


def test_each_comment_has_one_primary_theme_and_each_theme_once() -> None:
    before = earlier(a=few(0, 1, 2, edits=Edits(merged_into="b", words=words(0, 1, 2))), b=few(0, 1, 5, 6))
    first = group("x", 0, 1, 2)
    second = [replace(member, primary=False) for member in group("y", 0, 1, 5, 6)]
    members = keep_ids(first + second, before, PRESENT, None)
    pairs = [(m.comment.id, m.theme_id) for m in members]
    assert len(pairs) == len(set(pairs))
    assert sorted(m.comment.id for m in members if m.primary) == sorted(ids(0, 1, 2, 5, 6))


def test_words_that_are_no_longer_there_are_not_pointed_at() -> None:
    before = earlier(dogs=few(0, edits=Edits(name="Dogs", words={"0": (5, 500)})))
    assert keep_ids([], before, PRESENT, None)[0].span is None


def test_a_confirmed_theme_is_sorted_into_from_then_on() -> None:
    confirmed = Edits(name="Dogs", meaning="A guide dog.", confirmed=True, words={"0": (8, 12), "1": (0, 28)})
    before = earlier(dogs=few(0, 1, edits=confirmed), cats=few(5, 6, edits=Edits(name="Cats")))
    people = [PEOPLE["0"], replace(PEOPLE["1"], readable=False)]
    codebook = with_confirmed(load_codebook(CODEBOOK), before, people, ["en", "cy"])
    assert codebook
    assert [theme.id for theme in codebook.themes] == ["waiting", "kindness", "dogs"]
    assert codebook.themes[-1].name == "Dogs"
    assert [example.text for example in codebook.themes[-1].examples] == ["what"]
    assert with_confirmed(None, before, people, ["en", "cy"]) is None
    assert codebook.sha256 != load_codebook(CODEBOOK).sha256


def test_people_s_names_stand_above_ours() -> None:
    theme = Theme("dogs", "dog, desk", "They sent my dog out.", "few", [], 3, {"en": 3}, [])
    before = earlier(dogs=few(0, 1, 2, edits=Edits(name="Guide dogs refused")))
    assert named([theme], before) == [replace(theme, name="Guide dogs refused")]

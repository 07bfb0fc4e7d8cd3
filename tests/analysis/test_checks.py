"""What a person said of a comment stands, teaches the machine, and is told from what the machine said."""

from __future__ import annotations

import pytest

from analysis import UNSORTED, Checked, Codebook, Coding, Comment, Edits, Encoder, ThemeSet, analyse
from analysis.records import Earlier, EarlierTheme

from .conftest import SAID, people_said, sorted_by_words

ABOUT_PARKING = [
    "The car park was full again.",
    "Nowhere to park my car.",
    "Parking cost me nine pounds.",
    "No space for cars at the front.",
]


def of(found: ThemeSet, comment_id: str) -> list[Coding]:
    return [coding for coding in found.codings if coding.comment_id == comment_id]


def checked_by_words(*checks: Checked, codebook: Codebook) -> ThemeSet:
    return analyse(people_said(SAID), codebook=codebook, encoder=None, checked=checks)


def test_what_a_person_said_stands_the_main_theme_first(two_themes: Codebook) -> None:
    found = checked_by_words(Checked("c000", ("kindness", "waiting")), codebook=two_themes)
    assert [(c.theme_id, c.score, c.primary, c.by_person) for c in of(found, "c000")] == [
        ("kindness", 1.0, True, True),
        ("waiting", 1.0, False, True),
    ]
    assert not any(coding.by_person for coding in found.codings if coding.comment_id != "c000")


def test_a_person_may_say_that_no_theme_fits(two_themes: Codebook) -> None:
    (coding,) = of(checked_by_words(Checked("c000", ()), codebook=two_themes), "c000")
    assert (coding.theme_id, coding.score, coding.by_person) == (UNSORTED, 1.0, True)


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        ([Checked("c000", ("waiting", "prices", "noise"))], "lacks themes .*: noise, prices$"),
        ([Checked("c999", ("waiting",))], "not here: c999$"),
        ([Checked("c000", ("waiting",)), Checked("c000", ())], "once only: c000$"),
        ([Checked("blank", ("waiting",))], "without words can have no theme: blank$"),
    ],
)
def test_a_check_that_makes_no_sense_is_named(
    two_themes: Codebook, checks: list[Checked], sentence: str
) -> None:
    comments = [*people_said(SAID), Comment("blank", " ", "p9")]
    with pytest.raises(ValueError, match=sentence):
        analyse(comments, codebook=two_themes, encoder=None, checked=checks)


def test_a_check_of_a_theme_that_was_merged_since_counts_for_the_one_it_went_to(two_themes: Codebook) -> None:
    merged = EarlierTheme("suggested", ("c000",), Edits(merged_into="kindness"))
    gone = EarlierTheme("suggested", ("c001",), Edits(not_a_theme=True))
    found = analyse(
        people_said(SAID), codebook=two_themes, encoder=None, earlier=Earlier({"s-1": merged, "s-2": gone}),
        checked=[Checked("c000", ("s-1",)), Checked("c001", ("s-2",))],
    )  # fmt: skip
    assert [(c.theme_id, c.by_person) for c in of(found, "c000")] == [("kindness", True)]
    assert not any(coding.by_person for coding in of(found, "c001"))


@pytest.mark.weights
def test_the_machine_learns_from_a_check_and_says_so(encoder: Encoder, two_themes: Codebook) -> None:
    comments = people_said([*SAID, *ABOUT_PARKING])
    before = analyse(comments, codebook=two_themes, encoder=encoder)
    checks = [Checked("c008", ("waiting",)), Checked("c009", ("waiting",)), Checked("c010", ("waiting",))]
    after = analyse(comments, codebook=two_themes, encoder=encoder, checked=checks)
    score = {run: {c.theme_id: c.score for c in of(found, "c011")} for run, found in
             (("before", before), ("after", after))}  # fmt: skip
    assert score["after"]["waiting"] > score["before"].get("waiting", 0)
    (coding,) = [c for c in of(after, "c011") if c.theme_id == "waiting"]
    assert not coding.by_person
    assert {near.comment_id for near in coding.near} <= {"c008", "c009", "c010"}


@pytest.mark.weights
def test_a_reason_is_the_nearest_example_or_checked_comment_and_never_oneself(
    encoder: Encoder, two_themes: Codebook
) -> None:
    comments = people_said([*SAID, "The staff were so kind."])
    checks = [Checked(f"c00{n}", ("waiting",)) for n in range(4)]
    found = analyse(comments, codebook=two_themes, encoder=encoder, checked=checks)
    (kind,) = of(found, "c008")
    assert two_themes.themes[1].examples[kind.near[0].example or 0].text == "The staff were kind."
    for coding in found.codings:
        likeness = [near.likeness for near in coding.near]
        assert likeness == sorted(likeness, reverse=True)
        assert len(likeness) == 3
        assert coding.comment_id not in {near.comment_id for near in coding.near}
        assert {near.theme_id for near in coding.near} == {coding.theme_id}
        assert all((near.example is None) != (near.comment_id is None) for near in coding.near)
    assert any(near.comment_id for coding in found.codings for near in coding.near)


def test_same_checks_same_answer(two_themes: Codebook) -> None:
    checks = (Checked("c000", ("waiting",)), Checked("c005", ("kindness",), random=True))
    assert checked_by_words(*checks, codebook=two_themes) == checked_by_words(*checks, codebook=two_themes)
    assert checked_by_words(*checks, codebook=two_themes) == checked_by_words(
        *reversed(checks), codebook=two_themes
    )


def test_without_a_codebook_there_is_nothing_to_check_against() -> None:
    assert sorted_by_words(people_said(SAID), None).to_check == []
    with pytest.raises(ValueError, match="waiting"):
        analyse(people_said(SAID), codebook=None, encoder=None, checked=[Checked("c000", ("waiting",))])

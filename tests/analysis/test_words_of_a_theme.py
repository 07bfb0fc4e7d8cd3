"""What a theme is called and which words stand for it, put together from its members."""

from __future__ import annotations

import numpy as np

from analysis.assemble import Member, themes_and_codings
from analysis.codebook import Codebook, CodebookTheme
from analysis.encode import Vectors
from analysis.records import Comment, Kind, Quote, Theme

PARKING = [
    ("en", "We found no space in the car park today."),
    ("en", "Again the car park was full when we came."),
    ("en", "That car park costs more than I can pay."),
    ("pl", "Na parkingu znowu nie było żadnego miejsca."),
    ("pl", "Zapłaciłam na parkingu za całą godzinę."),
    ("pl", "Wszyscy krążyli na parkingu przez pół dnia."),
    ("en", "The car park was easy and right by the door."),
]
ELSEWHERE = [("en", f"The nurse was kind to person number {n}.") for n in range(6)]
OURS = CodebookTheme("travel", "Getting there", "The journey.", (), "", {"pl": "Dojazd"})


def sorted_as(kind: Kind, tones: dict[str, float] | None = None, readable: bool = True) -> Theme:
    comments = [
        Comment(f"c{n}", text, f"p{n}", language, readable=readable)
        for n, (language, text) in enumerate(PARKING + ELSEWHERE)
    ]
    theme_id = "travel" if kind == "codebook" else "s-01234567"
    members = [Member(c, theme_id, kind, 0.9, None, vector(n), True) for n, c in enumerate(comments[:7])]
    themes, _ = themes_and_codings(
        comments, [c.language for c in comments], members, Codebook((OURS,)), tone_scores=tones
    )
    (theme,) = themes
    return theme


def vector(number: int) -> Vectors:
    """Everyone says much the same, each with something of their own; the first says nothing else."""
    one = np.zeros(8, dtype=np.float32)
    one[0] = 1
    one[number] += 0.2
    return one / np.linalg.norm(one)


def test_a_found_theme_is_named_in_each_of_its_languages() -> None:
    theme = sorted_as("suggested")
    assert theme.names == {tag: ", ".join(words[:3]) for tag, words in theme.keywords_by_language.items()}
    assert "car park" in theme.names["en"]
    assert "parkingu" in theme.names["pl"]
    assert "car park" not in theme.names["pl"]


def test_our_theme_keeps_our_names_and_has_peoples_keywords() -> None:
    theme = sorted_as("codebook")
    assert (theme.name, theme.meaning, theme.names) == ("Getting there", "The journey.", {"pl": "Dojazd"})
    assert set(theme.keywords_by_language) == {"en", "pl"}


def test_the_most_typical_sentence_stands_apart_from_the_quotes() -> None:
    theme = sorted_as("suggested")
    assert theme.subtitle == Quote("c0", 0, len(PARKING[0][1]), PARKING[0][1], "en")
    assert theme.meaning == PARKING[0][1]
    assert theme.other_view is None
    assert "c0" not in {quote.comment_id for quote in theme.quotes}
    assert "pl" in {quote.language for quote in theme.quotes}


def test_another_view_stands_apart_and_never_as_the_subtitle() -> None:
    against = dict.fromkeys(("c1", "c2", "c3", "c4"), -0.9)
    for lone in ("c6", "c0"):
        theme = sorted_as("suggested", against | {lone: 0.9})
        assert theme.other_view
        assert theme.other_view.comment_id == lone
        assert theme.subtitle
        assert lone not in {theme.subtitle.comment_id, *(quote.comment_id for quote in theme.quotes)}


def test_what_nobody_may_read_lends_no_words() -> None:
    theme = sorted_as("suggested", {"c0": 0.9}, readable=False)
    assert (theme.subtitle, theme.quotes, theme.other_view) == (None, [], None)
    assert (theme.name, theme.meaning, theme.names, theme.keywords_by_language) == ("", "", {}, {})
    assert theme.people == 7

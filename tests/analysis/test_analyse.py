"""From comments to themes: what is counted, what is shown, and whose words never are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace

import numpy as np
import pytest

from analysis import UNSORTED, Codebook, Comment, Encoder, ThemeSet, analyse, load_codebook
from analysis.records import Earlier, EarlierTheme, Edits, Quote, Theme
from analysis.vectors import Item, Vectors

from .conftest import SAID, people_said, sorted_by_words

SECRETS = [f"I waited with Zephyrine Quillfeather at the wait desk, number {n}" for n in range(6)]


def shown(themes: ThemeSet) -> str:
    return json.dumps([asdict(theme) for theme in themes.themes], ensure_ascii=False)


def quoted(theme: Theme) -> list[Quote]:
    return [quote for quote in (theme.subtitle, *theme.quotes, theme.other_view) if quote]


def check(themes: ThemeSet, comments: Sequence[Comment]) -> None:
    """What holds for every analysis."""
    text = {comment.id: comment.text for comment in comments}
    readable = {comment.id for comment in comments if comment.readable}
    primary = [coding.comment_id for coding in themes.codings if coding.primary]
    assert sorted(primary) == sorted(text)
    assert len({(c.comment_id, c.theme_id) for c in themes.codings}) == len(themes.codings)
    coded = {coding.theme_id for coding in themes.codings} - {UNSORTED}
    assert coded == {theme.id for theme in themes.themes}
    for coding in themes.codings:
        assert 0 <= coding.start <= coding.end <= len(text[coding.comment_id])
    for theme in themes.themes:
        people = {
            c.person
            for c in comments
            if (c.id, theme.id) in {(x.comment_id, x.theme_id) for x in themes.codings}
        }
        assert theme.people == len(people)
        words = quoted(theme)
        assert len({quote.comment_id for quote in words}) == len(words)
        for quote in words:
            assert quote.text == text[quote.comment_id][quote.start : quote.end] != ""
            assert quote.comment_id in readable


@pytest.mark.weights
def test_each_comment_finds_its_theme_and_its_clause(encoder: Encoder, two_themes: Codebook) -> None:
    comments = [
        *people_said(SAID),
        Comment("both", "The lady was very kind but I waited five hours.", "p9", "en"),
    ]
    found = analyse(comments, codebook=two_themes, encoder=encoder)
    check(found, comments)
    primary = {c.comment_id: c.theme_id for c in found.codings if c.primary}
    assert [primary[f"c{n:03}"] for n in range(8)] == ["waiting"] * 4 + ["kindness"] * 4
    both = {c.theme_id: comments[-1].text[c.start : c.end] for c in found.codings if c.comment_id == "both"}
    assert both == {"kindness": "The lady was very kind", "waiting": "but I waited five hours."}


@pytest.mark.weights
def test_a_theme_is_found_in_every_language_of_the_survey(encoder: Encoder) -> None:
    said = {
        "cy": "Bu'n rhaid i mi aros am oriau maith.",
        "pl": "Czekałem na wizytę kilka godzin.",
        "ur": "مجھے کئی گھنٹے انتظار کرنا پڑا۔",
        "ar": "اضطررت إلى الانتظار ساعات طويلة.",
        "so": "Waxaan sugay saacado badan oo dheer.",
    }
    comments = [Comment(tag, text, tag, tag) for tag, text in said.items()]
    found = analyse(comments, codebook=load_codebook(), encoder=encoder, languages=["en", *said])
    check(found, comments)
    assert {c.theme_id for c in found.codings if c.primary} == {"waiting"}
    (theme,) = [theme for theme in found.themes if theme.id == "waiting"]
    assert theme.languages == dict.fromkeys(sorted(said), 1)
    assert {quote.language for quote in quoted(theme)} == set(said)


@pytest.mark.parametrize("seen", [True, False])
def test_words_nobody_may_read_are_counted_and_never_shown(two_themes: Codebook, seen: bool) -> None:
    comments = people_said(SAID) + people_said(SECRETS, readable=seen, start=50)
    found = sorted_by_words(comments, two_themes)
    check(found, comments)
    assert len([c for c in found.codings if c.comment_id >= "c050" and c.primary]) == len(SECRETS)
    # The same words do show where their tellers let them, so that this test can fail.
    assert ("Quillfeather" in shown(found) or "quillfeather" in shown(found)) is seen


@pytest.mark.weights
@pytest.mark.parametrize("pure_discovery", [True, False])
def test_words_nobody_may_read_lend_no_name_to_a_group(
    encoder: Encoder, two_themes: Codebook, pure_discovery: bool
) -> None:
    comments = people_said(SAID * 4) + people_said([*SECRETS, *SECRETS], readable=False, start=500)
    found = analyse(comments, codebook=None if pure_discovery else two_themes, encoder=encoder)
    check(found, comments)
    assert "quillfeather" not in shown(found).casefold()
    assert "zephyrine" not in shown(found).casefold()


def test_what_unreadable_words_hold_changes_no_keyword(two_themes: Codebook) -> None:
    open_words = people_said(SAID * 3)
    hidden = people_said(["friendly friendly friendly nurse"] * 9, readable=False, start=500)
    alone = {theme.id: theme.keywords for theme in sorted_by_words(open_words, two_themes).themes}
    beside = {theme.id: theme.keywords for theme in sorted_by_words(open_words + hidden, two_themes).themes}
    assert {word for words in beside.values() for word in words} <= {
        word for words in alone.values() for word in words
    }


def test_a_group_none_of_whose_words_may_be_read_has_no_name_no_meaning_no_quote() -> None:
    comments = people_said(["The lift is broken again and I cannot get upstairs"] * 12, readable=False)
    found = sorted_by_words(comments, None)
    check(found, comments)
    assert found.themes
    assert all((t.name, t.meaning, t.keywords, quoted(t)) == ("", "", [], []) for t in found.themes)
    assert all((t.names, t.keywords_by_language) == ({}, {}) for t in found.themes)
    assert found.themes[0].people == 12


def test_keywords_are_words_of_three_people_and_not_of_one_who_repeats_them(two_themes: Codebook) -> None:
    comments = people_said(SAID)
    comments += [Comment(f"r{n}", "The wait at Grimbleworth house was long", "same", "en") for n in range(9)]
    found = sorted_by_words(comments, two_themes)
    assert "grimbleworth" not in " ".join(word for theme in found.themes for word in theme.keywords)


def test_a_person_who_says_it_five_times_is_one_person(two_themes: Codebook) -> None:
    comments = [Comment(f"r{n}", "The wait was too long.", "same", "en") for n in range(5)]
    found = sorted_by_words(comments, two_themes)
    check(found, comments)
    assert [theme.people for theme in found.themes] == [1] * len(found.themes)


def test_the_same_comments_give_the_same_analysis(two_themes: Codebook) -> None:
    comments = people_said(SAID * 5)
    assert sorted_by_words(comments, two_themes, 3) == sorted_by_words(comments, two_themes, 3)
    assert sorted_by_words(comments, None, 3) == sorted_by_words(comments, None, 3)


def test_two_comments_with_one_id_are_refused(two_themes: Codebook) -> None:
    comment = Comment("1", "The wait was long.", "p", "en")
    with pytest.raises(ValueError, match="same id"):
        sorted_by_words([comment, comment], two_themes)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["One comment."],
        ["The same words"] * 30,
        ["", " ", "\u200b", "\x00"],
        ["😀", "👍👍👍", "💔", "🙏🏽"] * 5,
        ["a" * 60_000, "word " * 12_000, "The wait was long. " * 3_200],
        ["Z̷̡̛͚a̵l̶g̴o̸ text̷", "\u202eabc\u202c def", "nul\x00inside", '=HYPERLINK("http://x")'] * 4,
    ],
    ids=["none", "one", "all the same", "all blank", "only emoji", "60,000 characters", "odd"],
)
@pytest.mark.parametrize("with_codebook", [True, False])
def test_odd_input_ends_well(texts: list[str], with_codebook: bool, two_themes: Codebook) -> None:
    comments = people_said(texts)
    check(sorted_by_words(comments, two_themes if with_codebook else None), comments)


def test_a_blank_comment_is_unsorted_at_nothing(two_themes: Codebook) -> None:
    found = sorted_by_words(people_said(["  ", "\u200b"]), two_themes)
    assert [(c.theme_id, c.start, c.end, c.primary) for c in found.codings] == [(UNSORTED, 0, 0, True)] * 2


def test_tone_is_a_hint_for_english_only(two_themes: Codebook) -> None:
    comments = [
        Comment("good", "The staff were wonderful and kind", "1", "en"),
        Comment("bad", "A terrible and horrible place to be", "2", "en"),
        Comment("both", "The staff were wonderful. The building is a horrible place.", "3", "en"),
        Comment("pl", "Okropne miejsce i terrible horrible", "4", "pl"),
    ]
    tones = sorted_by_words(comments, two_themes).tones
    assert tones == {"good": "positive", "bad": "negative", "both": "mixed", "pl": "not scored"}


class Shelf:
    """A cache that counts."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, Item], Vectors] = {}
        self.asked = self.saved = 0

    def load(self, model: str, items: Sequence[Item]) -> dict[int, Vectors]:
        self.asked += len(items)
        return {n: self.kept[model, item] for n, item in enumerate(items) if (model, item) in self.kept}

    def save(self, model: str, items: Sequence[Item], vectors: Vectors) -> None:
        self.saved += len(items)
        self.kept |= {(model, item): vector for item, vector in zip(items, vectors, strict=True)}


@pytest.mark.weights
def test_a_second_run_reads_its_vectors_from_the_cache(encoder: Encoder, two_themes: Codebook) -> None:
    shelf = Shelf()
    comments = people_said([*SAID, "The lady was very kind but I waited five hours."])
    first = analyse(comments, codebook=two_themes, encoder=encoder, cache=shelf)
    # Nine comments, one of them with two clauses.
    assert shelf.saved == len(shelf.kept) == 11
    second = analyse(comments, codebook=two_themes, encoder=encoder, cache=shelf)
    assert (shelf.saved, shelf.asked) == (11, 22)
    assert second == first


@pytest.mark.weights
def test_the_stages_are_told_as_they_pass(encoder: Encoder, two_themes: Codebook) -> None:
    heard: list[tuple[str, int, int]] = []
    analyse(
        people_said(SAID), codebook=two_themes, encoder=encoder, progress=lambda *step: heard.append(step)
    )
    assert list(dict.fromkeys(stage for stage, *_ in heard)) == ["language", "vectors", "themes", "quotes"]
    assert all(0 <= done <= total for _, done, total in heard)


RARE = {
    "guide dog": [
        ("They would not let my guide dog into the waiting room.", "en"),
        ("I was told to leave my guide dog outside in the rain.", "en"),
        ("The guard said no dogs, even though she is a guide dog.", "en"),
        ("Nie pozwolili mi wejść z psem przewodnikiem.", "pl"),
        ("رفضوا دخول كلبي المرشد إلى المبنى.", "ar"),
    ],
    "gate": [
        ("The front gate is locked at night and we can't get in.", "en"),
        ("Mae'r giât wedi'i chloi yn y nos a dwi methu mynd i mewn.", "cy"),
        ("Brama jest zamknięta w nocy i nie mogę wejść.", "pl"),
        ("رات کو گیٹ بند ہوتا ہے اور ہم اندر نہیں جا سکتے۔", "ur"),
        ("Albaabka hore habeenkii waa la xiraa mana soo geli karno.", "so"),
    ],
    "photos": [
        ("A worker took photos of my children without asking.", "en"),
        ("Tynnodd gweithiwr luniau o fy mhlant heb ofyn.", "cy"),
        ("Pracownik robił zdjęcia moim dzieciom bez pytania.", "pl"),
        ("ایک ملازم نے پوچھے بغیر میرے بچوں کی تصویریں لیں۔", "ur"),
        ("التقط موظف صورا لأطفالي دون إذن.", "ar"),
    ],
    "prayer": [
        ("There is nowhere to pray in the hostel.", "en"),
        ("لا يوجد مكان للصلاة في السكن.", "ar"),
        ("ہاسٹل میں نماز پڑھنے کی کوئی جگہ نہیں۔", "ur"),
        ("Meel lagu tukado ma lahan hoyga.", "so"),
        ("Nie ma gdzie się pomodlić w schronisku.", "pl"),
    ],
}


@pytest.mark.weights
def test_what_a_handful_said_comes_up_as_its_own_group_across_languages(encoder: Encoder) -> None:
    everyday = [e.text for t in load_codebook().themes for e in t.examples if e.language == "en"][::2]
    comments = people_said(everyday)
    comments += [
        Comment(f"{topic} {tag} {text}", text, text, tag)
        for topic, said in RARE.items()
        for text, tag in said
    ]
    found = analyse(comments, codebook=load_codebook(), encoder=encoder)
    check(found, comments)
    few = {theme.id for theme in found.themes if theme.kind == "few"}
    for topic in RARE:
        together = Counter(
            c.theme_id for c in found.codings if c.theme_id in few and c.comment_id.startswith(topic)
        )
        assert max(together.values(), default=0) >= 3, topic


def test_rows_of_zeros_do_not_become_not_a_number() -> None:
    from analysis.centre import unit

    assert np.isfinite(unit(np.zeros((2, 3), dtype=np.float32))).all()


@pytest.mark.weights
def test_what_people_decided_lasts_into_the_next_run(encoder: Encoder, two_themes: Codebook) -> None:
    """Four people tell of a guide dog; it is named, then confirmed; a fifth tells of it later."""
    dogs = [
        "They would not let my guide dog into the building.",
        "I was told that my guide dog had to wait outside.",
        "The guard sent me and my guide dog away from the door.",
        "My guide dog was refused, so I could not go in at all.",
    ]
    comments = people_said([*SAID, *dogs])
    first = analyse(comments, codebook=two_themes, encoder=encoder, watchlist=None)
    group = next(theme for theme in first.themes if theme.kind == "few")
    words = {c.comment_id: (c.start, c.end) for c in first.codings if c.theme_id == group.id}
    assert len(words) >= 3
    assert words.keys() <= {"c008", "c009", "c010", "c011"}
    decided = Edits(name="Guide dogs refused", confirmed=True, words=words)
    earlier = Earlier(
        {group.id: EarlierTheme("few", frozenset(words), decided)},
        first.model,
        frozenset(comment.id for comment in comments),
    )
    later = [*comments, *people_said(["The man said no dogs here, not even a guide dog."], start=50)]
    second = analyse(later, codebook=two_themes, encoder=encoder, earlier=earlier, watchlist=None)
    check(second, later)
    theme = next(theme for theme in second.themes if theme.id == group.id)
    assert (theme.name, theme.kind) == ("Guide dogs refused", "codebook")
    mine = {coding.comment_id for coding in second.codings if coding.theme_id == group.id}
    assert words.keys() | {"c050"} <= mine
    assert "c050" not in {change.comment_id for change in second.changes}
    change = next(change for change in second.theme_changes if change.theme_id == group.id)
    assert (change.fate, change.stayed, change.new) == ("kept", len(words), 1)
    gone = EarlierTheme("few", frozenset(words), Edits(not_a_theme=True))
    no_theme = replace(earlier, themes={group.id: gone})
    third = analyse(later, codebook=two_themes, encoder=encoder, earlier=no_theme, watchlist=None)
    assert group.id not in {theme.id for theme in third.themes}
    assert not [theme for theme in third.themes if theme.kind == "few"]
    assert {change.why for change in third.changes if change.comment_id in words} == {"not a theme"}

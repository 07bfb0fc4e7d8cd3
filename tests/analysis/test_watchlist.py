"""The watchlist file, and the words in it that call for a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.evaluate.watch import INVENTED
from analysis.watchlist import SHIPPED, Watchlist, load_watchlist

SIX = {"en", "cy", "pl", "ur", "ar", "so"}


@pytest.fixture(scope="module")
def shipped() -> Watchlist:
    return load_watchlist()


def heard(watchlist: Watchlist, text: str) -> set[str]:
    counts = watchlist.cues_in(text)
    return {topic.id for topic, count in zip(watchlist.topics, counts, strict=True) if count}


def test_it_has_the_seven_topics_each_in_six_languages(shipped: Watchlist) -> None:
    assert [topic.id for topic in shipped.topics] == [
        "danger", "position", "discrimination", "interpreter", "whereabouts", "self_harm", "children",
    ]  # fmt: skip
    for topic in shipped.topics:
        assert topic.name and topic.meaning
        assert {sentence.language for sentence in topic.seeds} == SIX
        assert sum(sentence.language == "en" for sentence in topic.seeds) >= 12
        for tag in SIX - {"en"}:
            assert sum(sentence.language == tag for sentence in topic.seeds) >= 3
        assert {sentence.language for sentence in topic.near} == SIX


def test_no_sentence_is_on_both_sides_or_in_the_evaluation(shipped: Watchlist) -> None:
    texts = [sentence.text.casefold() for sentence in shipped.sentences]
    assert len(texts) == len(set(texts))
    invented = json.loads(INVENTED.read_text("utf-8"))
    asked = [row["text"].casefold() for row in invented["comments"] + invented["harmless"]]
    assert len(asked) == len(set(asked)) and not set(texts) & set(asked)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("SUICIDE is on my mind", "self_harm"),
        ("they're racists, all of them", "discrimination"),
        ("Mae e wedi sôn am hunanladdiad.", "self_harm"),
        ("Grozili mi nożem", "danger"),
        ("والسكين في يده", "danger"),  # "and the knife", written as one word
        ("مُترجِم", "interpreter"),  # with its vowels
        ("Turjubaankii ma iman", "interpreter"),
        ("he gave them both our address", "whereabouts"),  # up to three words between
    ],
)
def test_a_cue_is_found_however_it_is_written(shipped: Watchlist, text: str, topic: str) -> None:
    assert topic in heard(shipped, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "I was killing time.",
        "Their grapes were lovely.",
        "The crew kept him stable.",
        "a skill",
        "he gave it to me and we then at long last found an address",
    ],
)
def test_a_cue_is_no_part_of_another_word(shipped: Watchlist, text: str) -> None:
    assert not heard(shipped, text)


def test_the_same_cue_twice_counts_once(shipped: Watchlist) -> None:
    place = [topic.id for topic in shipped.topics].index("self_harm")
    assert shipped.cues_in("suicide, suicide")[place] == 1
    assert shipped.cues_in("suicide, an overdose")[place] == 2


def test_the_cues_of_a_long_text_are_found_in_reasonable_steps(shipped: Watchlist) -> None:
    assert not any(shipped.cues_in("gave a b c " * 6_000))


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.pop("topics"),
        lambda document: document["topics"].append(document["topics"][0]),
        lambda document: document["topics"][0].update(seeds={}),
        lambda document: document["topics"][0].pop("least"),
        lambda document: document.update(topics=["danger"]),
        lambda document: document.update(ordinary=None),
    ],
)
def test_what_is_no_watchlist_is_refused(tmp_path: Path, change) -> None:
    document = json.loads(SHIPPED.read_text("utf-8"))
    change(document)
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(document))
    with pytest.raises(ValueError, match=r"mine\.json"):
        load_watchlist(file)

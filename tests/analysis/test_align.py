"""Languages come together, subjects stay apart; told from sentences that every language has."""

from __future__ import annotations

import numpy as np

from analysis.align import align
from analysis.centre import Offsets, Parallel, no_offsets, unit

DIM = 24
RANDOM = np.random.default_rng(3)
LANGUAGES = ("en", "pl", "so")
# What is said lies in the first twelve numbers, the language in the last twelve.
SUBJECTS = np.eye(4, DIM, dtype=np.float32)
ACCENTS = {"en": 0 * SUBJECTS[0], "pl": np.eye(1, DIM, 12)[0] / 2, "so": np.eye(1, DIM, 13)[0] / 2}


def accented(offsets: dict[str, np.ndarray]) -> Offsets:
    between = np.stack(list(offsets.values())).astype(np.float32)
    within = np.zeros((30, DIM), dtype=np.float32)
    within[:, 12:] = 0.3 * RANDOM.normal(size=(30, 12))
    said = np.zeros((40, DIM), dtype=np.float32)
    said[:, :12] = RANDOM.normal(size=(40, 12)) / 3
    return Offsets(
        {tag: offset.astype(np.float32) for tag, offset in offsets.items()},
        np.zeros(DIM, dtype=np.float32),
        Parallel(between - between.mean(axis=0), within, said),
    )


def spoken(subjects: dict[str, tuple[int, ...]], each: int = 40) -> tuple[np.ndarray, list[str], np.ndarray]:
    """Rows, their languages and subjects; every language strays in a way no parallel sentence showed."""
    rows, tags, said = [], [], []
    for place, tag in enumerate(LANGUAGES):
        for number in range(each):
            subject = subjects[tag][number % len(subjects[tag])]
            noise = np.zeros(DIM)
            noise[:12] = 0.1 * RANDOM.normal(size=12)
            rows.append(SUBJECTS[subject] + ACCENTS[tag] + 0.3 * np.eye(1, DIM, 15 + place)[0] + noise)
            tags.append(tag)
            said.append(subject)
    return unit(np.stack(rows).astype(np.float32)), tags, np.array(said)


def near(found: np.ndarray, one: np.ndarray, other: np.ndarray) -> float:
    return float((unit(found[one].mean(axis=0)[None]) @ unit(found[other].mean(axis=0)[None]).T)[0, 0])


def test_the_same_subject_comes_together_in_all_languages() -> None:
    rows, tags, said = spoken(dict.fromkeys(LANGUAGES, (0, 1, 2, 3)))
    found = align(rows, tags, accented(ACCENTS), 0)
    language = np.array(tags)
    for other in ("pl", "so"):
        assert near(found, (said == 0) & (language == "en"), (said == 0) & (language == other)) > 0.9
        assert near(found, (said == 0) & (language == "en"), (said == 1) & (language == other)) < 0


def test_what_only_one_community_talks_about_stays_its_own() -> None:
    """Full centring would lay these subjects, one to a language, on top of each other."""
    rows, tags, said = spoken({"en": (0,), "pl": (1,), "so": (2,)})
    found = align(rows, tags, accented(ACCENTS), 0)
    for other in (1, 2):
        assert near(found, said == 0, said == other) < 0


def test_one_language_or_no_parallel_sentences_are_no_trouble() -> None:
    rows, tags, _ = spoken(dict.fromkeys(LANGUAGES, (0, 1)), each=8)
    for offsets in (accented(ACCENTS), no_offsets(DIM)):
        assert np.isfinite(align(rows, tags, offsets, 0)).all()
        assert np.isfinite(align(rows, [None] * len(rows), offsets, 0)).all()
        assert np.isfinite(align(rows[:1], ["so"], offsets, 0)).all()
        assert align(rows[:0], [], offsets, 0).shape == (0, DIM)


def test_a_language_that_no_sentence_has_is_aligned_too() -> None:
    rows, tags, said = spoken(dict.fromkeys(LANGUAGES, (0, 1, 2, 3)))
    known = {tag: offset for tag, offset in ACCENTS.items() if tag != "so"}
    found = align(rows, tags, accented(known), 0)
    language = np.array(tags)
    assert near(found, (said == 0) & (language == "en"), (said == 0) & (language == "so")) > 0.9


def test_equal_arguments_give_equal_rows() -> None:
    rows, tags, _ = spoken(dict.fromkeys(LANGUAGES, (0, 1, 2, 3)))
    offsets = accented(ACCENTS)
    np.testing.assert_array_equal(align(rows, tags, offsets, 4), align(rows, tags, offsets, 4))

"""The totals are exact: however the parts are cut, and the same as counted in memory."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from analysis import UNSORTED, Codebook, Comment, Encoder, analyse, learn
from analysis.centre import no_offsets
from analysis.outputs import flags_csv
from analysis.scale import engines, sorting
from analysis.scale.hashed import HashedWords
from analysis.scale.run import group_parts

from .conftest import SIZE, Cut, written


def test_one_part_and_ten_say_the_same(cut: Cut, services: Codebook, tmp_path: Path) -> None:
    group_parts(cut(1, name="one"), services, tmp_path / "a", engines.here, size=10_000)
    group_parts(cut(10, name="ten"), services, tmp_path / "b", engines.here, size=SIZE)
    assert written(tmp_path / "a") == written(tmp_path / "b")


@pytest.mark.slow
def test_two_processes_say_what_one_says(cut: Cut, services: Codebook, tmp_path: Path) -> None:
    parts = cut(3)
    two = partial(engines.with_joblib, workers=2)
    group_parts(parts, services, tmp_path / "a", engines.here, size=SIZE)
    group_parts(parts, services, tmp_path / "b", two, size=SIZE)
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_people_are_counted_once_wherever_they_stand(
    cut: Cut, said: list[Comment], services: Codebook, tmp_path: Path
) -> None:
    totals = group_parts(cut(6), services, tmp_path / "out", engines.here, size=SIZE)
    found = written(tmp_path / "out")
    person = {comment.id: comment.person for comment in said}
    people: dict[str, set[str]] = defaultdict(set)
    spoken: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in found["codings"]:
        people[row["theme_id"]].add(person[row["comment_id"]])
        spoken[row["theme_id"], row["language"]].add(person[row["comment_id"]])
    assert totals.everyone == found["model"]["people"] == len(set(person.values()))
    assert {theme["id"]: theme["people"] for theme in found["themes"]} == {
        theme: len(who) for theme, who in people.items() if theme != UNSORTED
    }
    for theme in found["themes"]:
        assert theme["languages"] == {
            tag: len(who) for (name, tag), who in spoken.items() if name == theme["id"]
        }


def test_each_comment_has_exactly_one_primary_coding(cut: Cut, services: Codebook, tmp_path: Path) -> None:
    group_parts(cut(4), services, tmp_path / "out", engines.here, size=SIZE)
    primary = [row["comment_id"] for row in written(tmp_path / "out")["codings"] if row["primary"]]
    assert sorted(primary) == [f"c{number:04}" for number in range(600)]


def test_words_are_verbatim_and_nobody_speaks_twice(
    cut: Cut, said: list[Comment], services: Codebook, tmp_path: Path
) -> None:
    group_parts(cut(4), services, tmp_path / "out", engines.here, size=SIZE)
    by_id = {comment.id: comment for comment in said}
    for theme in written(tmp_path / "out")["themes"]:
        quotes = theme["quotes"]
        assert quotes
        assert all(q["text"] == by_id[q["comment_id"]].text[q["start"] : q["end"]] != "" for q in quotes)
        assert len({by_id[q["comment_id"]].person for q in quotes}) == len(quotes)


def in_memory(
    comments: list[Comment], codebook: Codebook, encoder: Encoder, patch: pytest.MonkeyPatch
) -> dict:
    """People by theme as `analyse` counts them, each comment on its own: what other comments say of a theme
    or a language is left out, as the parts leave it out.
    """
    patch.setattr(learn, "NEIGHBOURS", (0.0, 0.0))
    patch.setattr("analysis.by_codebook.SHRINK", np.inf)
    found = analyse(comments, codebook=codebook, encoder=encoder)
    return {theme.id: (theme.people, theme.languages) for theme in found.themes if theme.kind == "codebook"}


def test_they_are_those_of_an_analysis_in_memory(
    cut: Cut, said: list[Comment], services: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.pipeline.shipped_offsets", lambda encoder: no_offsets(encoder.dim))
    known = in_memory(said, services, HashedWords(), monkeypatch)
    group_parts(cut(5), services, tmp_path / "out", engines.here, size=SIZE)
    themes = written(tmp_path / "out")["themes"]
    assert {theme["id"]: (theme["people"], theme["languages"]) for theme in themes} == known


@pytest.mark.weights
@pytest.mark.slow
def test_with_the_real_model_too(
    cut: Cut, said: list[Comment], services: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its vectors are the same to the last bit in any company, or this could not be."""
    from analysis import load_encoder
    from analysis.weights import ensure

    some = [*said[:90], Comment("harm", "I told them I wanted to kill myself and nobody came.", "p", "en")]
    encoder = load_encoder(ensure())
    known = in_memory(some, services, encoder, monkeypatch)
    flagged = analyse(some, codebook=None, encoder=encoder).flags
    group_parts(cut(3, some), services, tmp_path / "out", engines.here, encoder=str(ensure()), size=17)
    found = written(tmp_path / "out")
    of_codebook = [theme for theme in found["themes"] if theme["kind"] == "codebook"]
    assert {theme["id"]: (theme["people"], theme["languages"]) for theme in of_codebook} == known
    assert "harm" in {flag.comment_id for flag in flagged}
    assert sorted(found["flags"].splitlines()[1:]) == sorted(flags_csv(flagged).splitlines()[1:])


def test_a_mark_is_a_persons_own() -> None:
    assert sorting.mark("a") == sorting.mark("a") != sorting.mark("b")
    assert len(sorting.mark("\ud800")) == 16

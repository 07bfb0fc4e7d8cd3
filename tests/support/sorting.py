"""An analysis made by hand over what people told, saved as the worker saves one: each number is known."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from analysis import Change, Coding, Expected, Near, Theme, ThemeChange, ThemeSet, ToCheck, load_codebook
from feedback.store import codebooks, comments, heeded, runs, themes
from feedback.store.database import Store
from feedback.store.models import Comment, Response
from feedback.store.surveys import PublishedSurvey
from tests.support.telling import told

TODAY = date(2026, 4, 1)
SURE = Expected(0.6, 0.56, 0.64, 120, 30)
WAIT, KIND = (theme.id for theme in load_codebook().themes[:2])
WAIT_NAME, KIND_NAME = (theme.name for theme in load_codebook().themes[:2])
EXAMPLE = load_codebook().themes[0].examples[0].text


@dataclass
class Sorting:
    """A survey of which every word is known, and what a machine would make of it."""

    store: Store
    survey: PublishedSurvey
    ids: dict[str, str] = field(default_factory=dict)  # words -> comment
    receipts: dict[str, str] = field(default_factory=dict)
    expected: Expected | None = None

    def tell(self, *words: str, **details: Any) -> None:
        for each in words:
            outcome = told(self.store, self.survey, each, **details)
            assert outcome.receipt
            self.receipts[each] = outcome.receipt
            with self.store.read() as session:
                known = select(Comment.id).join(Response).where(Comment.id.not_in(self.ids.values()))
                [self.ids[each]] = session.scalars(known)

    def sort(
        self,
        into: Mapping[str, str],
        queue: Iterable[tuple[str, str]] = (),
        moved: Iterable[Change] = (),
        theme_changes: Iterable[ThemeChange] = (),
        spans: Mapping[str, tuple[int, int]] | None = None,
        by_person: Container[str] = (),
    ) -> None:
        """Everything told goes `into` a theme by its words; the rest is unsorted."""
        said = heeded.read(self.store, self.survey.survey_id)
        lease = runs.take(self.store, runs.request(self.store, self.survey.survey_id, TODAY), 1_000_000.0)
        assert lease
        codebook = codebooks.in_use(self.store, self.survey.survey_id).codebook
        to_sort = list(comments.to_sort(self.store, self.survey.survey_id))
        codings = []
        for comment in to_sort:
            start, end = (spans or {}).get(comment.text, (0, len(comment.text)))
            theme_id = into.get(comment.text, "unsorted")
            near = (Near(theme_id, 0.9, example=0),) if theme_id in {WAIT, KIND} else ()
            said_so = comment.text in by_person
            score = 1.0 if said_so else 0.9
            codings.append(Coding(comment.id, theme_id, score, start, end, True, said_so, near))
        ours = {theme.id: theme for theme in codebook.themes}
        found = ThemeSet(
            model={"name": "by hand", "sha256": "0" * 64, "fallback": False, "codebook": None},
            themes=[
                a_theme(each) if each not in ours else codebook_theme(ours[each])
                for each in sorted(set(into.values()) - {"unsorted"})
            ],
            codings=codings,
            languages={comment.id: comment.language for comment in to_sort},
            tones={},
            to_check=[ToCheck(self.ids[words], why) for words, why in queue],  # type: ignore[arg-type]
            expected=self.expected,
            changes=list(moved),
            theme_changes=list(theme_changes),
        )
        assert themes.save(self.store, lease, found, to_sort, TODAY, codebook, said)


def a_theme(theme_id: str) -> Theme:
    return Theme(
        id=theme_id, name="soup and bread", meaning="A teller's own sentence.",
        kind="few" if theme_id.startswith("few") else "suggested",
        keywords=["soup"], people=0, languages={}, quotes=[],
        names={"en": "soup and bread"}, keywords_by_language={"en": ["soup"]},
    )  # fmt: skip


def codebook_theme(ours: Any) -> Theme:
    return replace(a_theme(ours.id), name=ours.name, meaning=ours.definition, kind="codebook", names={})

"""What people said and decided, as the next analysis takes it: for the worker only.

Of the last finished run it is handed which comments each theme had; every check and every decision goes with
it, so that ids and decisions last for as long as the survey does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis import Checked, Codebook, Earlier, EarlierTheme, Edits, ThemeSet
from analysis.segment import is_blank

from .checks import CHECKED, SKIPPED
from .comments import CommentToSort
from .database import Store
from .decided import Decided, newest_run
from .decided import decided as decided_by_theme
from .figures import UNSORTED
from .loop_models import CommentCheck, EditedComment, ThemeEdit
from .models import Coding, CommentReading, Run, Theme


@dataclass(frozen=True)
class Heeded:
    """`last_check` and `last_edit` are the newest rows that were read: what came later waits."""

    checked: list[Checked]
    earlier: Earlier | None
    last_check: int
    last_edit: int

    def known(self, theme_ids: Collection[str], comments: Collection[CommentToSort]) -> list[Checked]:
        """The checks that an analysis of these comments can take, in themes a codebook or the last run has.

        A check whose themes have all gone with an older codebook says nothing any more.
        """
        themes = {*theme_ids, *(self.earlier.themes if self.earlier else ())}
        with_words = {comment.id for comment in comments if not is_blank(comment.text)}
        found = []
        for check in self.checked:
            kept = tuple(theme_id for theme_id in check.theme_ids if theme_id in themes)
            if check.comment_id in with_words and (kept or not check.theme_ids):
                found.append(replace(check, theme_ids=kept))
        return found


def read(store: Store, survey_id: int) -> Heeded:
    decided = decided_by_theme(store, survey_id)
    with store.read() as session:
        run = session.scalar(select(Run).where(Run.id == newest_run(survey_id).scalar_subquery()))
        return Heeded(
            checked=checked(session, survey_id),
            earlier=earlier(session, run, decided) if run else None,
            last_check=session.scalar(newest(CommentCheck, survey_id)) or 0,
            last_edit=session.scalar(newest(ThemeEdit, survey_id)) or 0,
        )


def newest(table: type[CommentCheck | ThemeEdit], survey_id: int) -> Any:
    return select(func.max(table.id)).where(table.survey_id == survey_id)


def checked(session: Session, survey_id: int) -> list[Checked]:
    """What holds for each comment that somebody checked."""
    last = (
        select(func.max(CommentCheck.id))
        .where(CommentCheck.survey_id == survey_id, CommentCheck.verdict != SKIPPED)
        .group_by(CommentCheck.comment_id)
    )
    rows = session.scalars(
        select(CommentCheck)
        .where(CommentCheck.id.in_(last), CommentCheck.verdict == CHECKED)
        .order_by(CommentCheck.comment_id)
    )
    return [Checked(row.comment_id, tuple(row.theme_ids), row.random) for row in rows]


def earlier(session: Session, run: Run, decided: dict[str, Decided]) -> Earlier:
    """The run's themes, and those that people decided about, which may be in no run any more."""
    live = session.execute(select(Theme.theme_id, Theme.kind).where(Theme.run_id == run.id))
    kinds: dict[str, Any] = {row.theme_id: row.kind for row in live}
    # What people confirmed was sorted like a codebook's theme; it is still the group that was found.
    kinds |= {theme_id: state.kind for theme_id, state in decided.items()}
    had: dict[str, set[str]] = defaultdict(set)
    for row in session.execute(select(Coding.theme_id, Coding.comment_id).where(Coding.run_id == run.id)):
        if row.theme_id != UNSORTED:
            had[row.theme_id].add(row.comment_id)
    words: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for kept in session.scalars(select(EditedComment).where(EditedComment.survey_id == run.survey_id)):
        words[kept.theme_id][kept.comment_id] = (kept.start, kept.end)
    read = session.scalars(select(CommentReading.comment_id).where(CommentReading.run_id == run.id))
    return Earlier(
        themes={
            theme_id: EarlierTheme(
                kind=kind,
                comment_ids=frozenset(had[theme_id]),
                edits=edits(decided.get(theme_id, Decided()), words[theme_id]),
            )
            for theme_id, kind in kinds.items()
        },
        model=run.model or {},
        comment_ids=frozenset(read),
    )


def edits(state: Decided, words: dict[str, tuple[int, int]]) -> Edits:
    return Edits(
        name=state.name,
        meaning=state.meaning,
        merged_into=state.merged_into,
        not_a_theme=state.not_a_theme,
        confirmed=state.confirmed,
        shown=state.shown,
        words=words,
    )


def figures(found: ThemeSet, heeded: Heeded | None, codebook: Codebook | None) -> dict[str, Any]:
    """What an analysis went by, and what it moved: numbers and ids only."""
    because: dict[str, int] = defaultdict(int)
    for change in found.changes:
        because[change.why] += 1
    return {
        "codebook": codebook.sha256 if codebook else None,
        "people": {
            "checks": len(heeded.checked) if heeded else 0,
            "last_check": heeded.last_check if heeded else 0,
            "last_edit": heeded.last_edit if heeded else 0,
            "expected": asdict(found.expected) if found.expected else None,
        },
        "moved": {
            "comments": len(found.changes),
            "because": dict(because),
            "themes": [asdict(change) for change in found.theme_changes],
        },
    }
